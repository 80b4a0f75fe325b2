import * as pulumi from "@pulumi/pulumi";
import type { Known } from "../../exchange/properties";
import { ExchangeResource, type ExchangeResourceArgs, type OwnOutputs } from "../exchange-resource";
import { isOfType, resourceType } from "../resource-type";
import { MINIMUM_BUILD } from "./fields";
import type { ExchangePrerequisitesInputs, ExchangePrerequisitesOutputs } from "./outputs";
import type { CheckedServer } from "./rules";

/** What every server must be. */
export interface ExchangePrerequisitesArgs extends ExchangeResourceArgs {
  /**
   * The minimum build, four numbers. A change updates: the servers are checked again.
   * @default "15.0.775.38", cumulative update 3 of Exchange Server 2013
   */
  minimumBuild?: pulumi.Input<string | undefined>;
  /**
   * Names or FQDNs of servers to ignore; case and order do not matter. A change updates: the servers are checked again.
   * @default []
   */
  ignoreServers?: pulumi.Input<pulumi.Input<string>[] | undefined>;
}

/**
 * The second step of the article: checks that every server of version 15 or later, except Edge, has a build that can
 * proxy push notifications (`Get-ExchangeServer`). It changes nothing. Pass it to other resources in `dependsOn`, so that
 * nothing is changed in an organisation that cannot use them.
 *
 * Builds are compared number by number. `AdminDisplayVersion` shows only the cumulative update. If the minimum is a
 * security update, the version of ExSetup.exe decides, which can be read only if the connection's shell runs on that
 * server; otherwise a warning is printed. A server below the minimum is an error that names the server and its build.
 * Refresh checks again; if a server is then below the minimum, the next `up` fails.
 *
 * Its id is the Guid of AuthConfig.
 *
 * @example
 * ```ts
 * const prerequisites = new ExchangePrerequisites("prerequisites", { ignoreServers: ["OLD1"] });
 * new OAuthCertificate("auth", {}, { dependsOn: prerequisites });
 * ```
 */
export class ExchangePrerequisites extends ExchangeResource {
  /** The type by which Pulumi's engine, and its policies, know this class. */
  static readonly __pulumiType = resourceType("ExchangePrerequisites");

  /** Whether a value is an ExchangePrerequisites, made by any copy of this package. */
  static override isInstance(value: unknown): value is ExchangePrerequisites {
    return isOfType(value, ExchangePrerequisites.__pulumiType);
  }

  /** The minimum build of the check, four numbers. */
  declare public readonly minimumBuild: pulumi.Output<string>;
  /** The names of the ignored servers. */
  declare public readonly ignoreServers: pulumi.Output<string[]>;
  /** Every server of version 15 or later, except Edge and ignored servers, sorted by name, with its build and the result of the check. */
  declare public readonly servers: pulumi.Output<CheckedServer[]>;
  /** Whether the hybrid wizard set the organisation up: `yes`, `no` or `unknown`. */
  declare public readonly hybrid: pulumi.Output<Known>;

  constructor(name: string, args: ExchangePrerequisitesArgs = {}, options?: pulumi.CustomResourceOptions) {
    super("ExchangePrerequisites", name, OUTPUTS, args, options);
    if (pulumi.runtime.isDryRun() && options?.id === undefined) this.#announce(args);
  }

  /**
   * Looks up an organisation's servers without managing anything.
   * @param id the Guid of its AuthConfig (`Get-AuthConfig | Format-List Guid`).
   */
  static get(name: string, id: pulumi.Input<pulumi.ID>, options?: pulumi.CustomResourceOptions): ExchangePrerequisites {
    return new ExchangePrerequisites(name, {}, { ...options, id });
  }

  /** A preview asks Exchange nothing, so it can only say what an update would ask. */
  #announce({ minimumBuild, ignoreServers }: ExchangePrerequisitesArgs): void {
    pulumi.all([minimumBuild, ignoreServers]).apply(([build = MINIMUM_BUILD, ignored = []]) => {
      const besides = ignored.length > 0 ? ` and ${ignored.join(", ")}` : "";
      const text = `Creating or changing this resource checks that every server of version 15 or later, except Edge${besides}, is at build ${build} or later.`;
      return pulumi.log.info(text, this);
    });
  }
}

const OUTPUTS: OwnOutputs<ExchangePrerequisites, ExchangePrerequisitesOutputs, ExchangePrerequisitesInputs> = {
  minimumBuild: undefined,
  ignoreServers: undefined,
  servers: undefined,
  hybrid: undefined,
};
