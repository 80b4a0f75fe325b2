import * as pulumi from "@pulumi/pulumi";
import { unreadKeys } from "../configuration/configuration-keys";
import { isOfType } from "./resource-type";

/** How Exchange is reached: the keys of the configuration namespace `exchange`. */
export interface ExchangeProviderArgs {
  /**
   * `endpoint`: Exchange's PowerShell endpoint, only from Windows. `ssh`: PowerShell on the server, which opens the
   * endpoint there. `module`: a PowerShell module that takes the place of Exchange. `process`: any program that speaks
   * the package's protocol. There is no default.
   */
  connection: pulumi.Input<"endpoint" | "ssh" | "module" | "process">;
  /** With `endpoint` and `ssh`: the server, an FQDN. @default the machine that PowerShell runs on */
  server?: pulumi.Input<string | undefined>;
  /** With `endpoint` and `ssh`: `Basic` only works over https. @default Kerberos */
  authentication?: pulumi.Input<"Kerberos" | "Basic" | undefined>;
  /** With `ssh`: `[user@]host` or `ssh://[user@]host[:port]`. The host's key must be known, and the SSH key must work without a prompt. */
  sshDestination?: pulumi.Input<string | undefined>;
  /** With `ssh`: a file in the format of ssh_config. @default the user's own */
  sshConfig?: pulumi.Input<string | undefined>;
  /** The path of a module, or of a session configuration file (.pssc); with `ssh` a path on the other machine. */
  module?: pulumi.Input<string | undefined>;
  /** PowerShell's executable. @default Windows PowerShell on Windows and over ssh, pwsh elsewhere */
  shell?: pulumi.Input<string | undefined>;
  /** With connection `process`: the program and its arguments; no shell reads them. */
  command?: pulumi.Input<pulumi.Input<string>[] | undefined>;
  /** The domain controller that cmdlets use. @default the one that answered the first read */
  domainController?: pulumi.Input<string | undefined>;
  /** The time limit of one cmdlet in seconds, 1 to 3600. @default 300 */
  timeoutSeconds?: pulumi.Input<number | undefined>;
  /** The account at Exchange, if it is not the one that runs Pulumi. */
  username?: pulumi.Input<string | undefined>;
  /** Stored as a secret in the state; it is sent only to the far end, never in an argument or environment variable. */
  password?: pulumi.Input<string | undefined>;
}

/**
 * A connection to one Exchange organisation, for programs that manage several: pass it as the option `provider`. Without
 * a provider, resources use the stack's configuration (`pulumi config set exchange:connection …`).
 *
 * @example
 * ```ts
 * const exchange = new ExchangeProvider("berlin", { connection: "process", command: ["exchange-far-end", "berlin"] });
 * new OAuthCertificate("auth", {}, { provider: exchange });
 * ```
 */
export class ExchangeProvider extends pulumi.ProviderResource {
  /** The type by which Pulumi's engine, and its policies, know this class, and every provider of dynamic resources. */
  static readonly __pulumiType = "pulumi:providers:pulumi-nodejs";

  /** Whether a value is an explicit provider of dynamic resources: Pulumi has one type for all of them. */
  static override isInstance(value: unknown): value is ExchangeProvider {
    return isOfType(value, ExchangeProvider.__pulumiType);
  }

  /** @throws pulumi.RunError at once, for an argument that does not exist. */
  constructor(name: string, args: ExchangeProviderArgs, options?: pulumi.ResourceOptions) {
    const reasons = unreadKeys(Object.keys(args)).map(
      ({ key, meant }) => `${key}: unknown argument (did you mean ${meant}?)`,
    );
    if (reasons.length > 0) throw new pulumi.RunError(`ExchangeProvider "${name}": ${reasons.join("; ")}.`);
    const { command, timeoutSeconds, password, ...texts } = args;
    // Pulumi hands a provider's configuration over as text.
    const properties = {
      ...texts,
      command: pulumi.output(command).apply((words) => words && JSON.stringify(words)),
      timeoutSeconds: pulumi.output(timeoutSeconds).apply((seconds) => seconds?.toString()),
      password: password && pulumi.secret(password),
    };
    const entries = Object.entries(properties).map(([key, value]) => [`exchange:${key}`, value]);
    super("pulumi-nodejs", name, Object.fromEntries(entries), options);
  }
}
