import { chmodSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import type { Random } from "../random";

/** One way in which a file is not what was written. */
export interface FileDamage {
  name: string;
  /** Whether a command may well succeed: what is left can be read, and may mean the same. */
  mayBeHarmless: boolean;
  strike(file: string): void;
}

/** In place of a whole document. */
const DOCUMENTS: [string, string | Buffer][] = [
  ["empty", ""],
  ["spaces", " \n\t\n"],
  ["null", "null"],
  ["a number", "5"],
  ["a text", '"text"'],
  ["a list", "[]"],
  ["an empty object", "{}"],
  ["no JSON", "{ version: 3, "],
  ["nested", `${"[".repeat(50_000)}${"]".repeat(50_000)}`],
  ["no UTF-8", Buffer.from([0xff, 0xfe, 0x00, 0xd8, 0x80])],
  ["zeros", Buffer.alloc(4096)],
  ["of another program", '<?xml version="1.0"?>\n<html><body>Log in</body></html>\n'],
];

const VALUES: [string, unknown][] = [
  ["null", null],
  ["a number", 5],
  ["a text", "Wort"],
  ["a truth", true],
  ["a list", [1, null]],
  ["an object", { __proto__: null, toString: 7 }],
];

/** Parts of a stack's file that are wrong though each is JSON of the right form. */
const STACK: [string, (document: StackDocument) => void][] = [
  ["latest is a number", ({ checkpoint }) => Object.assign(checkpoint, { latest: 5 })],
  ["latest is a text", ({ checkpoint }) => Object.assign(checkpoint, { latest: "x" })],
  ["latest is a list", ({ checkpoint }) => Object.assign(checkpoint, { latest: [] })],
  ["resources is an object", ({ checkpoint }) => Object.assign(checkpoint.latest, { resources: {} })],
  ["resources is a text", ({ checkpoint }) => Object.assign(checkpoint.latest, { resources: "none" })],
  ["each resource twice", ({ checkpoint: { latest } }) => void latest.resources.push(...latest.resources)],
  ["children before parents", ({ checkpoint: { latest } }) => void latest.resources.reverse()],
  ["a resource is null", ({ checkpoint: { latest } }) => void latest.resources.push(null)],
  ["another version", (document) => void Object.assign(document, { version: 4 })],
  ["no checkpoint", (document) => void Object.assign(document, { checkpoint: null })],
];

interface StackDocument {
  version: number;
  checkpoint: { latest: { resources: unknown[] } };
}

/** Every damage of a file of one kind; those that are left to chance differ with each. */
export function damagesOf(kind: "stack" | "json" | "yaml", random: Random): FileDamage[] {
  const whole = DOCUMENTS.map(([name, text]) => ({
    name,
    mayBeHarmless: kind === "yaml",
    strike: (file: string) => writeFileSync(file, text),
  }));
  const cuts = Array.from({ length: 4 }, () => {
    const share = random.next();
    return {
      name: `cut at ${share.toFixed(3)}`,
      mayBeHarmless: kind === "yaml",
      strike: (file: string) => {
        const bytes = readFileSync(file);
        writeFileSync(file, bytes.subarray(0, Math.floor((bytes.length - 3) * share)));
      },
    };
  });
  const parts = Array.from({ length: kind === "yaml" ? 0 : 40 }, () => {
    const chance = random.next();
    const [name, value] = random.pick(VALUES);
    return {
      name: `${name} at ${chance.toFixed(6)}`,
      mayBeHarmless: true,
      strike: (file: string) => replacePart(file, chance, value),
    };
  });
  const known =
    kind !== "stack"
      ? []
      : STACK.map(([name, change]) => ({
          name,
          mayBeHarmless: false,
          strike: (file: string) => rewrite(file, (document) => change(document as StackDocument)),
        }));
  return [...known, ...whole, ...cuts, ...parts, ...PLACES];
}

/** What is no file, or none that can be read. */
const PLACES: FileDamage[] = [
  {
    name: "a folder",
    mayBeHarmless: false,
    strike: (file) => {
      rmSync(file, { recursive: true });
      mkdirSync(file);
    },
  },
  {
    name: "a link to itself",
    mayBeHarmless: false,
    strike: (file) => {
      rmSync(file, { recursive: true });
      symlinkSync(file, file);
    },
  },
  // Whoever may read everything reads it all the same.
  { name: "unreadable", mayBeHarmless: process.getuid?.() === 0, strike: (file) => chmodSync(file, 0) },
];

function rewrite(file: string, change: (document: unknown) => void): void {
  const document = JSON.parse(readFileSync(file, "utf8"));
  change(document);
  writeFileSync(file, JSON.stringify(document));
}

/** Some value of the document, by chance, is another. */
function replacePart(file: string, chance: number, value: unknown): void {
  rewrite(file, (document) => {
    const places: [Record<string, unknown>, string][] = [];
    const visit = (node: unknown) => {
      if (typeof node !== "object" || node === null) return;
      for (const name of Object.keys(node)) {
        places.push([node as Record<string, unknown>, name]);
        visit((node as Record<string, unknown>)[name]);
      }
    };
    visit(document);
    const [node, name] = places[Math.floor(chance * places.length)] ?? [];
    if (node && name !== undefined) node[name] = value;
  });
}
