import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import ts from "typescript";
import { Sources } from "../../../docs/reference/sources";
import { KINDS } from "../kinds";

const PROVIDER = path.resolve(__dirname, "../../../provider");
const BASE = path.join(PROVIDER, "resources/exchange-resource.ts");
const COMMON = path.join(PROVIDER, "resources/outputs.ts");
const COMPONENT = path.join(PROVIDER, "components/push-notification-proxying.ts");
const REFERENCE = path.join(PROVIDER, "components/push-notification-proxying-reference.ts");

/** Where the outputs of one class are named: whole paths. */
interface Places {
  name: string;
  /** Has the class and the list. */
  file: string;
  /** Has the interface of the state; undefined where there is none. */
  state?: string;
  /** An output that all of them name. */
  output: string;
}

const sources = new Sources();
const EVERY_KIND = KINDS.map((name): Places => {
  const folder = sources.pathOf(sources.classes().find((documented) => documented.name === name)?.folder ?? "");
  const file = path.join(folder, `${path.basename(folder)}.ts`);
  const [, output = ""] = readFileSync(file, "utf8").match(/\n {2}(\w+): undefined,\n\};/) ?? [];
  return { name, file, state: path.join(folder, "outputs.ts"), output };
});
/** What is edited at once: none of a group is held together by the types of another one of it. */
const GROUPS: Record<string, Places[]> = {
  "what every resource has": [{ name: "ExchangeResource", file: BASE, state: COMMON, output: "provenance" }],
  "every kind of resource": EVERY_KIND,
  "the component": [{ name: "PushNotificationProxying", file: COMPONENT, output: "hybrid" }],
  "the reference": [{ name: "PushNotificationProxyingReference", file: REFERENCE, output: "hybrid" }],
};

const LIST = /const (?:\w*OUTPUTS|outputs|CHECKS):[^=]*= \{\n/;
const STATE = /export interface \w+Outputs [^{]*\{\n/;
const ENTRY: Record<string, string> = { [COMPONENT]: "this.hybrid", [REFERENCE]: '"string"' };

/** One way to name an output in one place and to forget it in another; the text of the place becomes another. */
interface Row {
  title: string;
  place: "file" | "state";
  edit(text: string, places: Places): string;
}

const ROWS: Row[] = [
  {
    title: "in its class alone",
    place: "file",
    edit: (text) => text.replace(/\n +declare /, "\n declare readonly forgotten: pulumi.Output<string>;$&"),
  },
  {
    title: "in its list alone",
    place: "file",
    edit: (text, { file }) => text.replace(LIST, `$&forgotten: ${ENTRY[file] ?? "undefined"},`),
  },
  { title: "in its state alone", place: "state", edit: (text) => text.replace(STATE, "$&forgotten: string;") },
  {
    title: "everywhere but in its class",
    place: "file",
    edit: (text, { output }) => text.replace(new RegExp(`\\n +declare (public )?readonly ${output}: [^;]*;`), ""),
  },
  {
    title: "everywhere but in its list",
    place: "file",
    edit: (text, { output }) => text.replace(new RegExp(`\\n +${output}: (undefined|[\\w.]+|"string"),`), ""),
  },
  {
    title: "everywhere but in its state",
    place: "state",
    edit: (text, { output }) => text.replace(new RegExp(`(${STATE.source}[^}]*)\\n +${output}\\??: [^;]*;`), "$1"),
  },
  {
    title: "with another type than that of its state",
    place: "file",
    edit: (text, { output }) => text.replace(new RegExp(`(readonly ${output}): [^;]*;`), "$1: pulumi.Output<symbol>;"),
  },
  {
    title: "of which its class says any value",
    place: "file",
    edit: (text, { output }) => text.replace(new RegExp(`(readonly ${output}): [^;]*;`), "$1: pulumi.Output<any>;"),
  },
  {
    title: "that may be absent, in its class alone",
    place: "file",
    edit: (text) => text.replace(/\n +declare /, "\n declare readonly forgotten?: pulumi.Output<string>;$&"),
  },
  {
    title: "that by its class may be absent",
    place: "file",
    edit: (text, { output }) => text.replace(new RegExp(`(readonly ${output}): `), "$1?: "),
  },
];

const { composite: _, ...configured } = ts.parseJsonConfigFileContent(
  ts.readConfigFile(path.join(PROVIDER, "tsconfig.json"), ts.sys.readFile).config,
  ts.sys,
  PROVIDER,
).options;
// An import that is left over by an edit is nothing that holds the outputs together.
const OPTIONS: ts.CompilerOptions = { ...configured, noEmit: true, noUnusedLocals: false };
const parsed = new Map<string, ts.SourceFile | undefined>();

/** What the compiler says of some files, where others have another text than their own. */
function diagnosticsOf(files: string[], texts: Map<string, string>): Map<string, string> {
  const host = ts.createCompilerHost(OPTIONS);
  const original = host.getSourceFile;
  host.getSourceFile = (name, version) => {
    const text = texts.get(path.normalize(name));
    if (text !== undefined) return ts.createSourceFile(name, text, version);
    if (!parsed.has(name)) parsed.set(name, original(name, version));
    return parsed.get(name);
  };
  const program = ts.createProgram(files, OPTIONS, host);
  const told = files.map((file): [string, string] => {
    const diagnostics = program.getSemanticDiagnostics(program.getSourceFile(file));
    return [file, diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " ")).join("\n")];
  });
  return new Map(told);
}

describe("the compiler", () => {
  it("has nothing to say of the outputs as they are", () => {
    const files = Object.values(GROUPS).flatMap((group) => group.map(({ file }) => file));
    expect(files).to.have.length(KINDS.length + 3);
    expect([...diagnosticsOf(files, new Map()).values()].filter(Boolean)).to.deep.equal([]);
  });

  for (const { title, place, edit } of ROWS) {
    for (const [name, group] of Object.entries(GROUPS)) {
      if (!group.every((places) => places[place])) continue;
      it(`refuses an output ${title}: ${name}`, () => {
        const texts = group.map((places): [string, string] => {
          const text = readFileSync(places[place] as string, "utf8");
          const edited = edit(text, places);
          expect(edited, `${places.name} is edited`).to.not.equal(text);
          return [places[place] as string, edited];
        });
        const files = group.map(({ file }) => file);
        const told = diagnosticsOf(files, new Map(texts));
        expect(group.filter(({ file }) => !told.get(file)).map((places) => places.name)).to.deep.equal([]);
      });
    }
  }
});
