import type { Command, Invocation } from "../command";
import { SUCCEEDED } from "../exit-codes";
import { placesOf } from "../places";
import { PROJECT_OPTIONS, projectOf } from "../project";

export const CANCEL: Command = {
  name: "cancel",
  summary: "Remove the stack's lock, which a killed operation has left behind",
  options: PROJECT_OPTIONS,
  examples: ["npm run sandbox -- cancel"],
  run,
};

async function run({ options, environment, stdout }: Invocation): Promise<number> {
  const { backend } = placesOf(environment);
  const { name, stack } = await projectOf(options);
  const { cancelLocks } = await import("../../engine/index.js");
  await cancelLocks(backend, name, stack);
  stdout.write(`The stack "${stack}" of ${name} is not locked any more.\n`);
  return SUCCEEDED;
}
