import * as pulumi from "@pulumi/pulumi";
import type { Known } from "../exchange/properties";
import type { Agreement, DeclaredOutputs, Mistake } from "../resources/declared-outputs";
import type { CheckedServer } from "../resources/exchange-prerequisites/rules";
import type { ProxyStateSource } from "../resources/push-notification-proxy/rules";
import type { ShownGeneration } from "./certificate-generations";
import type { PushNotificationProxying } from "./push-notification-proxying";

type OutputType = "string" | "boolean" | "list";

/** What is checked of each output, which must be one of the component's with the same type. */
type Checks<Agreed> = {
  [Name in keyof Agreed]: Agreed[Name] extends Mistake<string>
    ? Agreed[Name]
    : Agreed[Name] extends readonly unknown[]
      ? "list"
      : Agreed[Name] extends boolean
        ? "boolean"
        : "string";
};

const CHECKS: Checks<
  Agreement<
    DeclaredOutputs<PushNotificationProxyingReference, object>,
    DeclaredOutputs<PushNotificationProxying, pulumi.ComponentResource>
  >
> = {
  certificateThumbprint: "string",
  certificatePem: "string",
  certificateNotAfter: "string",
  certificateNextThumbprint: "string",
  certificateNextEffectiveDate: "string",
  certificateGenerations: "list",
  authServerName: "string",
  authServerRealm: "string",
  servicePrincipalObjectId: "string",
  keyCredentialId: "string",
  proxyOrganization: "string",
  proxyUri: "string",
  proxyEnabled: "boolean",
  proxyStateSource: "string",
  probeResult: "string",
  organizationId: "string",
  servers: "list",
  hybrid: "string",
  partnerApplicationEnabled: "boolean",
};

/**
 * The outputs of another stack that exports a {@link PushNotificationProxying}'s outputs under their own names, as the
 * stack at the root of this package's repository does. Each output is checked when the program uses it: if it is missing
 * or of another type, the deployment fails with a message that names stack and output.
 *
 * @example
 * ```ts
 * const exchange = new PushNotificationProxyingReference("organization/exchange-push-notifications/production");
 * export const expires = exchange.certificateNotAfter;
 * ```
 */
export class PushNotificationProxyingReference {
  /** SHA-1 of the auth certificate, 40 upper-case hexadecimal digits. */
  declare readonly certificateThumbprint: pulumi.Output<string>;
  /** The public auth certificate as PEM, LF line ends, one final newline. */
  declare readonly certificatePem: pulumi.Output<string>;
  /** When the auth certificate ends, `YYYY-MM-DDTHH:MM:SSZ`. */
  declare readonly certificateNotAfter: pulumi.Output<string>;
  /** The thumbprint that AuthConfig will switch to; empty when none is staged. */
  declare readonly certificateNextThumbprint: pulumi.Output<string>;
  /** When AuthConfig will switch, `YYYY-MM-DDTHH:MM:SSZ`; empty if none is staged, or the date is not shown. */
  declare readonly certificateNextEffectiveDate: pulumi.Output<string>;
  /** The generations that the program declares, the earliest first, and as what AuthConfig names each. */
  declare readonly certificateGenerations: pulumi.Output<ShownGeneration[]>;
  /** The name of the tenant's auth server in Exchange. */
  declare readonly authServerName: pulumi.Output<string>;
  /** The tenant's guid. */
  declare readonly authServerRealm: pulumi.Output<string>;
  /** The object id of the tenant's Exchange Online principal. */
  declare readonly servicePrincipalObjectId: pulumi.Output<string>;
  /** The id of the key credential that was added to it. */
  declare readonly keyCredentialId: pulumi.Output<string>;
  /** The organisation in Microsoft 365 that the proxy sends notifications for. */
  declare readonly proxyOrganization: pulumi.Output<string>;
  /** Where the proxy sends them. */
  declare readonly proxyUri: pulumi.Output<string>;
  /** Whether the proxy is enabled. */
  declare readonly proxyEnabled: pulumi.Output<boolean>;
  /** The source of the proxy's outputs: `Get-PushNotificationApp`, or `last known` if drift cannot be detected. */
  declare readonly proxyStateSource: pulumi.Output<ProxyStateSource>;
  /** The result of the probe, such as `Succeeded`; empty if no probe is declared. */
  declare readonly probeResult: pulumi.Output<string>;
  /** The Guid of AuthConfig, lower case. */
  declare readonly organizationId: pulumi.Output<string>;
  /** Every server of version 15 or later, except Edge and ignored servers, sorted by name, with its build. */
  declare readonly servers: pulumi.Output<CheckedServer[]>;
  /** Whether the hybrid wizard set the organisation up: `yes`, `no` or `unknown`. */
  declare readonly hybrid: pulumi.Output<Known>;
  /** Whether the organisation accepts tokens of Exchange Online. */
  declare readonly partnerApplicationEnabled: pulumi.Output<boolean>;

  static {
    // Each is checked only when a program asks for it: a stack of an earlier version fails only who needs what it lacks.
    for (const [name, type] of Object.entries(CHECKS)) {
      Object.defineProperty(PushNotificationProxyingReference.prototype, name, {
        configurable: true,
        get(this: PushNotificationProxyingReference) {
          return this.#output(name, type);
        },
      });
    }
  }

  readonly #reference: pulumi.StackReference;
  readonly #stack: string;

  /** @param stack the other stack, as `organization/project/stack`. */
  constructor(stack: string, options?: pulumi.CustomResourceOptions) {
    this.#reference = new pulumi.StackReference(stack, {}, options);
    this.#stack = stack;
  }

  #output(name: string, type: OutputType): pulumi.Output<unknown> {
    return this.#reference.getOutput(name).apply((value: unknown) => {
      if (type === "list" ? Array.isArray(value) : typeof value === type) return value;
      throw wrongOutput(this.#stack, name, type, value);
    });
  }
}

function wrongOutput(stack: string, name: string, type: string, value: unknown): pulumi.RunError {
  const found = value === undefined || value === null ? "it has none" : `its value is of type ${typeof value}`;
  const error = new pulumi.RunError(
    `The stack "${stack}" should have the output "${name}" of type ${type}, but ${found}. Deploy a ` +
      "PushNotificationProxying there and export its outputs under their own names.",
  );
  // Node 20 takes minutes to show the source-mapped frames of an error thrown in an apply, and they say nothing here.
  error.stack = error.message;
  return error;
}
