import util from "node:util";

/** Stack frames that are not the program's own, but for the brace behind the last of them, with which an error's properties begin. */
const FOREIGN_FRAMES = /\n +at [^\n]*(?:node:internal|node_modules.@pulumi)[^\n]*?(?= \{\n|\n|$)/g;

/** Who asked for a module that is missing: the frame below says it, and the rest is the SDK's own. */
const REQUIRE_STACK = /\nRequire stack:(?:\n- [^\n]*)*/;

/** Node shows the properties of such an error too, which are the require stack once more. */
const isMissingModule = (error: NodeJS.ErrnoException) => error.code === "MODULE_NOT_FOUND";

/**
 * Loaded into a program before the SDK, which prints what the program throws by util.inspect in colours. Node 20 then never
 * comes to an end of a stack frame such as node_modules/@pulumi/resource.ts (a scoped package without a further slash)
 * until its memory is full, minutes later. So: without colours, and without the frames that are not the program's.
 */
function inspectPlainly(inspect: typeof util.inspect): typeof util.inspect {
  const inspectValue = (value: unknown, options?: util.InspectOptions | boolean | null, ...rest: unknown[]): string => {
    const colourless = typeof options === "object" ? { ...options, colors: false } : options;
    const text: string = Reflect.apply(inspect, undefined, [value, colourless, ...rest]);
    if (!(value instanceof Error)) return text;
    return (isMissingModule(value) ? (value.stack ?? text).replace(REQUIRE_STACK, "") : text).replace(
      FOREIGN_FRAMES,
      "",
    );
  };
  return Object.assign(inspectValue, inspect);
}

Object.assign(util, { inspect: inspectPlainly(util.inspect) });
