import path from "node:path";
import { ALLOWLIST } from "./allowlist";
import { BRIDGE } from "./bridge";
import type { Connection } from "./connection";
import type { Properties, Value } from "./protocol";
import { findShell } from "./shell";
import { bridgeLine, sshCommand } from "./ssh";
import { type Started, startProgram } from "./started";
import { startShell } from "./started-shell";

/** How a connection's far end is started. */
export interface Launch {
  /** @throws what spawn throws for a name that no program can have. */
  start(): Started;
  /** What goes before the first request; empty, or whole lines. */
  preamble: string;
}

/**
 * How the far end of a connection is started.
 * @throws Unreachable where there is no PowerShell.
 */
export function launchOf(connection: Connection): Launch {
  switch (connection.kind) {
    case "process":
      return { start: () => startProgram(connection.command), preamble: "" };
    case "module":
    case "endpoint": {
      const shell = findShell(connection.shell);
      return { start: () => startShell(shell, BRIDGE), preamble: "" };
    }
    case "ssh":
      return { start: () => startProgram(sshCommand(connection)), preamble: bridgeLine() };
  }
}

/** What the connect frame says of a connection. The bridge runs nothing but the commands that stand in it. */
export function connectionProperties(connection: Connection): Properties {
  if (connection.kind === "process") return { kind: connection.kind };
  const { kind, opening } = connection;
  const commands = JSON.parse(JSON.stringify(ALLOWLIST)) as Value;
  if (!("module" in opening))
    return { kind, server: opening.server ?? "", authentication: opening.authentication, commands };
  // On this machine PowerShell would take a relative path without a dot for a module's name.
  const module = kind === "ssh" ? opening.module : path.resolve(opening.module);
  return { kind, module, commands };
}
