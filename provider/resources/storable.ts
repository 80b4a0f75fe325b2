import { bounded, MAXIMUM_SHOWN_BYTES } from "../bounded";
import type { CommonOutputs } from "./outputs";

/**
 * The engine stores plain JSON, and fails, after the object was made, on anything else. What a person is shown of it has
 * a bound, whatever names Exchange gives.
 */
export function storable<T extends CommonOutputs>(outputs: T): T {
  const warnings = outputs.warnings.map((warning) => ({
    ...warning,
    text: bounded(warning.text, MAXIMUM_SHOWN_BYTES),
  }));
  const repair = outputs.repair.map((reason) => bounded(reason, MAXIMUM_SHOWN_BYTES));
  return JSON.parse(JSON.stringify({ ...outputs, warnings, repair })) as T;
}
