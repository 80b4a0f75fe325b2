import { mkdir, readFile, rename } from "node:fs/promises";
import path from "node:path";
import lockfile from "proper-lockfile";
import { mismatch, type Shape } from "../shared/shape";
import { writeWhole } from "../shared/whole-file";
import { TenantStateDamaged } from "./errors";
import { initialTenant, type TenantOptions } from "./initial";
import type { TenantState } from "./state";

// Long enough for a first start on a slow machine (two RSA keys) in another process.
const LOCK_RETRIES = { retries: 400, factor: 1.2, minTimeout: 5, maxTimeout: 100, randomize: true };

// A lock this old was left by a process that was killed.
const STALE_LOCK_MILLISECONDS = 5_000;

/**
 * The tenant's state in `<home>/entra.json`: read and changed under a lock between processes, written atomically, and
 * made at the first use.
 */
export class TenantStore {
  readonly file: string;
  /** The folder of everything else that the tenant keeps: its certificates, its address. */
  readonly folder: string;
  /** The changes of this process in their order, so that they do not wait for one another at the lock. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(home: string) {
    this.file = path.resolve(home, "entra.json");
    this.folder = path.resolve(home, "entra");
  }

  /** Runs `work` while no other process and no other call changes anything of this tenant. */
  exclusively<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(
      () => this.#locked(work),
      () => this.#locked(work),
    );
    this.#last = result;
    return result;
  }

  /** The present state. @throws TenantStateDamaged */
  read(): Promise<TenantState> {
    return this.exclusively(() => this.#load());
  }

  /**
   * Replaces the state by what `change` makes of it, and answers `change`'s result. It is written only when it is
   * another object than before.
   * @throws TenantStateDamaged
   */
  update<T>(change: (state: TenantState) => { state: TenantState; result: T }): Promise<T> {
    return this.exclusively(async () => {
      const before = await this.#load();
      const { state, result } = change(before);
      if (state !== before) {
        await this.#save(state);
      }
      return result;
    });
  }

  /** Begins anew. A file that cannot be read is kept beside the new one, named `entra.json.damaged-<time>`. */
  reset(options: TenantOptions): Promise<void> {
    return this.exclusively(async () => {
      try {
        await this.#parsed();
      } catch (error) {
        if (!(error instanceof TenantStateDamaged)) {
          throw error;
        }
        await rename(this.file, `${this.file}.damaged-${Date.now()}`);
      }
      await this.#save(initialTenant(options));
    });
  }

  async #locked<T>(work: () => Promise<T>): Promise<T> {
    await mkdir(this.folder, { recursive: true });
    let lost: Error | undefined;
    const release = await lockfile.lock(this.file, {
      realpath: false,
      stale: STALE_LOCK_MILLISECONDS,
      retries: LOCK_RETRIES,
      // Without this, a process that was suspended for too long would die of an error that nobody can catch.
      onCompromised: (error) => {
        lost = error;
      },
    });
    try {
      return await work();
    } finally {
      if (lost === undefined) {
        await release();
      }
    }
  }

  async #load(): Promise<TenantState> {
    const present = await this.#parsed();
    if (present !== undefined) {
      return present;
    }
    const state = initialTenant();
    await this.#save(state);
    return state;
  }

  async #parsed(): Promise<TenantState | undefined> {
    let text: string;
    try {
      text = await readFile(this.file, "utf8");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") {
        return undefined;
      }
      throw new TenantStateDamaged(this.file, (error as Error).message);
    }
    return parseState(this.file, text);
  }

  async #save(state: TenantState): Promise<void> {
    await writeWhole(this.file, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
  }
}

const TENANT: Shape = {
  tenantId: "string",
  displayName: "string",
  domains: [{ name: "string" }],
  client: { clientId: "string", clientSecret: "string", objectId: "string" },
  servicePrincipals: [{ id: "string", appId: "string", keyCredentials: [{ keyId: "string", key: "string" }] }],
  formerKeyCredentials: {},
  faults: [{}],
};

function parseState(file: string, text: string): TenantState {
  let state: unknown;
  try {
    state = JSON.parse(text);
  } catch (error) {
    throw new TenantStateDamaged(file, (error as Error).message);
  }
  if (typeof state !== "object" || state === null || !("version" in state)) {
    throw new TenantStateDamaged(file, "it is not a tenant's state");
  }
  if (state.version !== 1) {
    throw new TenantStateDamaged(file, `its version is ${JSON.stringify(state.version)}, this sandbox reads version 1`);
  }
  const wrong = mismatch(state, TENANT);
  if (wrong !== undefined) throw new TenantStateDamaged(file, wrong);
  return state as TenantState;
}
