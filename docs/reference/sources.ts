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
  /** The class or interface that declares it, such as `ExchangeResourceArgs`. */
  declaredBy: string;
}

/** What the docstrings of one class of the package say. */
export interface DocumentedClass {
  name: string;
  /** Its folder in the package, such as `resources/oauth-certificate`. */
  folder: string;
  /** The class that it extends, as it is written there; empty where there is none. */
  base: string;
  /** The classes of this package that its file imports. */
  uses: string[];
  text: string;
  example: string;
  arguments: Documented[];
  /** The text of `@throws` at its constructor; empty where there is none. */
  throws: string;
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

  /** All files of the package. */
  files(): ts.SourceFile[] {
    return this.#program.getSourceFiles().filter(({ fileName }) => path.normalize(fileName).startsWith(PROVIDER));
  }

  /** The whole path of a file of the package, such as `resources/lifecycle`, without its extension. */
  pathOf(file: string): string {
    return path.join(PROVIDER, file);
  }

  /** The classes that the package exports, in the order of its index. */
  classes(): DocumentedClass[] {
    return this.#exports().flatMap(({ name, file }) => {
      const declaration = this.#source(file)?.statements.find(
        (statement): statement is ts.ClassDeclaration =>
          ts.isClassDeclaration(statement) && statement.name?.text === name,
      );
      return declaration ? [this.#class(name, declaration)] : [];
    });
  }

  #source(file: string): ts.SourceFile | undefined {
    return this.#program.getSourceFile(`${file}.ts`);
  }

  /** What index.ts exports beyond types, each with its file. */
  #exports(): { name: string; file: string }[] {
    const statements = this.#source(this.pathOf("index"))?.statements ?? [];
    return [...statements].filter(ts.isExportDeclaration).flatMap(({ exportClause, moduleSpecifier, isTypeOnly }) => {
      if (isTypeOnly || !exportClause || !ts.isNamedExports(exportClause) || !moduleSpecifier) return [];
      const file = this.pathOf((moduleSpecifier as ts.StringLiteral).text);
      return exportClause.elements
        .filter((element) => !element.isTypeOnly)
        .map(({ name, propertyName }) => ({ name: (propertyName ?? name).text, file }));
    });
  }

  #class(name: string, declaration: ts.ClassDeclaration): DocumentedClass {
    const symbol = this.#checker.getSymbolAtLocation(declaration.name as ts.Identifier);
    if (!symbol) throw new Error(`${name} has no symbol`);
    const { comment, tags } = this.#docOf(symbol);
    const make = declaration.members.find(ts.isConstructorDeclaration);
    return {
      name,
      folder: path.relative(PROVIDER, path.dirname(declaration.getSourceFile().fileName)),
      base: declaration.heritageClauses?.[0]?.types[0]?.expression.getText() ?? "",
      uses: importsOf(declaration.getSourceFile()),
      text: comment,
      example: (tags.example ?? "").replace(/^```ts\n|\n```$/g, ""),
      arguments: make ? this.#argumentsOf(make) : [],
      throws: make ? throwsOf(make) : "",
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

  /** The properties of `args`; where there is none, the parameters beyond Pulumi's own `name` and `options`. */
  #argumentsOf({ parameters }: ts.ConstructorDeclaration): Documented[] {
    const args = parameters.find((parameter) => parameter.name.getText() === "args");
    const symbols = args
      ? this.#checker.getPropertiesOfType(this.#checker.getTypeAtLocation(args))
      : parameters
          .filter((parameter) => !["name", "options"].includes(parameter.name.getText()))
          .flatMap(({ name }) => this.#checker.getSymbolAtLocation(name) ?? []);
    return symbols.map((symbol) => this.#documented(symbol));
  }

  #outputsOf(declaration: ts.ClassDeclaration): Documented[] {
    const type = this.#checker.getTypeAtLocation(declaration);
    return this.#checker
      .getPropertiesOfType(type)
      .filter(({ declarations = [] }) => declarations.some((member) => isPublicProperty(member)))
      .map((property) => this.#documented(property));
  }

  #documented(symbol: ts.Symbol): Documented {
    const declaration = symbol.declarations?.[0] as ts.PropertySignature | ts.PropertyDeclaration | undefined;
    const { comment, tags } = this.#docOf(symbol);
    const required = (symbol.flags & ts.SymbolFlags.Optional) === 0;
    const type = plainType(declaration?.type?.getText() ?? "unknown");
    return {
      name: symbol.getName(),
      type: required ? type : type.replace(/ \| undefined$/, ""),
      required,
      text: comment,
      default: tags.default ?? "",
      declaredBy: (declaration?.parent as ts.NamedDeclaration | undefined)?.name?.getText() ?? "",
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

/** The names that a file imports from others of the package, types left out. */
function importsOf(file: ts.SourceFile): string[] {
  return [...file.statements].filter(ts.isImportDeclaration).flatMap(({ importClause, moduleSpecifier }) => {
    const bindings = importClause?.namedBindings;
    const isOurs = (moduleSpecifier as ts.StringLiteral).text.startsWith(".");
    if (!isOurs || !bindings || !ts.isNamedImports(bindings)) return [];
    return bindings.elements.filter((element) => !element.isTypeOnly).map(({ name }) => name.text);
  });
}

function throwsOf(make: ts.ConstructorDeclaration): string {
  const tag = ts.getJSDocTags(make).find(({ tagName }) => tagName.text === "throws");
  return ts.getTextOfJSDocComment(tag?.comment) ?? "";
}

function isPublicProperty(member: ts.Declaration): boolean {
  if (!ts.isPropertyDeclaration(member) && !ts.isGetAccessorDeclaration(member)) return false;
  const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected | ts.ModifierFlags.Static;
  return !ts.isPrivateIdentifier(member.name) && (ts.getCombinedModifierFlags(member) & hidden) === 0;
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
