import { type AddCommand, type Surroundings, withExamples } from "../command";
import { placesOf } from "../places";
import { type ProjectOptions, projectOf, withProject } from "../project";

export const addCancel: AddCommand = (parent, surroundings) => {
  const command = withProject(parent.command("cancel"))
    .description("Remove the stack's lock that a killed operation left behind")
    .action((options: ProjectOptions) => run(options, surroundings));
  return withExamples(command, "npm run sandbox -- cancel");
};

async function run(options: ProjectOptions, { environment, stdout }: Surroundings): Promise<void> {
  const { backend } = placesOf(environment);
  const { name, stack } = await projectOf(options);
  const { cancelLocks } = await import("pulumi-local-engine");
  await cancelLocks(backend, name, stack);
  stdout.write(`The stack "${stack}" of ${name} is no longer locked.\n`);
}
