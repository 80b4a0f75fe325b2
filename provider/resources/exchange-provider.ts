import * as pulumi from "@pulumi/pulumi";

/** How Exchange is reached: the keys of the configuration namespace `exchange`. */
export interface ExchangeProviderArgs {
  /** `process`: any program that speaks the package's protocol. There is no default. */
  connection: pulumi.Input<"process">;
  /** With connection `process`: the program and its arguments; no shell reads them. */
  command?: pulumi.Input<pulumi.Input<string>[]>;
  /** The domain controller that cmdlets shall use. @default the one that answered the first read */
  domainController?: pulumi.Input<string>;
  /** Seconds that one cmdlet may take, 1 to 3600. @default 300 */
  timeoutSeconds?: pulumi.Input<number>;
  /** Who to be at Exchange, where it is not who runs Pulumi. */
  username?: pulumi.Input<string>;
  /** Kept as a secret in state; it travels to the far end alone, in no argument and no environment. */
  password?: pulumi.Input<string>;
}

/**
 * A connection to one Exchange organisation, for programs that manage several: pass it as the option `provider`. Without
 * one, resources use the stack's configuration (`pulumi config set exchange:connection …`).
 *
 * @example
 * ```ts
 * const exchange = new ExchangeProvider("berlin", { connection: "process", command: ["exchange-far-end", "berlin"] });
 * new OAuthCertificate("auth", {}, { provider: exchange });
 * ```
 */
export class ExchangeProvider extends pulumi.ProviderResource {
  constructor(name: string, args: ExchangeProviderArgs, options?: pulumi.ResourceOptions) {
    const { command, timeoutSeconds, password, ...texts } = args;
    // Pulumi hands a provider's configuration over as text.
    const properties = {
      ...texts,
      command: command && pulumi.output(command).apply((words) => JSON.stringify(words)),
      timeoutSeconds: timeoutSeconds && pulumi.output(timeoutSeconds).apply(String),
      password: password && pulumi.secret(password),
    };
    const entries = Object.entries(properties).map(([key, value]) => [`exchange:${key}`, value]);
    super("pulumi-nodejs", name, Object.fromEntries(entries), options);
  }
}
