// node-forge costs a process a good part of its start, and most calls of a cmdlet need none of it: what is built on it
// is loaded here, by the first call that makes or takes apart a certificate.

/** Setting up an organisation. */
export function setupModule(): typeof import("./setup") {
  return require("./setup");
}

/** Making certificates. */
export function x509Module(): typeof import("./x509") {
  return require("./x509");
}

/** Certificates with their keys as files. */
export function pkcs12Module(): typeof import("../shared/x509/pkcs12") {
  return require("../shared/x509/pkcs12");
}
