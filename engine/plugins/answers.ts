import * as grpc from "@grpc/grpc-js";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { ProviderError, ProviderUnavailable } from "../errors";
import type { PropertyMap } from "../values/property";
import { fromStruct } from "../values/struct";

/** An object that exists but is not well: the engine keeps it with these reasons. */
export class InitializationError extends ProviderError {
  constructor(
    readonly id: string,
    readonly properties: PropertyMap,
    readonly inputs: PropertyMap | undefined,
    readonly reasons: string[],
  ) {
    super(
      `${reasons.length} error${reasons.length === 1 ? "" : "s"} occurred:\n${reasons.map((reason) => `\t* ${reason}\n`).join("")}\n`,
    );
  }
}

export interface CheckFailure {
  property: string;
  reason: string;
}

export interface Diff {
  /** Undefined where the provider does not know: the engine then compares the inputs. */
  changes: boolean | undefined;
  replaces: string[];
  diffs: string[];
  deleteBeforeReplace: boolean;
  detailedDiff?: Record<string, { kind: string; inputDiff: boolean }>;
}

export const checkFailures = (list: messages.CheckFailure[]): CheckFailure[] =>
  list.map((failure) => ({ property: failure.getProperty(), reason: failure.getReason() }));

/** The inputs that the provider takes, and what it does not like about them. */
export function checkResult(response: messages.CheckResponse): { inputs: PropertyMap; failures: CheckFailure[] } {
  return { inputs: fromStruct(response.getInputs()), failures: checkFailures(response.getFailuresList()) };
}

const { DiffChanges } = messages.DiffResponse;
const KINDS = ["add", "add-replace", "delete", "delete-replace", "update", "update-replace"];

/** What the provider says of a change. */
export function diffResult(response: messages.DiffResponse): Diff {
  const detailed = [...response.getDetaileddiffMap().entries()].map(
    ([path, entry]) => [path, { kind: KINDS[entry.getKind()] ?? "update", inputDiff: entry.getInputdiff() }] as const,
  );
  const changes = response.getChanges();
  return {
    changes: changes === DiffChanges.DIFF_UNKNOWN ? undefined : changes === DiffChanges.DIFF_SOME,
    replaces: response.getReplacesList(),
    diffs: response.getDiffsList(),
    deleteBeforeReplace: response.getDeletebeforereplace(),
    ...(detailed.length > 0 && { detailedDiff: Object.fromEntries(detailed) }),
  };
}

/** What a failed call means. A lost connection has the words of Pulumi's engine (recorded: golden/provider-exit.json). */
export function providerError(error: grpc.ServiceError): ProviderError {
  const [packed] = error.metadata.get("grpc-status-details-bin");
  if (packed) {
    const details = Status.deserializeBinary(Buffer.from(packed)).getDetailsList();
    const detail = details.find((any) => any.getTypeName() === "pulumirpc.ErrorResourceInitFailed");
    if (detail) {
      const failure = messages.ErrorResourceInitFailed.deserializeBinary(detail.getValue_asU8());
      return new InitializationError(
        failure.getId(),
        fromStruct(failure.getProperties()),
        failure.hasInputs() ? fromStruct(failure.getInputs()) : undefined,
        failure.getReasonsList(),
      );
    }
  }
  if (error.code === grpc.status.UNAVAILABLE) return new ProviderUnavailable("error reading from server: EOF");
  return new ProviderError(error.details);
}
