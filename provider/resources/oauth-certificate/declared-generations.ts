import { newName } from "../declared";
import { MOST_CERTIFICATES } from "./identifiers";

/** What a program is said to declare whose generations take effect at once, and whose former ones go at once. */
export const AT_ONCE = "rollover at once";

/** What a generation is called among those that a program declares. */
export function generationName(generation: number): string {
  return `generation ${generation}`;
}

/** Whether a generation is declared for the first time, so that its key credential is added in this update. */
export function isNewDeclared(generation: number, declared: ReadonlySet<string>): boolean {
  return declared.has(newName(generationName(generation)));
}

/** Whether any generation is declared for the first time. */
export function hasNew(declared: ReadonlySet<string>): boolean {
  return declaredGenerations(declared).some((generation) => isNewDeclared(generation, declared));
}

/** Whether a program declares any generation. */
export function hasGenerations(declared: ReadonlySet<string>): boolean {
  return declaredGenerations(declared).length > 0;
}

/** Whether a program declares another generation. */
export function hasOthers(generation: number, declared: ReadonlySet<string>): boolean {
  return declaredGenerations(declared).some((other) => other !== generation);
}

/** Whether a program declares a later generation. */
export function isFollowed(generation: number, declared: ReadonlySet<string>): boolean {
  return declaredGenerations(declared).some((other) => other > generation);
}

function declaredGenerations(declared: ReadonlySet<string>): number[] {
  const all = Array.from({ length: MOST_CERTIFICATES }, (_, index) => index + 1);
  return all.filter((generation) => declared.has(generationName(generation)));
}
