import { ProtocolError } from "../errors";
import type { Answer } from "./client";

/**
 * The `FileData` of an export.
 * @param doing what it is for, as it follows "while"; `next` is what to do where there is no file.
 * @throws ProtocolError where the export succeeded and gave no file, so that nothing is known of the key.
 */
export function exportedFile(
  { objects }: Answer,
  { cmdlet, doing, next }: { cmdlet: string; doing: string; next: string },
): Uint8Array {
  const file = objects.map(({ FileData }) => FileData).find((data) => data instanceof Uint8Array);
  if (file) return file;
  throw new ProtocolError({ doing, answer: `${cmdlet} returned no FileData`, next, outcomeUnknown: false });
}
