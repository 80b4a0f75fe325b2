import { beginKey } from "../../engine/state/key-ahead";
import { positiveInteger } from "../arguments";
import type { Command, Invocation, Option } from "../command";
import { reportForPeople, reportForPrograms } from "../display/report";
import { interruptibly } from "../interruptible";
import { passphraseOf } from "../passphrase";
import { placesOf } from "../places";
import { configuredStackOf, PROJECT_OPTIONS } from "../project";

type Verb = "up" | "preview" | "refresh" | "destroy";

const COMMON: Record<string, Option> = {
  ...PROJECT_OPTIONS,
  parallel: { short: "p", value: "N", description: "How many resources at the same time (4 for each core)" },
  diff: { description: "Show old and new values of what is made or changed" },
  json: { short: "j", description: "Print events as JSON, one a line, in the form of Pulumi's event log" },
};
/** Of those that ask before they begin, in Pulumi's CLI: nothing asks here, and scripts made for Pulumi run. */
const UNASKED: Record<string, Option> = {
  yes: { short: "y", description: "Begin without asking, which is always so here" },
  "skip-preview": { short: "f", description: "Begin without a preview, which is always so here" },
};
/** Of those that run the program. */
const PROGRAM: Record<string, Option> = {
  refresh: { short: "r", description: "Read the real objects first" },
  replace: { value: "URN", isRepeated: true, description: "Replace this resource (* and ** fit several)" },
  "continue-on-error": { description: "Go on with what does not depend on what has failed" },
};
const PREVIEW_ONLY: Record<string, Option> = {
  "preview-only": { description: "Show what would be done, and do nothing" },
};

/** What Pulumi's operations have for repairs of a part of a stack. */
const REFUSED = ["target", "target-dependents", "target-replace", "exclude", "exclude-dependents"];

export const UP = operation("up", "Deploy the stack of this folder to the sandbox", { ...UNASKED, ...PROGRAM }, [
  "npm run up",
  "npm run up -- --refresh",
  "npm run up -- --cwd examples/consumer",
]);

export const PREVIEW = operation("preview", "Show what up would do", PROGRAM, [
  "npm run preview",
  "npm run preview -- --diff",
  "npm run preview -- --refresh",
]);

export const REFRESH = operation(
  "refresh",
  "Read the real objects and take what is found into the stack's state",
  { ...UNASKED, ...PREVIEW_ONLY, "clear-pending-creates": { description: "Forget creates that were interrupted" } },
  ["npm run refresh", "npm run refresh -- --preview-only"],
);

export const DESTROY = operation(
  "destroy",
  "Take down what the stack has deployed",
  {
    ...UNASKED,
    ...PREVIEW_ONLY,
    "exclude-protected": { description: "Leave protected resources, and what they depend on" },
  },
  ["npm run destroy", "npm run destroy -- --preview-only"],
);

function operation(name: Verb, summary: string, own: Record<string, Option>, examples: string[]): Command {
  const options = { ...COMMON, ...own };
  return { name, summary, options, refusedOptions: REFUSED, examples, run: (invocation) => run(name, invocation) };
}

async function run(verb: Verb, { options, environment, stdout, stderr }: Invocation): Promise<number> {
  const parallel = positiveInteger("parallel", options.parallel);
  const project = await configuredStackOf(options);
  const places = placesOf(environment);
  const passphrase = passphraseOf(environment);
  // It takes longest of all and a core of its own, and so begins before anything else is so much as loaded.
  await beginKey(places.backend, project, project.stack, passphrase);
  const report = options.json
    ? reportForPrograms(stdout, stderr)
    : reportForPeople(stdout, environment, { isRefresh: verb === "refresh", showsValues: options.diff === true });
  const request = {
    operation: options["preview-only"] ? (`preview-${verb}` as "preview-refresh" | "preview-destroy") : verb,
    projectDirectory: project.directory,
    stack: project.stack,
    parallel,
    refresh: options.refresh === true,
    replace: [options.replace ?? []].flat() as string[],
    continueOnError: options["continue-on-error"] === true,
    excludeProtected: options["exclude-protected"] === true,
    clearPendingCreates: options["clear-pending-creates"] === true,
    onEvent: report.event,
  };
  try {
    // From before the tenant begins until it has ended: it leaves its address behind where it cannot take it back.
    return await interruptibly(report, async (signals) => {
      const { operateOnSandbox } = require("../sandboxed") as typeof import("../sandboxed");
      const result = await operateOnSandbox(
        { ...request, ...signals },
        { places, passphrase, environment, say: report.say },
      );
      report.conclude(result, { showsOutputs: verb === "up" });
      return result.exitCode;
    });
  } finally {
    report.close();
  }
}
