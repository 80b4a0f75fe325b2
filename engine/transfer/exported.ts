import type { DeploymentDocument, VERSION } from "../state/deployment-format";

/** What `pulumi stack export` prints and `pulumi stack import` takes. */
export interface ExportedStack {
  version: typeof VERSION;
  deployment: DeploymentDocument;
}
