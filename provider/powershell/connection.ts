import type { Secret } from "./protocol";

/** How the endpoint checks who is there: Kerberos encrypts by itself, Basic goes over https alone. */
export type Authentication = "Kerberos" | "Basic";

/** What PowerShell opens as Exchange. */
export type Opening =
  /** Exchange's endpoint of a server, an FQDN; without one that of the machine on which PowerShell runs. */
  | { server?: string; authentication: Authentication }
  /** A module, or a session configuration file (.pssc), by its path where PowerShell runs. */
  | { module: string };

/** How Exchange is reached. */
export type Connection =
  /** Any program that speaks the protocol on its standard input and output, and its arguments; no shell reads them. */
  | { kind: "process"; command: string[] }
  /** A module takes the endpoint's place, in a PowerShell of this machine: `shell`, a path or a name. */
  | { kind: "module"; shell?: string; opening: Opening }
  /** Exchange's endpoint, from a PowerShell of this machine. */
  | { kind: "endpoint"; shell?: string; opening: Opening }
  /** PowerShell on another machine, by the system's ssh client with `config` in place of the user's own file. */
  | { kind: "ssh"; destination: string; config?: string; shell?: string; opening: Opening };

/** Who the far end is to be at Exchange. Travels in the connect frame alone. */
export interface Credential {
  userName: string;
  password: Secret;
}

/** The longest time limit of a call, in seconds. */
export const MAXIMUM_TIMEOUT_SECONDS = 3600;
