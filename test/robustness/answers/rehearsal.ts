import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Properties, Secret, type Value } from "pulumi-exchange-server/protocol";
import type { Properties as Asked } from "../../../provider/powershell/protocol";
import type { Result } from "../../../provider/powershell/session";
import { openOrganisation, resetOrganisation, type State } from "../../../sandbox/exchange";

/** One moment of an organisation, and what each call that was ever made in it gave. */
export interface Moment {
  /** The organisation's state file. */
  readonly text: string;
  readonly answers: Map<string, Promise<Answered>>;
}

/** What a call gave, and the organisation after it; the same moment where nothing was changed. */
export interface Answered {
  result: Result;
  after: Moment;
}

/** Exchange exports under one password, so that what one case was given fits what another one imports. */
const PASSWORD = new Secret("a password of the trial");

/**
 * The sandbox's Exchange, which makes each answer once: thousands of operations that begin at the same moment and ask
 * the same differ only in what they are told.
 */
export class Rehearsal {
  readonly home = mkdtempSync(path.join(tmpdir(), "robustness-answers-"));
  /** Answers that were made, and not only given again. */
  performed = 0;
  readonly #beginnings = new Map<string, Moment>();
  readonly #moments = new Map<string, Moment>();
  #last: Promise<unknown> = Promise.resolve();

  /** The organisation of a scenario, set up once. */
  async begin(scenario: string): Promise<Moment> {
    const known = this.#beginnings.get(scenario);
    if (known) return known;
    await resetOrganisation(this.home, scenario);
    const moment = this.#momentOf(this.#read());
    this.#beginnings.set(scenario, moment);
    return moment;
  }

  /** What no cmdlet does: time passes, a server is rebuilt. */
  edited(moment: Moment, change: (state: State) => void): Moment {
    const state = stateOf(moment);
    change(state);
    return this.#momentOf(JSON.stringify(state));
  }

  ask(moment: Moment, cmdlet: string, asked: Asked): Promise<Answered> {
    // The same classes: the sandbox speaks the built package's protocol, and its types are another copy.
    const parameters = asked as unknown as Properties;
    const key = `${cmdlet} ${JSON.stringify(comparable(parameters))}`;
    const known = moment.answers.get(key);
    if (known) return known;
    // One at a time: there is one folder.
    const answer = this.#last.then(() => this.#perform(moment, cmdlet, parameters));
    this.#last = answer.catch(() => undefined);
    moment.answers.set(key, answer);
    return answer;
  }

  remove(): void {
    rmSync(this.home, { recursive: true, force: true });
  }

  async #perform(moment: Moment, cmdlet: string, parameters: Properties): Promise<Answered> {
    this.performed += 1;
    writeFileSync(this.#file, moment.text);
    const organisation = await openOrganisation(this.home);
    const given = Object.entries(parameters).map(([name, value]) => [name, isSecret(value) ? PASSWORD : value]);
    const result = await organisation.invoke(cmdlet, Object.fromEntries(given));
    return { result: result as unknown as Result, after: this.#momentOf(this.#read()) };
  }

  get #file(): string {
    return path.join(this.home, "exchange.json");
  }

  #read(): string {
    return readFileSync(this.#file, "utf8");
  }

  #momentOf(text: string): Moment {
    const known = this.#moments.get(text);
    if (known) return known;
    const moment = { text, answers: new Map() };
    this.#moments.set(text, moment);
    return moment;
  }
}

export function stateOf({ text }: Moment): State {
  return JSON.parse(text) as State;
}

function isSecret(value: Value): value is Secret {
  return value instanceof Secret;
}

function comparable(value: Value): unknown {
  if (isSecret(value)) return "[secret]";
  if (value instanceof Uint8Array) return createHash("sha256").update(value).digest("hex");
  if (value === null || typeof value !== "object" || value instanceof Date) return value;
  if (Array.isArray(value)) return value.map(comparable);
  return Object.entries(value).map(([name, inner]) => [name, comparable(inner)]);
}
