/**
 * What Node loads into a child before the child's own script, by `--require` and the absolute path of the built file. The
 * package is asked for it by name because the sources may be running (a test by tsx), and a plain Node cannot load those.
 */
export const LEASH = require.resolve("exchange-sandbox/dist/engine/preload/leash.js");
/** As `LEASH`. */
export const PLAIN_ERRORS = require.resolve("exchange-sandbox/dist/engine/preload/plain-errors.js");
/** As `LEASH`. */
export const TYPE_CHECK = require.resolve("exchange-sandbox/dist/engine/preload/type-check.js");
