import type { DeploymentDocument } from "../state/deployment-format";

/** The version of the deployment format that this engine reads and writes. */
export const VERSION = 3;

/** What `pulumi stack export` prints and `pulumi stack import` takes. */
export interface ExportedStack {
  version: typeof VERSION;
  deployment: DeploymentDocument;
}
