import { log, type Output, type Resource, runtime } from "@pulumi/pulumi";
import type { ReadResourceRequest, RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";

/** One resource as a program registered it. */
export interface Registration {
  type: string;
  name: string;
  /** The name of its parent; empty where the stack is its parent. */
  parent: string;
  /** The names of the resources that it waits for, sorted. */
  dependencies: string[];
  inputs: Record<string, unknown>;
  /** The inputs whose values are secret. */
  secrets: string[];
  /** The name of the explicit provider; empty where the stack's configuration is used. */
  provider: string;
}

/** One resource as a program looked it up. */
export interface Lookup {
  type: string;
  name: string;
  id: string;
  inputs: Record<string, unknown>;
}

/** What a mocked engine answers with. */
export interface MockedEngine {
  /** Outputs by type of resource; what is not here are the inputs alone. */
  outputs?: Record<string, Record<string, unknown>>;
  /** Results by token of function. */
  results?: Record<string, Record<string, unknown>>;
}

/**
 * Registers what programs declare from now on in Pulumi's mocked engine, and keeps what was asked of it: parents and
 * dependencies too, which its mocks do not show.
 */
export async function recordRegistrations(engine: MockedEngine) {
  const registrations: Registration[] = [];
  const lookups: Lookup[] = [];
  const calls: { token: string; inputs: unknown }[] = [];
  await runtime.setMocks(
    {
      newResource: ({ type, name, inputs, id }) => ({
        id: id || `${name}-id`,
        state: { ...inputs, ...engine.outputs?.[type] },
      }),
      call: ({ token, inputs }) => {
        calls.push({ token, inputs });
        return engine.results?.[token] ?? {};
      },
    },
    "project",
    "stack",
    false,
  );
  const monitor = runtime.getMonitor();
  if (!monitor) throw new Error("Pulumi's mocks have no monitor");
  const register = monitor.registerResource.bind(monitor) as (...args: unknown[]) => unknown;
  const read = monitor.readResource.bind(monitor) as (...args: unknown[]) => unknown;
  Object.assign(monitor, {
    registerResource(...args: unknown[]) {
      registrations.push(registrationOf(args[0] as RegisterResourceRequest));
      return register(...args);
    },
    readResource(...args: unknown[]) {
      lookups.push(lookupOf(args[0] as ReadResourceRequest));
      return read(...args);
    },
  });
  return { registrations, lookups, calls };
}

function registrationOf(request: RegisterResourceRequest): Registration {
  const values = (request.getObject()?.toJavaScript() ?? {}) as Record<string, unknown>;
  const isSecret = (value: unknown) => runtime.isRpcSecret(value);
  return {
    type: request.getType(),
    name: request.getName(),
    parent: nameIn(request.getParent()),
    dependencies: request.getDependenciesList().map(nameIn).sort(),
    inputs: Object.fromEntries(Object.entries(values).map(([key, value]) => [key, runtime.unwrapRpcSecret(value)])),
    secrets: Object.keys(values).filter((key) => isSecret(values[key])),
    // A provider's reference is its URN, two colons and its id.
    provider: request.getProvider().split("::").at(-2) ?? "",
  };
}

function lookupOf(request: ReadResourceRequest): Lookup {
  const inputs = (request.getProperties()?.toJavaScript() ?? {}) as Record<string, unknown>;
  return { type: request.getType(), name: request.getName(), id: request.getId(), inputs };
}

function nameIn(urn: string): string {
  return urn.split("::").at(-1) ?? "";
}

/** The value of an output, once everything that it depends on is registered. */
export function settled<T>(output: Output<T>): Promise<T> {
  return new Promise((resolve) => {
    output.apply(resolve as (value: unknown) => void);
  });
}

/** The warnings that resources log, each with the resource that logs it, while something runs. */
export async function warningsOf(work: () => Promise<unknown>): Promise<{ text: string; resource?: Resource }[]> {
  const warnings: { text: string; resource?: Resource }[] = [];
  const { warn } = log;
  Object.assign(log, {
    warn: async (text: string, resource?: Resource) => {
      warnings.push({ text, resource });
    },
  });
  try {
    await work();
  } finally {
    Object.assign(log, { warn });
  }
  return warnings;
}
