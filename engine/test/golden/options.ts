import { NotSupportedError, type OperationRequest } from "../..";

const SWITCHES: Record<string, Partial<OperationRequest>> = {
  "--refresh": { refresh: true },
  "--clear-pending-creates": { clearPendingCreates: true },
  "--continue-on-error": { continueOnError: true },
  "--exclude-protected": { excludeProtected: true },
};

/** The options of an operation, from the flags of Pulumi's CLI. @throws NotSupportedError for what the engine does not offer. */
export function optionsOf(flags: readonly string[]): Partial<OperationRequest> {
  const replace: string[] = [];
  const options: Partial<OperationRequest> = {};
  const left = flags.values();
  for (const flag of left) {
    if (flag === "--replace") replace.push(left.next().value ?? "");
    else if (SWITCHES[flag]) Object.assign(options, SWITCHES[flag]);
    else throw new NotSupportedError(`The option ${flag}`);
  }
  return { ...options, replace };
}
