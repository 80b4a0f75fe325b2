import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { printLine } from "../print-line";

/**
 * What is noted on this machine before a write whose result no cmdlet shows (docs/decisions/011): that the proxy may no
 * longer be what a state says of it. A state from after that write has a later `writtenAt`, so that a note never has to
 * be cleared.
 */
interface Note {
  /** Of the state that the write was begun from. */
  writtenAt: string;
  /** When the write disables it, by the far end's clock: then no stack's earlier write holds any more. */
  disabledAt?: string;
}

/** The outputs of which a note tells; without `writtenAt` in states from before there was this output. */
export interface Written {
  organizationId: string;
  writtenAt?: string;
}

/**
 * Notes that what these outputs say is being changed. That this cannot be noted is said in a line, and stops nothing.
 * @param disabledAt the far end's clock, where the write disables the proxy.
 */
export function noteWrite({ organizationId, writtenAt = "" }: Written, disabledAt?: Date): void {
  const file = fileOf(organizationId);
  const note: Note = { writtenAt, disabledAt: disabledAt?.toISOString() };
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(`${file}.${process.pid}`, JSON.stringify(note), { flush: true });
    renameSync(`${file}.${process.pid}`, file);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    printLine(
      "The note that the push notification proxy is being written could not be saved in " +
        `${path.dirname(file)} (${code ?? message}): if this operation is interrupted, write the proxy again ` +
        "with `pulumi up --replace` and its URN.",
    );
  }
}

/**
 * Whether a write was begun on this machine of which these outputs know nothing: it, or its being stored, was cut short, or
 * another stack has disabled the proxy.
 */
export function isOvertaken({ organizationId, writtenAt = "" }: Written): boolean {
  try {
    const note = JSON.parse(readFileSync(fileOf(organizationId), "utf8")) as Note;
    const isDisabledSince = typeof note.disabledAt === "string" && writtenAt < note.disabledAt;
    return note.writtenAt === writtenAt || isDisabledSince;
  } catch {
    // There is none, or none that can be read: then the state is all that is known.
    return false;
  }
}

/** One file an organisation, in Pulumi's own folder on this machine. */
function fileOf(organizationId: string): string {
  const home = process.env.PULUMI_HOME || path.join(homedir(), ".pulumi");
  return path.join(home, "pulumi-exchange-server", `proxy-${encodeURIComponent(organizationId)}.json`);
}
