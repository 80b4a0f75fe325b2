import { readFile, writeFile } from "node:fs/promises";
import path, { join } from "node:path";
import { expect } from "chai";
import ts from "typescript";
import { type UsersProject, usersProject } from "./packed";

const FIXTURE = join(__dirname, "packed", "program.ts");

/** What a user's tsconfig.json says, by the way that it looks packages up. */
const RESOLUTIONS: Record<string, ts.CompilerOptions> = {
  node10: {
    module: ts.ModuleKind.CommonJS,
    moduleResolution: ts.ModuleResolutionKind.Node10,
    ignoreDeprecations: "6.0",
    esModuleInterop: true,
  },
  node16: { module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16 },
  bundler: { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler },
};

describe("the package's types, packed and installed", () => {
  let user: UsersProject;

  before(async function () {
    this.timeout(300_000);
    user = await usersProject();
    for (const name of ["program.ts", "program.mts"]) {
      await writeFile(join(user.project, name), await readFile(FIXTURE, "utf8"));
    }
  });

  after(() => user.end());

  for (const [name, options] of Object.entries(RESOLUTIONS)) {
    it(`compile by ${name} resolution, as strictly as there is, with whatever may be undefined`, () => {
      expect(errorsOf(user, "program.ts", options)).to.deep.equal([]);
    });
  }

  it("compile in an ES module", () => {
    expect(errorsOf(user, "program.mts", RESOLUTIONS.node16 as ts.CompilerOptions)).to.deep.equal([]);
  });

  for (const entry of ["index", "provider", join("powershell", "protocol")]) {
    it(`can all be named that are in a signature of ${path.basename(entry)}`, () => {
      expect(unnameable(user, join(user.installed, "dist", `${entry}.d.ts`))).to.deep.equal([]);
    });
  }
});

/** What the compiler says of the program and of the package's declarations, and of nothing else's. */
function errorsOf({ project, installed }: UsersProject, file: string, options: ts.CompilerOptions): string[] {
  const strict: ts.CompilerOptions = {
    noEmit: true,
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    target: ts.ScriptTarget.ES2022,
    types: ["node"],
    typeRoots: [join(project, "node_modules", "@types")],
  };
  const program = ts.createProgram([join(project, file)], { ...strict, ...options });
  const declarations = program.getSourceFiles().filter(({ fileName }) => isIn(fileName, installed));
  expect(declarations.length).to.be.greaterThan(10);
  const diagnostics = [
    ...program.getOptionsDiagnostics(),
    ...[program.getSourceFile(join(project, file)), ...declarations].flatMap((source) => [
      ...program.getSyntacticDiagnostics(source),
      ...program.getSemanticDiagnostics(source),
    ]),
  ];
  return diagnostics.map(({ file, messageText }) => {
    const where = file ? path.relative(project, file.fileName) : "options";
    return `${where}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
  });
}

/** The package's types that an exported signature mentions, and that a program has no name for. */
function unnameable({ installed }: UsersProject, entry: string): string[] {
  const program = ts.createProgram([entry], { strict: true, types: [], module: ts.ModuleKind.Node16 });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(entry) as ts.SourceFile;
  const module = checker.getSymbolAtLocation(source) as ts.Symbol;
  const real = (symbol: ts.Symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol);
  const exported = new Set(checker.getExportsOfModule(module).map(real));
  const found = new Set<string>();
  const visit = (node: ts.Node): void => {
    const symbol = ts.isIdentifier(node) ? checker.getSymbolAtLocation(node) : undefined;
    const meant = symbol && real(symbol);
    const isType = meant && meant.flags & (ts.SymbolFlags.Type | ts.SymbolFlags.Alias);
    const declared = meant?.declarations?.[0];
    if (isType && declared && isIn(declared.getSourceFile().fileName, installed) && !isParameter(declared)) {
      if (!exported.has(meant)) found.add(meant.name);
    }
    ts.forEachChild(node, visit);
  };
  for (const symbol of exported) for (const declaration of symbol.declarations ?? []) visit(declaration);
  return [...found];
}

/** A type parameter has its name in the signature itself. */
function isParameter(declaration: ts.Declaration): boolean {
  return ts.isTypeParameterDeclaration(declaration);
}

function isIn(file: string, folder: string): boolean {
  return !path.relative(folder, path.normalize(file)).startsWith("..");
}
