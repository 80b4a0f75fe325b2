import { mkdir } from "node:fs/promises";
import path from "node:path";
import { firstProblem } from "../shared/schema";
import { type Locked, StateFile } from "../shared/state-file";
import { initialTenant, type TenantOptions } from "./initial";
import { TENANT_STATE, type TenantState } from "./state";

/** The tenant's state in `<home>/entra.json`, made at the first use. */
export class TenantStore {
  readonly #file: StateFile<TenantState>;
  /** The folder of everything else that the tenant keeps: its certificates, its address. */
  readonly folder: string;

  constructor(home: string) {
    this.folder = path.resolve(home, "entra");
    this.#file = new StateFile<TenantState>(path.resolve(home, "entra.json"), {
      subject: "tenant",
      version: 1,
      problem: (value) => firstProblem(value, TENANT_STATE),
    });
  }

  /** Runs `work` while no other process and no other call changes anything of this tenant. */
  exclusively<T>(work: (locked: Locked<TenantState>) => Promise<T>): Promise<T> {
    return this.#file.exclusively(async (locked) => {
      await mkdir(this.folder, { recursive: true });
      return work(locked);
    });
  }

  /** The present state. @throws DamagedState */
  read(): Promise<TenantState> {
    return this.exclusively((locked) => this.#load(locked));
  }

  /**
   * Replaces the state by what `change` makes of it, and answers `change`'s result. It is written only when it is
   * another object than before.
   * @throws DamagedState
   */
  update<T>(change: (state: TenantState) => { state: TenantState; result: T }): Promise<T> {
    return this.exclusively(async (locked) => {
      const before = await this.#load(locked);
      const { state, result } = change(before);
      if (state !== before) await locked.save(state);
      return result;
    });
  }

  /** Starts over. */
  reset(options: TenantOptions): Promise<void> {
    return this.exclusively(({ replace }) => replace(initialTenant(options)));
  }

  async #load({ save }: Locked<TenantState>): Promise<TenantState> {
    const present = await this.#file.read();
    if (present !== undefined) return present;
    const state = initialTenant();
    await save(state);
    return state;
  }
}
