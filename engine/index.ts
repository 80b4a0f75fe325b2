// A small engine for Pulumi programs, for machines where Pulumi's own CLI cannot be had: for trying, teaching and testing.
// Its front door has what a command line needs, and no more.

// To run the commands up, preview, refresh and destroy:

export { withLoopbackFree } from "./loopback";
export { runOperation } from "./operation";
export type { PluginCommand } from "./plugins/registry";
export { readProject } from "./state/configuration";
export { cancelLocks } from "./state/lock";
export type { OperationRequest, OperationResult } from "./types";

// To read a stack, to export and to import it:

export { readStack } from "./outputs";
export type { ResourceState } from "./state/resource";
export { encryptedOnly, exportStack, showSecrets } from "./transfer/export";
export { importStack } from "./transfer/import";

// To display what is told, and the names and values in it:

export type { EngineEvent, EventState, Severity, StepMetadata, StepOperation } from "./events";
export { isDefaultProvider, nameOf, typeOf } from "./plan/urn";
export { isSecret, type PropertyValue, rebuild, UNKNOWN } from "./values/property";

// To explain what is thrown:

export { EngineError, LockError, NotSupportedError, StateError, WrongPassphrase } from "./errors";
