import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Connection } from "../../provider/powershell/connection";
import { Secret } from "../../provider/powershell/protocol";
import { createSession } from "../../provider/powershell/session";
import { KNOWN_ERRORS } from "./answers/built-provider";
import { MISBEHAVIOURS, type Misbehaviour } from "./conversations/cases";
import { guardKills, MARK, refusedKills } from "./conversations/guard";
import { Figures } from "./figures";
import { Random } from "./random";
import { chosen, SEED } from "./size";

const FILE = "test/robustness/conversations.test.ts";
const FAR_END = path.join(__dirname, "conversations", "far-end.js");
const SHORT = 16;
const LONG = 120;

/** Signs that each of the encodings writes in another way. */
const PASSWORD = `Zum "Gast" & <Freund>'s \`100%\` $Geld/größer+`;
const LIMITS = { open: 1_500, grace: 500, close: 500 };
const LONGEST_MILLISECONDS = 30_000;
const LONGEST_TEXT = 8 * 1024;

describe("a far end that misbehaves", function () {
  this.timeout(600_000);
  const figures = new Figures("hostile conversations");
  after(() => {
    rmSync(folder, { recursive: true, force: true });
    figures.print();
  });

  let folder: string;
  let tried = 0;

  before(function () {
    folder = mkdtempSync(path.join(tmpdir(), "robustness-conversations-"));
    if (process.platform === "linux") return guardKills();
    console.log("\nSKIPPED: only Linux shows whose process one is, and without that a mistake would kill others'.\n");
    this.skip();
  });

  const cases = chosen(new Random(SEED, "conversations").shuffled(MISBEHAVIOURS), SHORT, LONG);
  for (const step of ["open", "connect", "invoke"]) {
    it(`ends with an answer or an error that is documented, and leaves nothing: at ${step}`, async () => {
      const since = figures.broken;
      for (const each of cases.filter((one) => one.step === step)) await tryOut(each);
      figures.requireNone(FILE, since);
    });
  }

  /** The program in the place of a PowerShell, whose arguments it does not look at. */
  function shellOf(command: string[]): Connection {
    const shell = path.join(folder, "shell");
    const words = command.map((word) => `'${word.replaceAll("'", "'\\''")}'`);
    writeFileSync(shell, `#!/bin/sh\nexec ${words.join(" ")}\n`, { mode: 0o700 });
    return { kind: "module", shell, opening: { module: "/exchange.psm1" } };
  }

  async function tryOut(each: Misbehaviour): Promise<void> {
    const broke = (rule: string, what: string) => figures.broke(rule, each.id, what);
    tried += 1;
    const mark = `${MARK}${tried}.`;
    const command = [process.execPath, FAR_END, JSON.stringify(each), mark];
    const session = createSession(
      each.way === "process" ? { kind: "process", command } : shellOf(command),
      { userName: "CONTOSO\\admin", password: new Secret(PASSWORD) },
      LIMITS,
    );
    const ended = await Promise.race([
      session.invoke("Set-It", {}, { timeoutSeconds: 1 }).then(
        (result) => ({ result }),
        (error: unknown) => ({ error }),
      ),
      wait(LONGEST_MILLISECONDS, "late" as const, { ref: false }),
    ]);
    const closed = await Promise.race([
      session.close().then(() => "closed"),
      wait(LONGEST_MILLISECONDS, "late" as const, { ref: false }),
    ]);
    if (ended === "late" || closed === "late") broke("every conversation ends", "not within its limits");
    if (ended !== "late") judge(ended, broke);
    figures.count(ended === "late" ? "no end" : "error" in ended ? nameOf(ended.error) : "answered");
    const left = await processesWith(mark);
    const refused = refusedKills();
    if (left.length > 0) broke("no process is left", left.join(", "));
    if (refused.length > 0)
      broke("only what was started is killed", `${refused.length} others: ${refused.slice(0, 5).join(", ")}`);
    for (const id of left) end(id);
  }
});

/** What has outlived its far end is nobody's child any more. */
function end(id: number): void {
  spawnSync("kill", ["-9", String(id)]);
}

function judge(ended: { result: unknown } | { error: unknown }, broke: (rule: string, what: string) => void): void {
  const text = "result" in ended ? JSON.stringify(ended.result) : textOf(ended.error);
  const shown = text.slice(0, 300);
  if ("error" in ended && !KNOWN_ERRORS.has(nameOf(ended.error)))
    broke("an error is of a class that is documented", shown);
  if ("error" in ended && Buffer.byteLength((ended.error as Error).message) > LONGEST_TEXT)
    broke("an error's message has a bound", `${Buffer.byteLength(text)} bytes`);
  for (const [encoding, form] of Object.entries(FORMS)) {
    // An answer is what was asked for, in JSON.
    const forms = [form, JSON.stringify(form).slice(1, -1)];
    if (forms.some((one) => text.includes(one))) broke("no secret comes back", `as ${encoding}`);
  }
}

/** The secret, or most of it, as far-end.js writes it. */
const FORMS: Record<string, string> = {
  plain: PASSWORD,
  "a half of it": PASSWORD.slice(9),
  xml: PASSWORD.replace(
    /[&<>"']/g,
    (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;" })[sign] ?? sign,
  ),
  url: encodeURIComponent(PASSWORD),
  form: new URLSearchParams({ secret: PASSWORD }).toString().slice("secret=".length),
  "single quotes": PASSWORD.replaceAll("'", "''"),
  backticks: PASSWORD.replace(/["`$]/g, "`$&"),
  hex: Buffer.from(PASSWORD).toString("hex"),
  "upper-case hex": Buffer.from(PASSWORD).toString("hex").toUpperCase(),
  base64: Buffer.from(PASSWORD).toString("base64"),
  "base64 of utf-16": Buffer.from(PASSWORD, "utf16le").toString("base64"),
};

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : `threw ${typeof error}`;
}

function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return [error.message, error.stack, error.cause instanceof Error ? error.cause.message : ""].join("\n");
}

/** The far ends and their children that still live, twenty seconds after the end at the most. */
async function processesWith(mark: string): Promise<number[]> {
  let left = find(mark);
  for (let tries = 0; left.length > 0 && tries < 200; tries++) {
    await wait(100);
    left = find(mark);
  }
  return left;
}

function find(mark: string): number[] {
  return readdirSync("/proc").flatMap((id) => {
    try {
      return /^\d+$/.test(id) && readFileSync(`/proc/${id}/cmdline`, "utf8").includes(mark) ? [Number(id)] : [];
    } catch {
      return [];
    }
  });
}
