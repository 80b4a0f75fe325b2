import path from "node:path";
import { leashedNode, ProcessGroup } from "../plugins/process-group";
import { PLAIN_ERRORS, TYPE_CHECK } from "../preload";
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
  /** Where the last check of the program's types is kept. */
  typeStamp: string;
  environment: NodeJS.ProcessEnv;
  onLine(stream: "stdout" | "stderr", line: string): void;
}

/** How many stack frames the errors of a program keep: enough to come to the program's own, where the SDK has thrown. */
const STACK_FRAMES = 10;

/**
 * Runs a Pulumi program as the CLI's language host does, its TypeScript compiled by the SDK, its types checked by what is
 * loaded before the SDK (`preload/type-check.ts`). A project that says that its program is JavaScript has neither.
 */
export function startProgram(options: ProgramOptions): ProcessGroup {
  const { project, stack, sdkDirectory, configuration, isPreview, parallel, address, environment, onLine } = options;
  const typeStamp = typeStampOf(options);
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
    arguments: [
      `--stack-trace-limit=${STACK_FRAMES}`,
      "--require",
      PLAIN_ERRORS,
      ...(typeStamp === undefined ? [] : ["--require", TYPE_CHECK]),
      ...leashedNode(script, ...flags, ...(isPreview ? ["--dry-run"] : []), project.main),
    ],
    workingDirectory: project.directory,
    environment: {
      ...environment,
      PULUMI_CONFIG: JSON.stringify(configuration.values),
      PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(configuration.secretKeys),
      ...(project.isTypeScript && { PULUMI_NODEJS_TYPESCRIPT: "true", PULUMI_NODEJS_TRANSPILE_ONLY: "true" }),
      LOCAL_ENGINE_TYPE_STAMP: typeStamp,
    },
    onLine,
  });
}

/**
 * By the option and the variable that say it to Pulumi's CLI, too: undefined where types are not to be checked, empty where they are to
 * be checked even if nothing has changed.
 */
function typeStampOf({ project, environment, typeStamp }: ProgramOptions): string | undefined {
  if (!project.isTypeScript) return undefined;
  const { PULUMI_NODEJS_TRANSPILE_ONLY: isTranspiledOnly } = environment;
  if (!isTranspiledOnly) return typeStamp;
  return isTranspiledOnly === "true" ? undefined : "";
}
