import { lookAt, type Seen, watched } from "./seen-files";
import { type Compiler, checkTypes, isOfPackage } from "./type-check";
import { readTypeStamp, type TypeStamp, writeTypeStamp } from "./type-stamp";

/** Named as ts-node's own, which the SDK shows without a stack. */
export class TSError extends Error {
  static {
    TSError.prototype.name = "TSError";
  }
}

export interface TypeGateOptions {
  /** The program's. */
  folder: string;
  /** The absolute path of tsconfig.json, which need not be there. */
  configuration: string;
  /** Where the last check that found no error is kept; empty to check always. */
  stamp: string;
  /** Called when there is something to check: to load a compiler takes longer than all else. */
  loadCompiler(): Compiler;
}

/** What each file of TypeScript passes before it is loaded: checks its types unless that was done and nothing has changed. */
export class TypeGate {
  readonly #options: TypeGateOptions;
  readonly #roots: string[] = [];
  #checked: ReadonlySet<string> | undefined;

  constructor(options: TypeGateOptions) {
    this.#options = options;
  }

  /** Throws a TSError where the types of the file, or of what it imports, are wrong. */
  enter(file: string): void {
    const { configuration, stamp } = this.#options;
    this.#checked ??= new Set(stamp ? readTypeStamp(stamp, configuration)?.checked : []);
    if (!this.#checked.has(file) && !isOfPackage(file)) this.#check(file);
  }

  #check(file: string): void {
    const { folder, configuration, stamp, loadCompiler } = this.#options;
    const compiler = loadCompiler();
    this.#roots.push(file);
    const seen: Seen = {};
    for (const part of [__filename, compiler.sys.getExecutingFilePath()]) seen[part] = lookAt(part);
    const program = { folder, configuration, roots: this.#roots };
    const { errors, files } = checkTypes(compiler, program, watched(compiler.sys, seen));
    if (errors) throw new TSError(`⨯ Unable to compile TypeScript:\n${errors}`);
    this.#checked = new Set(files);
    if (stamp) keep(stamp, { configuration, checked: files, seen });
  }
}

function keep(file: string, stamp: TypeStamp): void {
  try {
    writeTypeStamp(file, stamp);
  } catch (error) {
    console.error(
      `The program's types are correct. They will be checked again next time, because the result cannot be kept: ${(error as Error).message}`,
    );
  }
}
