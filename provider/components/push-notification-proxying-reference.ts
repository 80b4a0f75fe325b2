import * as pulumi from "@pulumi/pulumi";
import type { Known } from "../exchange/properties";
import type { CheckedServer } from "../resources/exchange-prerequisites/rules";

/**
 * The outputs of another stack that exports a {@link PushNotificationProxying}'s outputs under their own names, as the
 * stack at the root of this package's repository does. Each is checked as it is read: one that is missing or of another
 * type fails the deployment with a message that names stack and output.
 *
 * @example
 * ```ts
 * const exchange = new PushNotificationProxyingReference("organization/exchange-push-notifications/production");
 * export const expires = exchange.certificateNotAfter;
 * ```
 */
export class PushNotificationProxyingReference {
  /** SHA-1 of the auth certificate, 40 upper-case hexadecimal digits. */
  readonly certificateThumbprint: pulumi.Output<string>;
  /** The public auth certificate as PEM. */
  readonly certificatePem: pulumi.Output<string>;
  /** `YYYY-MM-DDTHH:MM:SSZ`. */
  readonly certificateNotAfter: pulumi.Output<string>;
  readonly authServerName: pulumi.Output<string>;
  /** The tenant's guid. */
  readonly authServerRealm: pulumi.Output<string>;
  readonly servicePrincipalObjectId: pulumi.Output<string>;
  readonly keyCredentialId: pulumi.Output<string>;
  readonly proxyOrganization: pulumi.Output<string>;
  readonly proxyUri: pulumi.Output<string>;
  readonly proxyEnabled: pulumi.Output<boolean>;
  /** The Guid of AuthConfig. */
  readonly organizationId: pulumi.Output<string>;
  readonly #optional: <T>(name: string, type: OutputType) => pulumi.Output<T>;

  /** @param stack the other stack, as `organization/project/stack`. */
  constructor(stack: string, options?: pulumi.CustomResourceOptions) {
    const reference = new pulumi.StackReference(stack, {}, options);
    const text = (name: string) => checkedOutput<string>(reference, stack, name, "string");
    this.certificateThumbprint = text("certificateThumbprint");
    this.certificatePem = text("certificatePem");
    this.certificateNotAfter = text("certificateNotAfter");
    this.authServerName = text("authServerName");
    this.authServerRealm = text("authServerRealm");
    this.servicePrincipalObjectId = text("servicePrincipalObjectId");
    this.keyCredentialId = text("keyCredentialId");
    this.proxyOrganization = text("proxyOrganization");
    this.proxyUri = text("proxyUri");
    this.proxyEnabled = checkedOutput<boolean>(reference, stack, "proxyEnabled", "boolean");
    this.organizationId = text("organizationId");
    this.#optional = (name, type) => checkedOutput(reference, stack, name, type);
  }

  // Read only when asked for: a stack of an earlier version, which has none of them, fails only who needs them.

  /** Every server but Edge, sorted by name, each with its build. */
  get servers(): pulumi.Output<CheckedServer[]> {
    return this.#optional("servers", "list");
  }

  /** Whether the hybrid wizard set the organisation up: `yes`, `no` or `unknown`. */
  get hybrid(): pulumi.Output<Known> {
    return this.#optional("hybrid", "string");
  }

  /** Whether the organisation accepts tokens of Exchange Online. */
  get partnerApplicationEnabled(): pulumi.Output<boolean> {
    return this.#optional("partnerApplicationEnabled", "boolean");
  }
}

type OutputType = "string" | "boolean" | "list";

function checkedOutput<T>(
  reference: pulumi.StackReference,
  stack: string,
  name: string,
  type: OutputType,
): pulumi.Output<T> {
  return reference.getOutput(name).apply((value: unknown) => {
    if (type === "list" ? Array.isArray(value) : typeof value === type) return value as T;
    throw wrongOutput(stack, name, type, value);
  });
}

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
