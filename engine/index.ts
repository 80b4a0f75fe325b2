// A small engine for Pulumi programs, for machines where Pulumi's own CLI cannot be had: for trying, teaching and testing.

export * from "./errors";
export type { EngineEvent, EventState, Severity, StepMetadata, StepOperation } from "./events";
export { withLoopbackFree } from "./loopback";
export { runOperation } from "./operation";
export { readStack, type StackContents } from "./outputs";
export { isDefaultProvider, nameOf, typeOf } from "./plan/urn";
export type { PluginCommand } from "./plugins/registry";
export { readProject } from "./state/configuration";
export { cancelLocks } from "./state/lock";
export type { ResourceState } from "./state/resource";
export { stackFilePath } from "./state/stack-file";
export { encryptedOnly, exportStack, showSecrets } from "./transfer/export";
export type { ExportedStack } from "./transfer/exported";
export { type ImportRequest, type ImportResult, importStack } from "./transfer/import";
export type { OperationRequest, OperationResult } from "./types";
export { isSecret, type PropertyValue, rebuild, UNKNOWN } from "./values/property";
