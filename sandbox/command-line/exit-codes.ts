// Pulumi's own (its documentation's page "Pulumi CLI Exit Codes"; a deployment that fails ends with 1, recorded with
// Pulumi CLI 3.248.0), so that a script need not know which of both it has run.

export const SUCCEEDED = 0;
export const FAILED = 1;
/** An argument or an option is wrong: nothing was done. */
export const WRONG_USAGE = 2;
/** An internal error of the sandbox. */
export const INTERNAL = 255;
