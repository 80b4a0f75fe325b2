import type { Command } from "commander";
import {
  type AddCommand,
  countOption,
  refuseOptions,
  repeatedOption,
  type Surroundings,
  withExamples,
} from "../command";
import { reportForPeople, reportForPrograms } from "../display/report";
import { interruptibly } from "../interruptible";
import { passphraseOf } from "../passphrase";
import { placesOf } from "../places";
import { configuredStackOf, type ProjectOptions, withProject } from "../project";
import { operateOnSandbox } from "../sandboxed";

type Verb = "up" | "preview" | "refresh" | "destroy";

interface OperationOptions extends ProjectOptions {
  parallel?: number;
  diff?: boolean;
  json?: boolean;
  refresh?: boolean;
  replace?: string[];
  continueOnError?: boolean;
  previewOnly?: boolean;
  clearPendingCreates?: boolean;
  excludeProtected?: boolean;
}

/** What Pulumi's operations have for repairs of a part of a stack. */
const REFUSED = ["target", "target-dependents", "target-replace", "exclude", "exclude-dependents"];

const REFRESH = ["-r, --refresh", "Refresh the stack's state first"] as const;

export const addUp: AddCommand = (parent, surroundings) =>
  withExamples(
    withProgram(unasked(operation("up", "Deploy the stack of this folder to the sandbox", parent, surroundings))),
    "npm run up",
    "npm run up -- --refresh",
    "npm run up -- --cwd examples/consumer",
  );

export const addPreview: AddCommand = (parent, surroundings) =>
  withExamples(
    withProgram(operation("preview", "Show what up would do", parent, surroundings)),
    "npm run preview",
    "npm run preview -- --diff",
    "npm run preview -- --refresh",
  );

export const addRefresh: AddCommand = (parent, surroundings) => {
  const summary = "Read the real objects and update the stack's state";
  return withExamples(
    unasked(operation("refresh", summary, parent, surroundings))
      .option("--preview-only", "Show what would be done without doing it")
      .option("--clear-pending-creates", "Remove interrupted creates from the state"),
    "npm run refresh",
    "npm run refresh -- --preview-only",
  );
};

export const addDestroy: AddCommand = (parent, surroundings) =>
  withExamples(
    unasked(operation("destroy", "Delete everything that the stack has deployed", parent, surroundings))
      .option("--preview-only", "Show what would be done without doing it")
      .option(...REFRESH)
      .option("--exclude-protected", "Keep protected resources and what they depend on"),
    "npm run destroy",
    "npm run destroy -- --preview-only",
    "npm run destroy -- --preview-only --refresh",
  );

function operation(verb: Verb, summary: string, parent: Command, surroundings: Surroundings): Command {
  const command = withProject(parent.command(verb))
    .description(summary)
    .addOption(
      countOption("-p, --parallel <count>", "How many resources to process at the same time (default: 4 per core)"),
    )
    .option("--diff", "Show old and new values of created and changed resources")
    .option("-j, --json", "Print events as JSON, one per line, in the format of Pulumi's event log")
    .action((options: OperationOptions) => run(verb, options, surroundings));
  return refuseOptions(command, REFUSED);
}

/** Of those that ask before they begin, in Pulumi's CLI: nothing asks here, and scripts made for Pulumi run. */
function unasked(command: Command): Command {
  return command
    .option("-y, --yes", "Accepted for scripts: no operation asks for confirmation")
    .option("-f, --skip-preview", "Accepted for scripts: no operation begins with a preview");
}

/** Of those that run the program. */
function withProgram(command: Command): Command {
  return command
    .option(...REFRESH)
    .addOption(repeatedOption("--replace <urn>", "Replace this resource (* and ** match several)"))
    .option("--continue-on-error", "Continue with resources that do not depend on a failed one");
}

async function run(
  verb: Verb,
  options: OperationOptions,
  { environment, stdout, stderr, conclude }: Surroundings,
): Promise<void> {
  const project = await configuredStackOf(options);
  const places = placesOf(environment);
  const passphrase = passphraseOf(environment);
  const report = options.json
    ? reportForPrograms(stdout, stderr)
    : reportForPeople(stdout, environment, { isRefresh: verb === "refresh", showsValues: options.diff === true });
  const request = {
    operation: options.previewOnly ? (`preview-${verb}` as "preview-refresh" | "preview-destroy") : verb,
    projectDirectory: project.directory,
    stack: project.stack,
    parallel: options.parallel,
    refresh: options.refresh === true,
    replace: options.replace ?? [],
    continueOnError: options.continueOnError === true,
    excludeProtected: options.excludeProtected === true,
    clearPendingCreates: options.clearPendingCreates === true,
    onEvent: report.event,
  };
  try {
    // From before the tenant begins until it has ended: it leaves its address behind where it cannot take it back.
    await interruptibly(report, async (signals) => {
      const result = await operateOnSandbox(
        { ...request, ...signals },
        { places, passphrase, environment, say: report.say },
      );
      report.conclude(result, { showsOutputs: verb === "up" });
      conclude(result.exitCode);
    });
  } finally {
    report.close();
  }
}
