import path from "node:path";
import { sandboxHome } from "../exchange/home";

/** Where the sandbox of one machine keeps everything: Exchange, the tenant and the stacks. */
export interface Places {
  /** The sandbox's own folder, absolute. */
  home: string;
  /** What Pulumi calls a file backend: stacks lie in `<backend>/.pulumi/stacks`. */
  backend: string;
  /** Pulumi's own folder for the sandbox's operations: what the provider notes there is the sandbox's, too. */
  pulumiHome: string;
}

/** `SANDBOX_HOME`, else `.sandbox` at the repository's root, whichever project is deployed. */
export function placesOf(environment: NodeJS.ProcessEnv): Places {
  const home = path.resolve(sandboxHome(environment));
  return { home, backend: home, pulumiHome: path.join(home, "pulumi-home") };
}
