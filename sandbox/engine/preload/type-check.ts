import { createRequire } from "node:module";
import path from "node:path";
import { lookAt, type Seen, watched } from "../program/seen-files";
import { type Compiler, checkTypes, isOfPackage } from "../program/type-check";
import { readTypeStamp, type TypeStamp, writeTypeStamp } from "../program/type-stamp";

/** Named as ts-node's own, which the SDK shows without a stack. */
class TSError extends Error {
  static {
    TSError.prototype.name = "TSError";
  }
}

/**
 * Loaded into a program before the SDK, whose ts-node then finds this beneath itself: when the first file of TypeScript is
 * loaded, checks the types of all that it imports, unless nothing has changed since that was last found to be right.
 * ts-node is told to check nothing: it would take longer, file by file, and keeps what it has compiled by the text of a
 * file alone, so that it does not notice when the types change that the file uses.
 */
class TypeGate {
  readonly #configuration = path.resolve(process.env.PULUMI_NODEJS_TSCONFIG_PATH ?? "tsconfig.json");
  readonly #stamp: string;
  #checked: ReadonlySet<string> | undefined;
  #roots: string[] = [];

  /** @param stamp where the last check is kept; empty to check always */
  constructor(stamp: string) {
    this.#stamp = stamp;
  }

  /** Throws a TSError where the types of the file, or of what it imports, are wrong. */
  enter(file: string): void {
    this.#checked ??= new Set(this.#stamp ? readTypeStamp(this.#stamp, this.#configuration)?.checked : []);
    if (!this.#checked.has(file) && !isOfPackage(file)) this.#check(file);
  }

  #check(file: string): void {
    // The compiler that the SDK has: beside process.argv[1], its own script.
    const compiler: Compiler = createRequire(process.argv[1] ?? "")("../../typescript-shim");
    this.#roots.push(file);
    const seen: Seen = {};
    for (const part of [__filename, compiler.sys.getExecutingFilePath()]) seen[part] = lookAt(part);
    const { errors, files } = checkTypes(compiler, this.#roots, this.#configuration, watched(compiler.sys, seen));
    if (errors) throw new TSError(`⨯ Unable to compile TypeScript:\n${errors}`);
    this.#checked = new Set(files);
    if (this.#stamp) this.#keep({ configuration: this.#configuration, checked: files, seen });
  }

  #keep(stamp: TypeStamp): void {
    try {
      writeTypeStamp(this.#stamp, stamp);
    } catch (error) {
      console.error(
        `The program's types are right and will be checked again the next time: ${(error as Error).message}`,
      );
    }
  }
}

const { SANDBOX_TYPE_STAMP: stamp } = process.env;
// A process that the program starts has this among its arguments, too, and is none of our business.
delete process.env.SANDBOX_TYPE_STAMP;
if (stamp !== undefined) {
  const gate = new TypeGate(stamp);
  for (const extension of [".ts", ".tsx"]) {
    const load = require.extensions[extension] ?? require.extensions[".js"];
    require.extensions[extension] = (module, file) => {
      gate.enter(file);
      load?.(module, file);
    };
  }
}
