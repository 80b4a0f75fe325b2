import { sameText } from "../exchange/properties";
import { type Field, UNKNOWN } from "./check";
import type { Change, Lasting, Lifecycle } from "./lifecycle";
import type { CommonInputs, CommonOutputs } from "./outputs";

/** The arguments whose change matters to Exchange, by name. */
export function changedArguments(changes: Record<string, Change>, olds: object, news: object): string[] {
  const old = olds as Record<string, unknown>;
  const wanted = news as Record<string, unknown>;
  return Object.entries(changes)
    .filter(([name, { same }]) => wanted[name] === UNKNOWN || !same(old[name], wanted[name]))
    .map(([name]) => name);
}

/** Why there is an update though no argument changed. */
export function reasonsToUpdate<Inputs extends object, Outputs extends CommonOutputs>(
  lifecycle: Lifecycle<Inputs, Outputs>,
  olds: Outputs,
  news: Inputs,
): string[] {
  const expired = lifecycle.expired?.(olds, new Date()) ? ["expired"] : [];
  return [...new Set([...olds.repair, ...expired, ...(lifecycle.reasons?.(olds, news) ?? [])])];
}

/**
 * Whether the program declares another organisation than the state's: the update refuses. Otherwise nothing would be
 * called, and what is new in the stack would be made in an organisation that it is not meant for.
 */
export function isForElsewhere(olds: CommonOutputs, news: CommonInputs): boolean {
  const { expectedOrganizationId: expected } = news;
  return expected !== undefined && expected !== UNKNOWN && !sameText(olds.organizationId, expected);
}

/** A value that is not yet known, or a part of it, may turn out to be the old one: it never makes us replace anything. */
export function isUnknown(news: object, name: string): boolean {
  return hasUnknown((news as Record<string, unknown>)[name]);
}

export function hasUnknown(value: unknown): boolean {
  return JSON.stringify(value ?? null).includes(UNKNOWN);
}

/** The outputs of the arguments' names: what the program would have to say to get what is there. */
export function argumentsIn(fields: Record<string, Field>, outputs: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(outputs).filter(([name]) => name in fields));
}

/** The arguments without the lasting outputs among them: those are what was last seen, and for a preview alone. */
export function withoutLasting<Inputs extends object>(lasting: Lasting | undefined, inputs: Inputs): Inputs {
  const names = [...(lasting?.names ?? []), ...(lasting?.later ?? [])];
  return Object.fromEntries(Object.entries(inputs).filter(([name]) => !names.includes(name))) as Inputs;
}

/** The lasting outputs among these values; none where one is missing, or where they will change after all. */
export function lastingIn(lasting: Lasting | undefined, values: object): Record<string, unknown> {
  const known = values as Record<string, unknown>;
  const isThere = (name: string) => known[name] !== undefined;
  if (!lasting?.names.every(isThere) || lasting.isOver(known, new Date())) return {};
  const names = [...lasting.names, ...(lasting.later ?? []).filter(isThere)];
  return Object.fromEntries(names.map((name) => [name, known[name]]));
}
