import type { Answer } from "./client";
import { InvalidInput, ProtocolError } from "./errors";

/**
 * The `FileData` of an export.
 * @param doing what it is for, as it follows "while"; `next` is what to do where there is no file.
 * @returns undefined where the export was refused: that, and nothing else. A failure that nothing names is no refusal:
 * taken for one, it would make one certificate after the other.
 * @throws ProtocolError where it was not refused and gave no file, so that nothing is known of the key.
 */
export async function exportedFile(
  exporting: Promise<Answer>,
  { cmdlet, doing, next }: { cmdlet: string; doing: string; next: string },
): Promise<Uint8Array | undefined> {
  let answer: Answer;
  try {
    answer = await exporting;
  } catch (error) {
    if (error instanceof InvalidInput) return undefined;
    throw error;
  }
  const file = answer.objects.map(({ FileData }) => FileData).find((data) => data instanceof Uint8Array);
  if (file) return file;
  throw new ProtocolError({ doing, answer: `${cmdlet} returned no FileData`, next, outcomeUnknown: false });
}
