import { readdirSync } from "node:fs";
import path from "node:path";
import ts from "typescript";

export const ROOT = path.resolve(__dirname, "../..");
const PROVIDER = path.join(ROOT, "provider");

/** One documented argument or output. */
export interface Documented {
  name: string;
  /** As a program writes it, without `pulumi.Input` around it. */
  type: string;
  required: boolean;
  /** Paragraphs of the docstring. */
  text: string;
  /** The text of `@default`; empty where there is none. */
  default: string;
}

/** What the docstrings of one class of the package say. */
export interface DocumentedClass {
  name: string;
  text: string;
  example: string;
  arguments: Documented[];
  outputs: Documented[];
  /** What `get` says of itself and of the id that it takes; undefined where the class has none. */
  lookup?: { text: string; id: string };
}

/** The package's sources, parsed and bound; nothing outside them is followed, so that it takes a second. */
export class Sources {
  readonly #program: ts.Program;
  readonly #checker: ts.TypeChecker;

  constructor() {
    const files = readdirSync(PROVIDER, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts") && !/^(dist|node_modules)/.test(file))
      .map((file) => path.join(PROVIDER, file));
    const options = { noResolve: true, strict: true, target: ts.ScriptTarget.ES2022, types: [] };
    this.#program = ts.createProgram(files, { ...options, moduleResolution: ts.ModuleResolutionKind.Node16 });
    this.#checker = this.#program.getTypeChecker();
  }

  /** The files of one folder of the package, such as `resources/oauth-certificate`. */
  filesIn(folder: string): ts.SourceFile[] {
    const directory = path.join(PROVIDER, folder);
    return this.#program.getSourceFiles().filter(({ fileName }) => path.dirname(fileName) === directory);
  }

  /** What a class and the interface of its arguments say of themselves. */
  describe(name: string, file: string): DocumentedClass {
    const source = this.#program.getSourceFile(path.join(PROVIDER, file));
    const declaration = source?.statements.find(
      (statement): statement is ts.ClassDeclaration =>
        ts.isClassDeclaration(statement) && statement.name?.text === name,
    );
    if (!declaration?.name) throw new Error(`${file} declares no class ${name}`);
    const symbol = this.#checker.getSymbolAtLocation(declaration.name);
    if (!symbol) throw new Error(`${name} has no symbol`);
    const { comment, tags } = this.#docOf(symbol);
    return {
      name,
      text: comment,
      example: (tags.example ?? "").replace(/^```ts\n|\n```$/g, ""),
      arguments: this.#argumentsOf(declaration),
      outputs: this.#outputsOf(declaration),
      lookup: this.#lookupOf(declaration),
    };
  }

  #lookupOf(declaration: ts.ClassDeclaration): DocumentedClass["lookup"] {
    const get = declaration.members.find((member) => ts.isMethodDeclaration(member) && member.name.getText() === "get");
    const symbol = get?.name && this.#checker.getSymbolAtLocation(get.name);
    if (!symbol) return undefined;
    const { comment, tags } = this.#docOf(symbol);
    return { text: comment, id: (tags.param ?? "").replace(/^id\s+/, "") };
  }

  #argumentsOf(declaration: ts.ClassDeclaration): Documented[] {
    const parameters = declaration.members.find(ts.isConstructorDeclaration)?.parameters ?? [];
    const args = parameters.find((parameter) => parameter.name.getText() === "args");
    if (!args) return [];
    const type = this.#checker.getTypeAtLocation(args);
    return this.#checker.getPropertiesOfType(type).map((property) => this.#documented(property));
  }

  #outputsOf(declaration: ts.ClassDeclaration): Documented[] {
    const type = this.#checker.getTypeAtLocation(declaration);
    return this.#checker
      .getPropertiesOfType(type)
      .filter(({ declarations = [] }) => declarations.some((member) => isPublicProperty(member)))
      .map((property) => this.#documented(property));
  }

  #documented(property: ts.Symbol): Documented {
    const declaration = property.declarations?.[0] as ts.PropertySignature | ts.PropertyDeclaration | undefined;
    const { comment, tags } = this.#docOf(property);
    const required = (property.flags & ts.SymbolFlags.Optional) === 0;
    const type = plainType(declaration?.type?.getText() ?? "unknown");
    return {
      name: property.getName(),
      type: required ? type : type.replace(/ \| undefined$/, ""),
      required,
      text: comment,
      default: tags.default ?? "",
    };
  }

  #docOf(symbol: ts.Symbol): { comment: string; tags: Record<string, string> } {
    const comment = ts.displayPartsToString(symbol.getDocumentationComment(this.#checker));
    const tags = symbol
      .getJsDocTags(this.#checker)
      .map((tag) => [tag.name, ts.displayPartsToString(tag.text).trim()] as const);
    return { comment: comment.trim(), tags: Object.fromEntries(tags) };
  }
}

function isPublicProperty(member: ts.Declaration): boolean {
  if (!ts.isPropertyDeclaration(member) || ts.isPrivateIdentifier(member.name)) return false;
  const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected | ts.ModifierFlags.Static;
  return (ts.getCombinedModifierFlags(member) & hidden) === 0;
}

/** `pulumi.Input<string>` and `pulumi.Output<string>` are both written as `string`. */
function plainType(type: string): string {
  let plain = type.replace(/\s+/g, " ");
  for (;;) {
    const inner = plain.replace(/pulumi\.(?:Input|Output)<((?:[^<>]|<[^<>]*>)*)>/g, "$1");
    if (inner === plain) return plain;
    plain = inner;
  }
}
