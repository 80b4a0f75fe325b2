import path from "node:path";
import { leashedNode, ProcessGroup } from "../plugins/process-group";
import type { Configuration, Project } from "../state/configuration";

/** How a program is run. */
export interface ProgramOptions {
  project: Project;
  stack: string;
  /** The folder of the program's own @pulumi/pulumi. */
  sdkDirectory: string;
  configuration: Configuration;
  isPreview: boolean;
  parallel: number;
  /** `127.0.0.1:<port>` of the resource monitor and of the engine's services. */
  address: string;
  environment: NodeJS.ProcessEnv;
  onLine(stream: "stdout" | "stderr", line: string): void;
}

/**
 * Runs a Pulumi program as the CLI's language host does, its TypeScript compiled by the SDK without type checks. One stack
 * frame an error: with more of them, Node 20 can take minutes to print one that comes from an async program.
 */
export function startProgram(options: ProgramOptions): ProcessGroup {
  const { project, stack, sdkDirectory, configuration, isPreview, parallel, address, environment, onLine } = options;
  const script = path.join(sdkDirectory, "cmd", "run", "index.js");
  const flags = [
    ["--monitor", address],
    ["--engine", address],
    ["--organization", "organization"],
    ["--project", project.name],
    ["--root-directory", project.directory],
    ["--stack", stack],
    ["--pwd", project.directory],
    ["--parallel", String(parallel)],
  ].flat();
  return new ProcessGroup(process.execPath, {
    arguments: leashedNode(1, script, ...flags, ...(isPreview ? ["--dry-run"] : []), project.main),
    workingDirectory: project.directory,
    environment: {
      ...environment,
      PULUMI_CONFIG: JSON.stringify(configuration.values),
      PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(configuration.secretKeys),
      PULUMI_NODEJS_TYPESCRIPT: "true",
      PULUMI_NODEJS_TRANSPILE_ONLY: "true",
    },
    onLine,
  });
}
