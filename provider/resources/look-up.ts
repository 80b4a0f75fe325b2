import { InvalidInput, NotFound, WrongOrganization } from "../errors";
import type { Field } from "./check";

/** What an id of one kind of resource is, for a program that looks an object up by it (`.get`). */
export interface Identity {
  /** The kind, as it follows "looking up": `an auth server`. */
  kind: string;
  /** What its id is, and where it can be seen: `the Guid that Get-AuthServer shows`. */
  is: string;
  /** Whether it is the Guid of the organisation's AuthConfig. @default false */
  isOrganization?: boolean;
  /** Whether a text can be an id at all. */
  reason: Field["reason"];
}

/**
 * Looks an object up, which must be there: to Pulumi one without outputs would be a success.
 * @throws InvalidInput for a text that can be no id, such as a name in place of a Guid, before anything is asked for;
 * NotFound where there is none, also for the id of another organisation.
 */
export async function lookUp<T>(
  { kind, is, reason }: Identity,
  id: string,
  read: () => Promise<T | undefined>,
): Promise<T> {
  const doing = `looking up ${kind} by the id "${id}"`;
  const next = `call \`get\` with ${is}`;
  const refusal = reason(id);
  if (refusal) throw new InvalidInput({ doing, answer: `that is not an id: ${refusal}`, next });
  const found = await read().catch((error) => {
    if (error instanceof WrongOrganization) return undefined;
    throw error;
  });
  if (found === undefined) throw new NotFound({ doing, answer: "this organisation has none with that id", next });
  return found;
}
