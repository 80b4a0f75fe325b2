import { readdir } from "node:fs/promises";
import path from "node:path";
import type { Command } from "commander";
import { readProject } from "pulumi-local-engine";
import { valueOption } from "./command";
import { UsageError } from "./errors";

/** Of every command that is about one stack. */
export interface ProjectOptions {
  stack?: string;
  cwd?: string;
}

/** Adds the options of a command that is about one stack. */
export function withProject(command: Command): Command {
  return command
    .addOption(valueOption("-s, --stack <name>", "The stack in Pulumi.<name>.yaml (default: dev)"))
    .addOption(valueOption("-C, --cwd <folder>", "The project folder (default: the current one)"));
}

/** Which stack of which project. */
export interface ProjectStack {
  name: string;
  /** Absolute. */
  directory: string;
  stack: string;
}

const DEFAULT_STACK = "dev";

/** @throws UsageError, and ConfigurationError where there is no project of a Node.js program. */
export async function projectOf({ cwd = ".", stack = DEFAULT_STACK }: ProjectOptions): Promise<ProjectStack> {
  // Source of the form: what Pulumi's CLI says of a wrong one.
  if (!/^[\w.-]{1,100}$/.test(stack)) {
    throw new UsageError(`"${stack}" is not a stack name: use letters, digits, ".", "_" and "-".`);
  }
  const { name, directory } = await readProject(path.resolve(cwd));
  return { name, directory, stack };
}

/**
 * The same for a command that reads the stack's configuration.
 * @throws UsageError, too, where the stack has no file: it would be deployed without any configuration.
 */
export async function configuredStackOf(options: ProjectOptions): Promise<ProjectStack> {
  const project = await projectOf(options);
  const stacks = await stacksIn(project.directory);
  if (stacks.includes(project.stack)) return project;
  const known = stacks.length === 0 ? "none" : stacks.join(", ");
  throw new UsageError(
    `There is no stack "${project.stack}" of ${project.name}: ${project.directory} has no ` +
      `Pulumi.${project.stack}.yaml. Its stacks: ${known}. To add a stack, copy the file of another stack.`,
  );
}

/** The stacks that a project's folder has a configuration of, sorted. */
async function stacksIn(directory: string): Promise<string[]> {
  const files = await readdir(directory);
  return files.flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? []).sort();
}
