import type { UntypedServiceImplementation } from "@grpc/grpc-js";
import type { InvokeResponse } from "@pulumi/pulumi/proto/provider_pb";
import { CheckFailure, InvokeResponse as InvokeResponseMessage } from "@pulumi/pulumi/proto/provider_pb";
import {
  type ReadResourceRequest,
  ReadResourceResponse,
  type RegisterResourceOutputsRequest,
  type RegisterResourceRequest,
  RegisterResourceResponse,
  type ResourceInvokeRequest,
  Result,
  type SupportsFeatureRequest,
  SupportsFeatureResponse,
} from "@pulumi/pulumi/proto/resource_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { NotSupportedError } from "../errors";
import type { EventEmitter } from "../events";
import { Stopped } from "../execution/executor";
import type { Registrar } from "../execution/registrar";
import { withoutOutputValues } from "../values/property";
import { fromStruct, toStruct } from "../values/struct";
import { parseRegistration } from "./registration";
import { unary } from "./server";

const OFFERED = ["secrets", "resourceReferences", "outputValues", "deletedWith", "aliasSpecs"];

/** Refused by name once it is used; otherwise the SDK would ask the user to update Pulumi's CLI, which is not here. */
const REFUSED = ["replaceWith", "transforms", "invokeTransforms", "resourceHooks", "errorHooks", "parameterization"];

/** What the SDK is told that there is. */
const FEATURES = [...OFFERED, ...REFUSED];

/** The resource monitor, through which a program declares its resources. */
export function resourceMonitor(ready: Promise<Registrar>, events: EventEmitter): UntypedServiceImplementation {
  /** What is refused or has failed is told to the user and never answered: the engine ends the program. */
  const answered = <Request, Response>(work: (registrar: Registrar, request: Request) => Promise<Response>) =>
    unary<Request, Response>(async (request) => {
      const registrar = await ready;
      try {
        return await work(registrar, request);
      } catch (error) {
        if (!(error instanceof Stopped)) events.diagnose("error", (error as Error).message);
        registrar.stop();
        return new Promise(() => undefined);
      }
    });
  const refused = (what: string) =>
    answered<unknown, never>(async () => {
      throw new NotSupportedError(what);
    });
  return {
    supportsFeature: unary<SupportsFeatureRequest, SupportsFeatureResponse>(async (request) => {
      const response = new SupportsFeatureResponse();
      response.setHassupport(FEATURES.includes(request.getId()));
      return response;
    }),
    registerResource: answered(register),
    registerResourceOutputs: answered(registerOutputs),
    readResource: answered(read),
    invoke: unary<ResourceInvokeRequest, InvokeResponse>(async (request) => invoke(await ready, request)),
    signalAndWaitForShutdown: answered<Empty, Empty>(async (registrar) => {
      await registrar.finish();
      return new Empty();
    }),
    call: refused("Calling a method of a resource"),
    registerStackTransform: refused("A stack transform"),
    registerStackInvokeTransform: refused("A stack invoke transform"),
    registerResourceHook: refused("A resource hook"),
    registerErrorHook: refused("An error hook"),
    registerPackage: refused("A parameterised package"),
  };
}

async function register(registrar: Registrar, request: RegisterResourceRequest): Promise<RegisterResourceResponse> {
  const response = new RegisterResourceResponse();
  const outcome = await registrar.register(parseRegistration(request));
  if ("skipped" in outcome) {
    if (!request.getSupportsresultreporting()) throw new Stopped();
    response.setUrn(outcome.urn);
    response.setResult(outcome.skipped ? Result.SKIP : Result.FAIL);
    return response;
  }
  const { state } = outcome;
  response.setUrn(state.urn);
  response.setId(state.id ?? "");
  response.setObject(toStruct(state.outputs ?? {}));
  return response;
}

async function registerOutputs(registrar: Registrar, request: RegisterResourceOutputsRequest): Promise<Empty> {
  await registrar.registerOutputs(request.getUrn(), withoutOutputValues(fromStruct(request.getOutputs())));
  return new Empty();
}

async function read(registrar: Registrar, request: ReadResourceRequest): Promise<ReadResourceResponse> {
  const state = await registrar.read({
    id: request.getId(),
    name: request.getName(),
    type: request.getType(),
    parent: request.getParent() || undefined,
    inputs: withoutOutputValues(fromStruct(request.getProperties())),
    dependencies: request.getDependenciesList(),
    provider: request.getProvider() || undefined,
    version: request.getVersion(),
    additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
  });
  const response = new ReadResourceResponse();
  response.setUrn(state.urn);
  response.setProperties(toStruct(state.outputs ?? {}));
  return response;
}

async function invoke(registrar: Registrar, request: ResourceInvokeRequest): Promise<InvokeResponse> {
  const { result, failures } = await registrar.invoke({
    token: request.getTok(),
    inputs: withoutOutputValues(fromStruct(request.getArgs())),
    provider: request.getProvider() || undefined,
    version: request.getVersion(),
  });
  const response = new InvokeResponseMessage();
  response.setReturn(toStruct(result));
  response.setFailuresList(
    failures.map(({ property, reason }) => {
      const failure = new CheckFailure();
      failure.setProperty(property);
      failure.setReason(reason);
      return failure;
    }),
  );
  return response;
}
