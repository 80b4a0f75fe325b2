import path from "node:path";

const BUILT = path.join(path.dirname(require.resolve("pulumi-local-engine/package.json")), "dist", "preload");

/**
 * What Node loads into a child before the child's own script, by `--require` and the absolute path of the built file. The
 * package is asked for it by name because the sources may be running (a test by tsx), and a plain Node cannot load those.
 */
export const LEASH = path.join(BUILT, "leash.js");
/** As `LEASH`. */
export const PLAIN_ERRORS = path.join(BUILT, "plain-errors.js");
/** As `LEASH`. */
export const TYPE_CHECK = path.join(BUILT, "type-check.js");
