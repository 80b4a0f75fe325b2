import { readFileSync } from "node:fs";
import path from "node:path";
import type { ServiceError } from "@grpc/grpc-js";
import { type ResourceProviderClient, ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { type Properties, secret, UNKNOWN, writeProperties } from "../../../../sandbox/entra/provider/wire";
import { call } from "./client";

/** One RPC as it was recorded. */
export interface Recorded {
  rpc: string;
  request: Record<string, unknown>;
  response: Record<string, unknown> | null;
  errors?: string[];
}

/** The fields of requests that are sent. */
interface RecordedRequest {
  urn?: string;
  id?: string;
  tok?: string;
  preview?: boolean;
  acceptSecrets?: boolean;
  variables?: Record<string, string>;
  args?: Properties;
  olds?: Properties;
  news?: Properties;
  oldInputs?: Properties;
  properties?: Properties;
  inputs?: Properties;
}

/** What a placeholder of the recordings stands for in this run, such as `<key 1>`. */
export type Placeholders = Map<string, string>;

const FOLDER = path.join(__dirname, "../../../../engine/test/golden/azuread");

/** The RPCs of one recording, in order. */
export function recording(name: string): Recorded[] {
  return JSON.parse(readFileSync(path.join(FOLDER, `${name}.json`), "utf8")) as Recorded[];
}

/** Sends a recorded request and gives the answer in the recording's form. */
export async function replay(
  client: ResourceProviderClient,
  { rpc, request }: Recorded,
  placeholders: Placeholders,
): Promise<{ response: Record<string, unknown> | null; errors?: string[] }> {
  const sent = fill(request, placeholders) as RecordedRequest;
  try {
    const response = await send(client, rpc, sent);
    return { response: unfill(response, placeholders) as Record<string, unknown> };
  } catch (error) {
    const { code, details } = error as ServiceError;
    return { response: null, errors: [`rpc error: code = ${code === 12 ? "Unimplemented" : code} desc = ${details}`] };
  }
}

async function send(
  client: ResourceProviderClient,
  rpc: string,
  request: RecordedRequest,
): Promise<Record<string, unknown>> {
  const struct = (name: keyof RecordedRequest) => writeProperties((request[name] ?? {}) as Properties);
  const urn = fullUrn(request.urn ?? "");
  switch (rpc) {
    case "Handshake":
      return (
        await call(client, ResourceProviderService.handshake, new messages.ProviderHandshakeRequest())
      ).toObject();
    case "GetPluginInfo":
      return { version: (await call(client, ResourceProviderService.getPluginInfo, new Empty())).getVersion() };
    case "CheckConfig": {
      const asked = new messages.CheckRequest().setUrn(urn).setOlds(struct("olds")).setNews(struct("news"));
      return checkResponse(await call(client, ResourceProviderService.checkConfig, asked));
    }
    case "DiffConfig": {
      const asked = new messages.DiffRequest().setUrn(urn).setOlds(struct("olds")).setNews(struct("news"));
      return diffResponse(await call(client, ResourceProviderService.diffConfig, asked));
    }
    case "Configure": {
      const asked = new messages.ConfigureRequest()
        .setArgs(struct("args"))
        .setAcceptsecrets(request.acceptSecrets ?? false);
      for (const [key, value] of Object.entries(request.variables ?? {})) {
        asked.getVariablesMap().set(key, value);
      }
      const answer = await call(client, ResourceProviderService.configure, asked);
      return present({
        acceptSecrets: answer.getAcceptsecrets(),
        supportsPreview: answer.getSupportspreview(),
        supportsAutonamingConfiguration: answer.getSupportsAutonamingConfiguration(),
      });
    }
    case "Invoke": {
      const asked = new messages.InvokeRequest().setTok(request.tok ?? "").setArgs(struct("args"));
      return { return: (await call(client, ResourceProviderService.invoke, asked)).getReturn()?.toJavaScript() };
    }
    case "Check": {
      const asked = new messages.CheckRequest().setUrn(urn).setOlds(struct("olds")).setNews(struct("news"));
      return checkResponse(await call(client, ResourceProviderService.check, asked));
    }
    case "Diff": {
      const asked = new messages.DiffRequest().setId(request.id ?? "").setUrn(urn);
      asked.setOlds(struct("olds")).setNews(struct("news")).setOldInputs(struct("oldInputs"));
      return diffResponse(await call(client, ResourceProviderService.diff, asked));
    }
    case "Create": {
      const asked = new messages.CreateRequest().setUrn(urn).setProperties(struct("properties"));
      const answer = await call(client, ResourceProviderService.create, asked.setPreview(request.preview ?? false));
      return present({ id: answer.getId(), properties: answer.getProperties()?.toJavaScript() });
    }
    case "Read": {
      const asked = new messages.ReadRequest().setId(request.id ?? "").setUrn(urn);
      asked.setProperties(struct("properties")).setInputs(struct("inputs"));
      const answer = await call(client, ResourceProviderService.read, asked);
      return present({
        id: answer.getId(),
        properties: answer.getProperties()?.toJavaScript(),
        inputs: answer.getInputs()?.toJavaScript(),
      });
    }
    case "Delete": {
      const asked = new messages.DeleteRequest()
        .setId(request.id ?? "")
        .setUrn(urn)
        .setProperties(struct("properties"));
      return (await call(client, ResourceProviderService.delete, asked)).toObject();
    }
    case "Cancel":
      return (await call(client, ResourceProviderService.cancel, new Empty())).toObject();
    default:
      throw new Error(`The recordings hold an RPC that is not replayed: ${rpc}`);
  }
}

function checkResponse(answer: messages.CheckResponse): Record<string, unknown> {
  return present({
    inputs: answer.getInputs()?.toJavaScript(),
    failures: answer.getFailuresList().map((failure) => failure.toObject()),
  });
}

function diffResponse(answer: messages.DiffResponse): Record<string, unknown> {
  const names = ["DIFF_UNKNOWN", "DIFF_NONE", "DIFF_SOME"];
  const kindOf = (wanted: number | undefined) =>
    Object.entries(messages.PropertyDiff.Kind).find(([, kind]) => kind === wanted)?.[0];
  return present({
    replaces: answer.getReplacesList(),
    stables: answer.getStablesList(),
    changes: answer.getChanges() === 0 ? "" : names[answer.getChanges()],
    diffs: answer.getDiffsList(),
    detailedDiff: Object.fromEntries(
      answer
        .getDetaileddiffMap()
        .toArray()
        .map(([property]) => [property, { kind: kindOf(answer.getDetaileddiffMap().get(property)?.getKind()) }]),
    ),
    hasDetailedDiff: answer.getHasdetaileddiff(),
  });
}

/** As JSON of a message: fields with their default value are left out. */
function present(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([, value]) =>
        value !== undefined &&
        value !== "" &&
        value !== false &&
        !(Array.isArray(value) && value.length === 0) &&
        !(typeof value === "object" && value !== null && Object.keys(value).length === 0),
    ),
  );
}

/** The recordings leave the stack and the project out of URNs. */
function fullUrn(urn: string): string {
  return urn.replace(/^urn:/, "urn:pulumi:dev::stack::");
}

function fill(value: unknown, placeholders: Placeholders): unknown {
  return mapTree(value, (leaf) => {
    if (leaf === "<unknown>") return UNKNOWN;
    let text = leaf;
    for (const [placeholder, actual] of placeholders) {
      text = text.replaceAll(placeholder, actual);
    }
    return text;
  });
}

function unfill(value: unknown, placeholders: Placeholders): unknown {
  return mapTree(value, (leaf) => {
    if (leaf === UNKNOWN) return "<unknown>";
    let text = leaf;
    for (const [placeholder, actual] of placeholders) {
      text = text.replaceAll(actual, placeholder);
    }
    return text;
  });
}

/** Maps every text, and translates secrets between the wire's form and the recordings'. */
function mapTree(value: unknown, leaf: (text: string) => string): unknown {
  if (typeof value === "string") return leaf(value);
  if (Array.isArray(value)) return value.map((item) => mapTree(item, leaf));
  if (typeof value !== "object" || value === null) return value;
  const tree = value as Properties;
  if ("$secret" in tree) return secret(mapTree(tree.$secret, leaf));
  const [signature] = Object.keys(secret(""));
  if (signature !== undefined && signature in tree) return { $secret: mapTree(tree.value, leaf) };
  return Object.fromEntries(Object.entries(tree).map(([name, item]) => [name, mapTree(item, leaf)]));
}
