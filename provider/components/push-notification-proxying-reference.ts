import * as pulumi from "@pulumi/pulumi";
import type { Known } from "../exchange/properties";
import type { CheckedServer } from "../resources/exchange-prerequisites/rules";
import type { ProxyStateSource } from "../resources/push-notification-proxy/rules";

/**
 * The outputs of another stack that exports a {@link PushNotificationProxying}'s outputs under their own names, as the
 * stack at the root of this package's repository does. Each is checked when it is asked for: one that is missing or of
 * another type fails the deployment with a message that names stack and output.
 *
 * @example
 * ```ts
 * const exchange = new PushNotificationProxyingReference("organization/exchange-push-notifications/production");
 * export const expires = exchange.certificateNotAfter;
 * ```
 */
export class PushNotificationProxyingReference {
  readonly #reference: pulumi.StackReference;
  readonly #stack: string;

  /** @param stack the other stack, as `organization/project/stack`. */
  constructor(stack: string, options?: pulumi.CustomResourceOptions) {
    this.#reference = new pulumi.StackReference(stack, {}, options);
    this.#stack = stack;
  }

  /** SHA-1 of the auth certificate, 40 upper-case hexadecimal digits. */
  get certificateThumbprint(): pulumi.Output<string> {
    return this.#output("certificateThumbprint", "string");
  }

  /** The public auth certificate as PEM, LF line ends, one final newline. */
  get certificatePem(): pulumi.Output<string> {
    return this.#output("certificatePem", "string");
  }

  /** When the auth certificate ends, `YYYY-MM-DDTHH:MM:SSZ`. */
  get certificateNotAfter(): pulumi.Output<string> {
    return this.#output("certificateNotAfter", "string");
  }

  /** The name that the tenant's auth server has in Exchange. */
  get authServerName(): pulumi.Output<string> {
    return this.#output("authServerName", "string");
  }

  /** The tenant's guid. */
  get authServerRealm(): pulumi.Output<string> {
    return this.#output("authServerRealm", "string");
  }

  /** The object id of the tenant's Exchange Online principal. */
  get servicePrincipalObjectId(): pulumi.Output<string> {
    return this.#output("servicePrincipalObjectId", "string");
  }

  /** The id of the key credential that was added to it. */
  get keyCredentialId(): pulumi.Output<string> {
    return this.#output("keyCredentialId", "string");
  }

  /** The organisation in Microsoft 365 that the proxy sends notifications for. */
  get proxyOrganization(): pulumi.Output<string> {
    return this.#output("proxyOrganization", "string");
  }

  /** Where the proxy sends them. */
  get proxyUri(): pulumi.Output<string> {
    return this.#output("proxyUri", "string");
  }

  /** Whether the proxy is enabled. */
  get proxyEnabled(): pulumi.Output<boolean> {
    return this.#output("proxyEnabled", "boolean");
  }

  /** Where what is said of the proxy comes from: `Get-PushNotificationApp`, or `last known`, when drift cannot be seen. */
  get proxyStateSource(): pulumi.Output<ProxyStateSource> {
    return this.#output("proxyStateSource", "string");
  }

  /** What the probe found, such as `Succeeded`; empty where none was asked for. */
  get probeResult(): pulumi.Output<string> {
    return this.#output("probeResult", "string");
  }

  /** The Guid of AuthConfig, lower case. */
  get organizationId(): pulumi.Output<string> {
    return this.#output("organizationId", "string");
  }

  /** Every server of version 15 or later but Edge and those passed over, sorted by name, each with its build. */
  get servers(): pulumi.Output<CheckedServer[]> {
    return this.#output("servers", "list");
  }

  /** Whether the hybrid wizard set the organisation up: `yes`, `no` or `unknown`. */
  get hybrid(): pulumi.Output<Known> {
    return this.#output("hybrid", "string");
  }

  /** Whether the organisation accepts tokens of Exchange Online. */
  get partnerApplicationEnabled(): pulumi.Output<boolean> {
    return this.#output("partnerApplicationEnabled", "boolean");
  }

  /** Checked only when a program asks for it: a stack of an earlier version fails only who needs what it lacks. */
  #output<T>(name: string, type: OutputType): pulumi.Output<T> {
    return this.#reference.getOutput(name).apply((value: unknown) => {
      if (type === "list" ? Array.isArray(value) : typeof value === type) return value as T;
      throw wrongOutput(this.#stack, name, type, value);
    });
  }
}

type OutputType = "string" | "boolean" | "list";

function wrongOutput(stack: string, name: string, type: string, value: unknown): pulumi.RunError {
  const found = value === undefined || value === null ? "it has none" : `its value is of type ${typeof value}`;
  const error = new pulumi.RunError(
    `The stack "${stack}" should have the output "${name}", a ${type}, and ${found}. ` +
      "Deploy a PushNotificationProxying there and export its outputs under their own names.",
  );
  // Node 20 takes minutes to show the source-mapped frames of an error thrown in an apply, and they say nothing here.
  error.stack = error.message;
  return error;
}
