import type { ResourceState } from "../state/resource";

/** What has become of a registration: a resource, or (only when errors do not stop the operation) a failure. */
export type Outcome = { state: ResourceState } | { urn: string; skipped: boolean };
