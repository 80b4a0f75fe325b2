import type { Credential } from "../../../provider/powershell/connection";
import type { Session, SessionLimits } from "../../../provider/powershell/session";
import { createSession } from "../../../provider/powershell/session";

const open: Session[] = [];

/** A session that {@link closeSessions} closes; its far end has half a second to end. */
export function sessionOver(command: string[], limits: Partial<SessionLimits> = {}, credential?: Credential): Session {
  const session = createSession({ kind: "process", command }, credential, { close: 500, ...limits });
  open.push(session);
  return session;
}

/** Closes every session of this test. */
export async function closeSessions(): Promise<void> {
  await Promise.all(open.splice(0).map((session) => session.close()));
}
