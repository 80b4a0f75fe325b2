import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";

/**
 * What is noted on this machine before a write whose result no cmdlet shows (docs/decisions/011): that the proxy may no
 * longer be what a state says of it. A state from before or after that write has another `writtenAt`, so that a note
 * never has to be cleared, and concerns no other stack.
 */
interface Note {
  writtenAt: string;
}

/** The outputs of which a note tells; without `writtenAt` in states from before there was this output. */
export interface Written {
  organizationId: string;
  writtenAt?: string;
}

/** Notes that what these outputs say is being changed. That this cannot be noted is said in a line, and stops nothing. */
export function noteWrite({ organizationId, writtenAt = "" }: Written): void {
  const file = fileOf(organizationId);
  const note: Note = { writtenAt };
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(`${file}.${process.pid}`, JSON.stringify(note), { flush: true });
    renameSync(`${file}.${process.pid}`, file);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    console.log(
      `That the push notification proxy is being written could not be noted in ${path.dirname(file)} (${code ?? message}): ` +
        "if this operation is cut short, write it again with `pulumi up --replace` and the proxy's URN.",
    );
  }
}

/** Whether a write was begun on this machine of which these outputs know nothing: it, or its being stored, was cut short. */
export function isOvertaken({ organizationId, writtenAt = "" }: Written): boolean {
  try {
    const note = JSON.parse(readFileSync(fileOf(organizationId), "utf8")) as Note;
    return note.writtenAt === writtenAt;
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
