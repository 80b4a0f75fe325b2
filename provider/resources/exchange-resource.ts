import * as pulumi from "@pulumi/pulumi";
import { warnOfClearPassword } from "./clear-password";
import type { Agreement, DeclaredOutputs, OutputProperties } from "./declared-outputs";
import { type CommonOutputs, type Provenance, WARNING_NAMES, type Warning, type WarningName } from "./outputs";
import { resourceType } from "./resource-type";

/** The arguments that every resource takes. Changing them never changes anything in Exchange. */
export interface ExchangeResourceArgs {
  /**
   * The organisation that this resource is for, by the Guid of its AuthConfig. Create and update refuse any other
   * organisation with `WrongOrganization`, before they write. For a deployed resource the state contains the Guid. For a
   * new resource, set this to the output `organizationId` of a deployed one, as PushNotificationProxying does.
   * @default the organisation that the connection leads to
   */
  expectedOrganizationId?: pulumi.Input<string | undefined>;
  /**
   * The domain controller for all cmdlets that have this parameter, an FQDN.
   * @default the connection's (`exchange:domainController`), otherwise the one that answered the first read
   */
  domainController?: pulumi.Input<string | undefined>;
  /**
   * The time limit of one cmdlet in seconds, 1 to 3600; overrides the connection's. If a write exceeds it, the outcome is
   * unknown, and the write is not repeated automatically.
   * @default the connection's (`exchange:timeoutSeconds`), otherwise 300
   */
  timeoutSeconds?: pulumi.Input<number | undefined>;
  /**
   * Names of warnings that are not printed again, such as `["hybrid"]`. They stay in the output `warnings`.
   * @default []
   */
  acknowledge?: WarningName[] | undefined;
}

/**
 * A resource of an on-premises Exchange organisation: Pulumi's engine keeps the constant text below in state and hands
 * it to its process of dynamic providers, which loads the lifecycle from this package (docs/decisions/001).
 */
export abstract class ExchangeResource extends pulumi.CustomResource {
  /** The Guid of the organisation's AuthConfig. Reads, updates and deletes fail in any other one: `WrongOrganization`. */
  declare public readonly organizationId: pulumi.Output<string>;
  /** The version of the format of these outputs: 1; 2 for an OAuthCertificate with `previousThumbprint`. */
  declare public readonly schemaVersion: pulumi.Output<number>;
  /**
   * Who created the object. `here`: this stack; `found`: it was there before; `unknown`: it is not known, and destroy
   * leaves the object, except an enabled proxy whose former state could not be read: that is disabled.
   */
  declare public readonly provenance: pulumi.Output<Provenance>;
  /** What a refresh or a partial failure found to repair, in a few words each; the next `up` repairs it. */
  declare public readonly repair: pulumi.Output<string[]>;
  /**
   * What a person should know. Each warning is printed once in every preview and every `up`. The warnings of a resource
   * that a preview would create or change are known only after the `up`.
   */
  declare public readonly warnings: pulumi.Output<Warning[]>;

  readonly #acknowledged: WarningName[];

  /**
   * @param kind the name in the type token and of the lifecycle in `pulumi-exchange-server/provider`.
   * @param outputs the outputs of this kind, of type {@link OwnOutputs}.
   * @throws pulumi.RunError at once, where `acknowledge` names no warning.
   */
  protected constructor(
    kind: string,
    name: string,
    outputs: Record<string, undefined>,
    { acknowledge = [], ...args }: ExchangeResourceArgs,
    options?: pulumi.CustomResourceOptions,
  ) {
    const reason = acknowledgeReason(acknowledge);
    if (reason) throw new pulumi.RunError(`${kind} "${name}": acknowledge: ${reason}.`);
    warnOfClearPassword();
    const properties = { ...COMMON_OUTPUTS, ...outputs, ...args, __provider: providerText(kind) };
    // Made first, the replacement would be the old object itself, and its delete would then take that away. The diff
    // says so too, but Pulumi does not ask it where `--replace` or `replaceOnChanges` asks for a replacement.
    const ordered = { deleteBeforeReplace: true, ...options };
    super(resourceType(kind), name, properties, ordered);
    this.#acknowledged = acknowledge;
    this.warnings.apply((warnings) => this.show(warnings ?? []));
  }

  /** Prints the warnings that are not acknowledged, each with this resource's name. */
  protected show(warnings: Warning[]): void {
    const news = warnings.filter(({ name }) => !this.#acknowledged.includes(name));
    for (const { text, link } of news) void pulumi.log.warn(link ? `${text} See ${link}` : text, this);
  }
}

/** Why a list of acknowledged warnings is wrong; undefined when it is right. */
export function acknowledgeReason(acknowledge: unknown): string | undefined {
  const isKnown = (name: unknown) => WARNING_NAMES.some((known) => known === name);
  if (Array.isArray(acknowledge) && acknowledge.every(isKnown)) return undefined;
  return `it must be a list of warnings by name, each of ${WARNING_NAMES.join(", ")}`;
}

/**
 * The outputs of one kind, each of which its class declares, with the type that it has in the state. What was an argument
 * in the state may be an output.
 */
export type OwnOutputs<Class extends ExchangeResource, State extends CommonOutputs, Inputs> = OutputProperties<
  Agreement<DeclaredOutputs<Class, ExchangeResource>, State, keyof Inputs | keyof CommonOutputs>
>;

const COMMON_OUTPUTS: OutputProperties<
  Agreement<DeclaredOutputs<ExchangeResource, pulumi.CustomResource>, CommonOutputs>
> = {
  organizationId: undefined,
  schemaVersion: undefined,
  provenance: undefined,
  repair: undefined,
  warnings: undefined,
};

/** State format, kept for ever: it is the same for every version, so that no upgrade is a diff. */
function providerText(kind: string): string {
  return `exports.handler=()=>require("pulumi-exchange-server/provider").${kind};`;
}
