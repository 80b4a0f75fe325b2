import { createRequire } from "node:module";
import path from "node:path";
import { TypeGate } from "../program/type-gate";

/**
 * Loaded into a program before the SDK, whose ts-node then finds this beneath itself: checks the types of the program's
 * first file of TypeScript, with all that it imports, before it is loaded, and of those that are loaded by other ways.
 * ts-node is told to check nothing: it would take longer, file by file, and keeps what it has compiled by the text of a
 * file alone, so that it does not notice when the types change that the file uses.
 */
function putBeneath(gate: TypeGate): void {
  for (const extension of [".ts", ".tsx"]) {
    const load = require.extensions[extension] ?? require.extensions[".js"];
    require.extensions[extension] = (module, file) => {
      gate.enter(file);
      load?.(module, file);
    };
  }
}

/**
 * "The common source directory is './src', 'rootDir' must be set": TypeScript 6 says so of a file that it compiles alone
 * and that lies below tsconfig.json. Whether it is true of the program the check has found out.
 */
const NO_ROOT_FOLDER = "5011";

const { LOCAL_ENGINE_TYPE_STAMP: stamp, PULUMI_NODEJS_TSCONFIG_PATH: configuration = "tsconfig.json" } = process.env;
// What the program starts has this among its arguments, too, and is none of our business.
delete process.env.LOCAL_ENGINE_TYPE_STAMP;
if (stamp !== undefined) {
  process.env.TS_NODE_IGNORE_DIAGNOSTICS ??= NO_ROOT_FOLDER;
  // The compiler that the SDK uses; its script is what runs here.
  const loadCompiler = () => createRequire(process.argv[1] ?? "")("../../typescript-shim");
  const folder = process.cwd();
  putBeneath(new TypeGate({ folder, configuration: path.resolve(configuration), stamp, loadCompiler }));
}
