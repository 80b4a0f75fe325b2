import path from "node:path";
import type ts from "typescript";
import type { Disk } from "./seen-files";

/** The package typescript that the SDK compiles a program with: the program's own, or that which comes with the SDK. */
export type Compiler = typeof ts;

/** A program whose types are to be checked. */
export interface TypedProgram {
  /** Its folder: errors name files as they are seen from here. */
  folder: string;
  /** The absolute path of tsconfig.json, which need not be there. */
  configuration: string;
  /** The files that were loaded without being imported by another, the first of them by the SDK. Absolute paths. */
  roots: readonly string[];
}

/** What a check of types came to. */
export interface TypeCheck {
  /** The errors in the compiler's words, a line or more for each: `index.ts(2,14): error TS2322: …`. Empty where there is none. */
  errors: string;
  /** The files of TypeScript that were checked: the roots and what they import, but for packages. Absolute paths. */
  files: string[];
}

/** What ts-node sets whatever a tsconfig.json says, and what it takes out (its source, 7.0.1). */
const SET_BY_TS_NODE = {
  sourceMap: true,
  inlineSourceMap: false,
  inlineSources: true,
  declaration: false,
  noEmit: false,
};
const TAKEN_OUT_BY_TS_NODE = [
  "out",
  "outFile",
  "composite",
  "declarationDir",
  "declarationMap",
  "emitDeclarationOnly",
] as const;
/** ts-node's own, that nobody writes into. */
const OUTPUT_FOLDER = "$$ts-node$$";

/** "File is not under rootDir": ts-node says nothing of it, since it writes no files. */
const NOT_UNDER_ROOT = 6059;

/**
 * Checks the types of a program as Pulumi's CLI has ts-node do it (source of the SDK's cmd/run), with the same options. It
 * differs in that it checks all that the program imports at once, before any of it runs, and not each file when it is loaded.
 */
export function checkTypes(compiler: Compiler, program: TypedProgram, disk: Disk): TypeCheck {
  const options = compilerOptions(compiler, program, disk);
  const getCurrentDirectory = () => program.folder;
  const host = Object.assign(compiler.createCompilerHost(options), disk, { getCurrentDirectory });
  const compiled = compiler.createProgram({ rootNames: program.roots, options, host });
  const files = compiled.getSourceFiles().filter(({ isDeclarationFile, fileName }) => {
    return !isDeclarationFile && !isOfPackage(fileName);
  });
  const diagnostics = [
    ...compiled.getOptionsDiagnostics(),
    ...compiled.getGlobalDiagnostics(),
    ...files.flatMap((file) => [...compiled.getSyntacticDiagnostics(file), ...compiled.getSemanticDiagnostics(file)]),
  ].filter(({ code }) => code !== NOT_UNDER_ROOT);
  return {
    errors: compiler.formatDiagnostics(compiler.sortAndDeduplicateDiagnostics(diagnostics), {
      getNewLine: () => "\n",
      getCurrentDirectory,
      getCanonicalFileName: (name) => name,
    }),
    files: files.map(({ fileName }) => path.resolve(fileName)),
  };
}

/** ts-node leaves these to Node. */
export const isOfPackage = (file: string): boolean => /[\\/]node_modules[\\/]/.test(file);

function compilerOptions(
  compiler: Compiler,
  { configuration: file, roots }: TypedProgram,
  disk: Disk,
): ts.CompilerOptions {
  const settings = disk.fileExists(file) ? (compiler.readConfigFile(file, disk.readFile).config ?? {}) : {};
  const isModern = compiler.ModuleKind.NodeNext !== undefined;
  const written = {
    ...settings,
    // What else lies in the folder is no part of the program.
    files: roots,
    include: [],
    compilerOptions: {
      target: "es2020",
      module: isModern ? "nodenext" : "commonjs",
      moduleResolution: isModern ? "nodenext" : "node",
      ...settings.compilerOptions,
      ...SET_BY_TS_NODE,
      outDir: OUTPUT_FOLDER,
    },
  };
  const host = { ...compiler.sys, ...disk };
  const { options } = compiler.parseJsonConfigFileContent(written, host, path.dirname(file), undefined, file);
  for (const name of TAKEN_OUT_BY_TS_NODE) delete options[name];
  return options;
}
