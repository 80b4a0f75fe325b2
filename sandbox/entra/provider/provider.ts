import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { CertificateLifecycle } from "./certificate-lifecycle";
import { checkCertificate, diffCertificate } from "./certificate-rules";
import { resolveConfiguration, SECRET_SETTINGS } from "./configuration";
import { getClientConfig } from "./get-client-config";
import { getDomains } from "./get-domains";
import { checkGetServicePrincipal, getServicePrincipal } from "./get-service-principal";
import { GraphClient } from "./graph-client";
import { readProperties, secret, writeProperties } from "./wire";

const GET_CLIENT_CONFIG = "azuread:index/getClientConfig:getClientConfig";
const GET_DOMAINS = "azuread:index/getDomains:getDomains";
const GET_SERVICE_PRINCIPAL = "azuread:index/getServicePrincipal:getServicePrincipal";
const CERTIFICATE = "azuread:index/servicePrincipalCertificate:ServicePrincipalCertificate";

interface Session {
  graph: GraphClient;
  certificates: CertificateLifecycle;
}

/**
 * The part of Pulumi's azuread provider that this project uses, for the engine: the same answers, RPC by RPC
 * (engine/test/golden/azuread), without its pauses. Messages go in and out as the protocol has them.
 */
export class AzureAdProvider {
  /** The version of the real plugin whose answers these are. */
  readonly version = "6.9.1";
  #session: Session | undefined;

  constructor(private readonly environment: NodeJS.ProcessEnv) {}

  async checkConfig(request: messages.CheckRequest): Promise<messages.CheckResponse> {
    const news = readProperties(request.getNews());
    const concealed = Object.entries(news).map(([name, value]) => [
      name,
      SECRET_SETTINGS.includes(name) ? secret(value) : value,
    ]);
    return new messages.CheckResponse().setInputs(writeProperties(Object.fromEntries(concealed)));
  }

  /** No changed setting replaces anything; what the real one answers for a changed one is a guess. */
  async diffConfig(request: messages.DiffRequest): Promise<messages.DiffResponse> {
    const olds = readProperties(request.getOlds());
    const news = readProperties(request.getNews());
    const names = new Set([...Object.keys(olds), ...Object.keys(news)]);
    const changed = [...names].filter((name) => olds[name] !== news[name]).sort();
    const response = new messages.DiffResponse();
    return changed.length === 0
      ? response
      : response.setChanges(messages.DiffResponse.DiffChanges.DIFF_SOME).setDiffsList(changed);
  }

  async configure(request: messages.ConfigureRequest): Promise<messages.ConfigureResponse> {
    const variables = request
      .getVariablesMap()
      .getEntryList()
      .map(([key, value]) => [key.replace(/^azuread:config:/, ""), value]);
    const given = { ...Object.fromEntries(variables), ...readProperties(request.getArgs()) };
    const graph = await GraphClient.connect(resolveConfiguration(given, this.environment));
    this.#session = { graph, certificates: new CertificateLifecycle(graph, request.getAcceptsecrets()) };
    return new messages.ConfigureResponse().setSupportspreview(true).setSupportsAutonamingConfiguration(true);
  }

  async invoke(request: messages.InvokeRequest): Promise<messages.InvokeResponse> {
    const { graph } = this.#configured();
    const token = request.getTok();
    const args = readProperties(request.getArgs());
    if (token === GET_CLIENT_CONFIG) {
      return new messages.InvokeResponse().setReturn(writeProperties(getClientConfig(graph.identity)));
    }
    if (token !== GET_SERVICE_PRINCIPAL && token !== GET_DOMAINS) {
      const known = `${GET_CLIENT_CONFIG}, ${GET_DOMAINS} and ${GET_SERVICE_PRINCIPAL}`;
      throw new Error(`The sandbox's azuread provider has no function ${token}; it has ${known}.`);
    }
    const ask = token === GET_DOMAINS ? getDomains : getServicePrincipal;
    const reasons = token === GET_DOMAINS ? [] : checkGetServicePrincipal(args);
    if (reasons.length > 0) {
      const failures = reasons.map((reason) => new messages.CheckFailure().setReason(reason));
      return new messages.InvokeResponse().setFailuresList(failures);
    }
    try {
      return new messages.InvokeResponse().setReturn(writeProperties(await ask(graph, args)));
    } catch (error) {
      throw new Error(`invoking ${token}: ${(error as Error).message}`, { cause: error });
    }
  }

  async check(request: messages.CheckRequest): Promise<messages.CheckResponse> {
    const name = certificateName(request.getUrn());
    const { inputs, failures } = checkCertificate(name, readProperties(request.getNews()));
    return new messages.CheckResponse()
      .setInputs(writeProperties(inputs))
      .setFailuresList(failures.map((reason) => new messages.CheckFailure().setReason(reason)));
  }

  async diff(request: messages.DiffRequest): Promise<messages.DiffResponse> {
    certificateName(request.getUrn());
    const news = readProperties(request.getNews());
    const olds = readProperties(request.getOlds());
    const ignored = request.getIgnorechangesList().map((property) => [property, olds[property]]);
    const { differences, stables } = diffCertificate(olds, { ...news, ...Object.fromEntries(ignored) });
    const { DIFF_NONE, DIFF_SOME } = messages.DiffResponse.DiffChanges;
    const response = new messages.DiffResponse()
      .setReplacesList([...differences.keys()])
      .setStablesList(stables)
      .setChanges(differences.size === 0 ? DIFF_NONE : DIFF_SOME)
      .setDiffsList([...differences.keys()])
      .setHasdetaileddiff(true);
    for (const [property, difference] of differences) {
      const kind = messages.PropertyDiff.Kind[difference];
      response.getDetaileddiffMap().set(property, new messages.PropertyDiff().setKind(kind));
    }
    return response;
  }

  async create(request: messages.CreateRequest): Promise<messages.CreateResponse> {
    const urn = request.getUrn();
    certificateName(urn);
    const { certificates } = this.#configured();
    const inputs = readProperties(request.getProperties());
    if (request.getPreview()) {
      return new messages.CreateResponse().setProperties(writeProperties(certificates.preview(inputs)));
    }
    const { id, properties } = await certificates.create(urn, inputs);
    return new messages.CreateResponse().setId(id).setProperties(writeProperties(properties));
  }

  async read(request: messages.ReadRequest): Promise<messages.ReadResponse> {
    const urn = request.getUrn();
    certificateName(urn);
    const state = readProperties(request.getProperties());
    const inputs = readProperties(request.getInputs());
    const read = await this.#configured().certificates.read(urn, request.getId(), state, inputs);
    return read === undefined
      ? new messages.ReadResponse()
      : new messages.ReadResponse()
          .setId(read.id)
          .setProperties(writeProperties(read.properties))
          .setInputs(writeProperties(read.inputs));
  }

  async delete(request: messages.DeleteRequest): Promise<Empty> {
    certificateName(request.getUrn());
    await this.#configured().certificates.delete(request.getUrn(), request.getId());
    return new Empty();
  }

  #configured(): Session {
    if (this.#session === undefined) {
      throw new Error("The sandbox's azuread provider was asked for something before it was configured.");
    }
    return this.#session;
  }
}

/** The resource's name within its URN. @throws Error where it is of a type that is not offered here. */
function certificateName(urn: string): string {
  const [, , types = "", name = ""] = urn.split("::");
  const type = types.split("$").at(-1);
  if (type !== CERTIFICATE) {
    throw new Error(`The sandbox's azuread provider has no resource ${type}; it has ${CERTIFICATE}.`);
  }
  return name;
}
