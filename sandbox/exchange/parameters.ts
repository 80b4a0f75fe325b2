import type { Build } from "./builds";

/** What a parameter takes, in PowerShell's words. */
export type ParameterType =
  | "String"
  | "SwitchParameter"
  | "Boolean"
  | "Int32"
  | "DateTime"
  | "Byte[]"
  | "SecureString"
  /** Exchange's MultiValuedProperty: a list, or `{ Add, Remove }`. */
  | "MultiValuedProperty";

/** One parameter of a cmdlet. */
export interface Parameter {
  type: ParameterType;
  mandatory?: boolean;
  /** The only values it takes, without regard to case. */
  values?: readonly string[];
  /** Null is as good as left out: a Get-* cmdlet then lists all objects. */
  nullable?: boolean;
  /** The first build of each version of Exchange that knows it, by "15.1" or "15.2"; a version left out has it not. */
  since?: Record<string, Build>;
}

export type ParameterTable = Record<string, Parameter>;

/** The parameter sets of a cmdlet: those of each set, and those that go with any. The first set is the default one. */
export interface ParameterSets {
  sets: Record<string, ParameterTable>;
  shared: ParameterTable;
}

/** `-Confirm` and `-WhatIf`, of every cmdlet that changes something. */
export const SHOULD_PROCESS: ParameterTable = {
  Confirm: { type: "SwitchParameter" },
  WhatIf: { type: "SwitchParameter" },
};

/** `-DomainController`, of nearly every cmdlet. */
export const DOMAIN_CONTROLLER: ParameterTable = { DomainController: { type: "String" } };
