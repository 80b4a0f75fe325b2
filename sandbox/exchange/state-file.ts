import { mkdir, readFile, rename } from "node:fs/promises";
import path from "node:path";
import { lock } from "proper-lockfile";
import { mismatch, type Shape } from "../shared/shape";
import { writeWhole } from "../shared/whole-file";
import { DamagedState } from "./errors";
import { STATE_VERSION, type State } from "./state";

/** The file that holds the organisation of a sandbox. */
function stateFile(home: string): string {
  return path.join(home, "exchange.json");
}

/**
 * The state as last saved; undefined where there is none yet.
 * @throws DamagedState for a file that is none of ours.
 */
export async function loadState(home: string): Promise<State | undefined> {
  const file = stateFile(home);
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new DamagedState(file, (error as Error).message);
  }
  return parseState(file, text);
}

/** The state of an organisation that was set up. */
export async function presentState(home: string): Promise<State> {
  const state = await loadState(home);
  if (!state) throw new DamagedState(stateFile(home), "the file is no longer there");
  return state;
}

const ORGANISATION: Shape = {
  scenario: "string",
  clockOffset: "number",
  directory: { domain: "string", organization: "string", domainControllers: ["string"] },
  sessionServer: "string",
  offers: ["string"],
  servers: [
    {
      name: "string",
      guid: "string",
      fqdn: "string",
      build: "string",
      certificates: [
        {
          thumbprint: "string",
          rawData: "string",
          friendlyName: "string",
          subject: "string",
          domains: ["string"],
          notBefore: "string",
          notAfter: "string",
          services: ["string"],
        },
      ],
    },
  ],
  authConfig: { guid: "string", current: "string", previous: "string", next: "string" },
  authServers: [{ name: "string", guid: "string", realm: "string" }],
  partnerApplications: [{ name: "string", guid: "string" }],
  "hybridConfiguration?": { domains: ["string"] },
  "pushNotificationApp?": { organization: "string", uri: "string" },
  faults: [{}],
};

function parseState(file: string, text: string): State {
  let value: Partial<State>;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new DamagedState(file, `it is not JSON (${(error as Error).message})`);
  }
  if (typeof value !== "object" || value === null) throw new DamagedState(file, "it holds no object");
  if (value.version !== STATE_VERSION)
    throw new DamagedState(file, `its version is ${value.version}, not ${STATE_VERSION}`);
  const wrong = mismatch(value, ORGANISATION);
  if (wrong !== undefined) throw new DamagedState(file, wrong);
  if (!value.servers?.some((server) => server.name === value.sessionServer)) {
    throw new DamagedState(file, 'its key "sessionServer" names no server in it');
  }
  return value as State;
}

/** Puts a state file that cannot be read aside, under a name that says when. */
export async function putAside(home: string): Promise<void> {
  const file = stateFile(home);
  await rename(file, `${file}.damaged-${new Date().toISOString().replace(/[:.]/g, "-")}`);
}

/** What a holder of the lock may do. */
export interface LockedState {
  save(state: State): Promise<void>;
}

/**
 * Runs `action` while no other process holds the organisation. A lock whose holder was killed is taken over after ten
 * seconds.
 */
export async function withLock<T>(home: string, action: (locked: LockedState) => Promise<T>): Promise<T> {
  await mkdir(home, { recursive: true });
  let lost: Error | undefined;
  const release = await lock(stateFile(home), {
    realpath: false,
    stale: 10_000,
    update: 2000,
    retries: { retries: 1200, factor: 1, minTimeout: 25, maxTimeout: 50 },
    onCompromised: (error) => {
      lost = error;
    },
  });
  try {
    return await action({
      save: async (state) => {
        if (lost) throw lost;
        // Private keys are in it: nobody else's to read.
        await writeWhole(stateFile(home), `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
      },
    });
  } finally {
    if (!lost) await release();
  }
}
