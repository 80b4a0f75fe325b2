import path from "node:path";
import ts from "typescript";
import { ALLOWLIST } from "../../provider/powershell/allowlist";
import type { Sources } from "./sources";

/** One top-level function or value of a file: the names it refers to, and the cmdlets it names. */
interface Declared {
  names: Set<string>;
  cmdlets: Set<string>;
}

interface Module {
  declared: Map<string, Declared>;
  /** Imported names, each with its file and its name there. */
  imported: Map<string, { file: string; name: string }>;
}

/** What every resource does, whatever its lifecycle. */
const HANDLER = { file: "resources/handler", name: "handlerOf" };
/** Names every cmdlet, and calls none. */
const LIST = "powershell/allowlist";

/**
 * The cmdlets that a resource may call: those named in whatever its lifecycle and the handler around it refer to,
 * directly or through others.
 * @param folder the resource's own, such as `resources/oauth-certificate`.
 */
export function cmdletsOf(sources: Sources, folder: string): string[] {
  const modules = new Map(sources.files().map((file) => [withoutExtension(file.fileName), moduleOf(file)]));
  modules.delete(sources.pathOf(LIST));
  const found = new Set<string>();
  const seen = new Set<string>();
  const visit = (file: string, name: string): void => {
    if (seen.has(`${file} ${name}`)) return;
    seen.add(`${file} ${name}`);
    const module = modules.get(file);
    const imported = module?.imported.get(name);
    if (imported) visit(imported.file, imported.name);
    const declared = module?.declared.get(name);
    for (const cmdlet of declared?.cmdlets ?? []) found.add(cmdlet);
    for (const other of declared?.names ?? []) visit(file, other);
  };
  for (const { file, name } of [HANDLER, { file: `${folder}/lifecycle`, name: "lifecycle" }]) {
    const whole = sources.pathOf(file);
    if (!modules.get(whole)?.declared.has(name)) throw new Error(`${file}.ts declares no ${name}`);
    visit(whole, name);
  }
  return Object.keys(ALLOWLIST).filter((cmdlet) => found.has(cmdlet));
}

function withoutExtension(fileName: string): string {
  return path.normalize(fileName).replace(/\.ts$/, "");
}

function moduleOf(file: ts.SourceFile): Module {
  const module: Module = { declared: new Map(), imported: new Map() };
  for (const statement of file.statements) {
    if (ts.isImportDeclaration(statement)) readImport(file, statement, module.imported);
    else if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) {
      if (statement.name) module.declared.set(statement.name.text, read(statement));
    } else if (ts.isVariableStatement(statement)) {
      for (const variable of statement.declarationList.declarations) {
        module.declared.set(variable.name.getText(), read(variable));
      }
    }
  }
  return module;
}

function readImport(file: ts.SourceFile, statement: ts.ImportDeclaration, imported: Module["imported"]): void {
  const from = (statement.moduleSpecifier as ts.StringLiteral).text;
  const bindings = statement.importClause?.namedBindings;
  if (!from.startsWith(".") || !bindings || !ts.isNamedImports(bindings)) return;
  const target = path.resolve(path.dirname(file.fileName), from);
  for (const { name, propertyName } of bindings.elements) {
    imported.set(name.text, { file: target, name: (propertyName ?? name).text });
  }
}

function read(declaration: ts.Node): Declared {
  const declared: Declared = { names: new Set(), cmdlets: new Set() };
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) declared.names.add(node.text);
    if (ts.isStringLiteral(node) && node.text in ALLOWLIST) declared.cmdlets.add(node.text);
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(declaration, visit);
  return declared;
}
