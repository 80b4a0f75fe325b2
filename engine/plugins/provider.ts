import * as grpc from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import type { Message } from "google-protobuf";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { type PropertyMap, withoutReferences, withoutSecrets } from "../values/property";
import { fromStruct, toStruct } from "../values/struct";
import { checkFailures, checkResult, type Diff, diffResult, InitializationError, providerError } from "./answers";

/** Which resource a call is about. */
export interface Subject {
  urn: string;
  name: string;
  type: string;
}

export interface ReadResult {
  /** Empty where the object does not exist. */
  id: string;
  properties: PropertyMap;
  inputs: PropertyMap | undefined;
  /** Why the object is not well; empty if it is. */
  reasons: string[];
}

/** What a diff compares and an update carries out. */
export interface ChangedValues {
  oldInputs: PropertyMap;
  oldOutputs: PropertyMap;
  newInputs: PropertyMap;
  ignoreChanges: string[];
}

type Unary<Request, Response> = (
  request: Request,
  callback: (error: grpc.ServiceError | null, response: Response) => void,
) => grpc.ClientUnaryCall;

/** A provider plugin's calls, with property maps in place of messages. */
export class ProviderClient {
  readonly #client: ResourceProviderClient;
  #acceptsSecrets = false;
  #acceptsResources = false;
  /** Whether create and update may be called in a preview. */
  supportsPreview = false;

  constructor(address: string) {
    this.#client = new ResourceProviderClient(address, grpc.credentials.createInsecure(), {
      "grpc.max_receive_message_length": -1,
      "grpc.max_send_message_length": -1,
      // Plugins are on loopback, where no proxy is.
      "grpc.enable_http_proxy": 0,
    });
  }

  close(): void {
    this.#client.close();
  }

  async #call<Request extends Message, Response>(
    method: Unary<Request, Response>,
    request: Request,
  ): Promise<Response> {
    return new Promise((resolve, reject) => {
      method.call(this.#client, request, (error, response) =>
        error ? reject(providerError(error)) : resolve(response),
      );
    });
  }

  /** `call`, where the provider may say that it does not have the method. */
  async #callOptional<Request extends Message, Response>(
    method: Unary<Request, Response>,
    request: Request,
  ): Promise<Response | undefined> {
    return new Promise((resolve, reject) => {
      method.call(this.#client, request, (error, response) => {
        if (!error) resolve(response);
        else if (error.code === grpc.status.UNIMPLEMENTED) resolve(undefined);
        else reject(providerError(error));
      });
    });
  }

  #struct(map: PropertyMap) {
    const open = this.#acceptsSecrets ? map : withoutSecrets(map);
    return toStruct(this.#acceptsResources ? open : withoutReferences(open));
  }

  async handshake(rootDirectory: string): Promise<void> {
    const request = new messages.ProviderHandshakeRequest();
    request.setRootDirectory(rootDirectory);
    request.setProgramDirectory(rootDirectory);
    request.setConfigureWithUrn(true);
    request.setInvokeWithPreview(true);
    const response = await this.#callOptional(
      this.#client.handshake as Unary<typeof request, messages.ProviderHandshakeResponse>,
      request,
    );
    this.#acceptsSecrets = response?.getAcceptSecrets() ?? false;
    this.#acceptsResources = response?.getAcceptResources() ?? false;
  }

  /** The provider's own configuration, checked; a provider without CheckConfig takes everything as it is. */
  async checkConfig(subject: Subject, olds: PropertyMap, news: PropertyMap) {
    const request = new messages.CheckRequest();
    setSubject(request, subject);
    request.setOlds(this.#struct(olds));
    request.setNews(this.#struct(news));
    const response = await this.#callOptional(
      this.#client.checkConfig as Unary<typeof request, messages.CheckResponse>,
      request,
    );
    return response ? checkResult(response) : { inputs: news, failures: [] };
  }

  /** Undefined where the provider has no DiffConfig. */
  async diffConfig(subject: Subject, oldInputs: PropertyMap, olds: PropertyMap, news: PropertyMap) {
    const request = new messages.DiffRequest();
    setSubject(request, subject);
    request.setOldInputs(this.#struct(oldInputs));
    request.setOlds(this.#struct(olds));
    request.setNews(this.#struct(news));
    const response = await this.#callOptional(
      this.#client.diffConfig as Unary<typeof request, messages.DiffResponse>,
      request,
    );
    return response && diffResult(response);
  }

  async configure(subject: Subject, id: string, packageName: string, inputs: PropertyMap): Promise<void> {
    const request = new messages.ConfigureRequest();
    request.setUrn(subject.urn);
    request.setName(subject.name);
    request.setType(subject.type);
    request.setId(id);
    request.setArgs(toStruct(inputs));
    request.setAcceptsecrets(true);
    request.setAcceptresources(true);
    request.setSendsOldInputs(true);
    request.setSendsOldInputsToDelete(true);
    for (const [key, value] of Object.entries(withoutSecrets(inputs))) {
      // The engine's own key is no variable of the provider (recorded: engine/test/golden/azuread/2-up.json).
      if (key === "version") continue;
      request
        .getVariablesMap()
        .set(`${packageName}:config:${key}`, typeof value === "string" ? value : JSON.stringify(value));
    }
    const response = await this.#call(
      this.#client.configure as Unary<typeof request, messages.ConfigureResponse>,
      request,
    );
    this.#acceptsSecrets ||= response.getAcceptsecrets();
    this.#acceptsResources ||= response.getAcceptresources();
    this.supportsPreview = response.getSupportspreview();
  }

  async check(subject: Subject, olds: PropertyMap, news: PropertyMap) {
    const request = new messages.CheckRequest();
    setSubject(request, subject);
    request.setOlds(this.#struct(olds));
    request.setNews(this.#struct(news));
    return checkResult(await this.#call(this.#client.check as Unary<typeof request, messages.CheckResponse>, request));
  }

  async diff(subject: Subject, id: string, values: ChangedValues): Promise<Diff> {
    const request = new messages.DiffRequest();
    setSubject(request, subject);
    request.setId(id);
    this.#setValues(request, values);
    return diffResult(await this.#call(this.#client.diff as Unary<typeof request, messages.DiffResponse>, request));
  }

  /** Throws an InitializationError where the object was made but is not well. */
  async create(subject: Subject, inputs: PropertyMap, timeoutSeconds: number, isPreview: boolean) {
    const request = new messages.CreateRequest();
    setSubject(request, subject);
    request.setProperties(this.#struct(inputs));
    request.setTimeout(timeoutSeconds);
    request.setPreview(isPreview);
    const response = await this.#call(this.#client.create as Unary<typeof request, messages.CreateResponse>, request);
    return { id: response.getId(), properties: fromStruct(response.getProperties()) };
  }

  async read(subject: Subject, id: string, inputs: PropertyMap, properties: PropertyMap): Promise<ReadResult> {
    const request = new messages.ReadRequest();
    setSubject(request, subject);
    request.setId(id);
    request.setInputs(this.#struct(inputs));
    request.setProperties(this.#struct(properties));
    try {
      const response = await this.#call(this.#client.read as Unary<typeof request, messages.ReadResponse>, request);
      return {
        id: response.getId(),
        properties: fromStruct(response.getProperties()),
        inputs: response.hasInputs() ? fromStruct(response.getInputs()) : undefined,
        reasons: [],
      };
    } catch (error) {
      if (!(error instanceof InitializationError)) throw error;
      return { id: error.id, properties: error.properties, inputs: error.inputs, reasons: error.reasons };
    }
  }

  /** Throws an InitializationError where the object was changed but is not well. */
  async update(
    subject: Subject,
    id: string,
    values: ChangedValues,
    timeoutSeconds: number,
    isPreview: boolean,
  ): Promise<PropertyMap> {
    const request = new messages.UpdateRequest();
    setSubject(request, subject);
    request.setId(id);
    this.#setValues(request, values);
    request.setTimeout(timeoutSeconds);
    request.setPreview(isPreview);
    const response = await this.#call(this.#client.update as Unary<typeof request, messages.UpdateResponse>, request);
    return fromStruct(response.getProperties());
  }

  async delete(
    subject: Subject,
    id: string,
    inputs: PropertyMap,
    outputs: PropertyMap,
    timeoutSeconds: number,
  ): Promise<void> {
    const request = new messages.DeleteRequest();
    setSubject(request, subject);
    request.setId(id);
    request.setOldInputs(this.#struct(inputs));
    request.setProperties(this.#struct(outputs));
    request.setTimeout(timeoutSeconds);
    await this.#call(this.#client.delete as Unary<typeof request, Empty>, request);
  }

  async invoke(token: string, inputs: PropertyMap, isPreview: boolean) {
    const request = new messages.InvokeRequest();
    request.setTok(token);
    request.setArgs(this.#struct(inputs));
    request.setPreview(isPreview);
    const response = await this.#call(this.#client.invoke as Unary<typeof request, messages.InvokeResponse>, request);
    return { result: fromStruct(response.getReturn()), failures: checkFailures(response.getFailuresList()) };
  }

  #setValues(request: messages.DiffRequest | messages.UpdateRequest, values: ChangedValues): void {
    request.setOldInputs(this.#struct(values.oldInputs));
    request.setOlds(this.#struct(values.oldOutputs));
    request.setNews(this.#struct(values.newInputs));
    request.setIgnorechangesList(values.ignoreChanges);
  }

  /** Asks the provider to give up what it is doing; one that does not answer within a second is not waited for. */
  async cancel(): Promise<void> {
    const deadline = new Date(Date.now() + 1_000);
    await new Promise<void>((resolve) => {
      this.#client.cancel(new Empty(), new grpc.Metadata(), { deadline }, () => resolve());
    });
  }
}

function setSubject(
  request: { setUrn(urn: string): unknown; setName(name: string): unknown; setType(type: string): unknown },
  { urn, name, type }: Subject,
): void {
  request.setUrn(urn);
  request.setName(name);
  request.setType(type);
}
