import * as grpc from "@grpc/grpc-js";
import { ResourceProviderClient, ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { AzureAdProvider } from "../../../../sandbox/entra/provider/provider";
import { azureAdService } from "../../../../sandbox/entra/provider/service";
import { type Properties, writeProperties } from "../../../../sandbox/entra/provider/wire";

/** A provider that runs in this process, and a client of it. */
export interface ServedProvider {
  client: ResourceProviderClient;
  close(): void;
}

export const CERTIFICATE_TYPE = "azuread:index/servicePrincipalCertificate:ServicePrincipalCertificate";
export const CERTIFICATE_URN = `urn:pulumi:dev::stack::${CERTIFICATE_TYPE}::auth`;
export const PRINCIPAL_ID = "/servicePrincipals/5d1e8f7a-0c1b-4a2d-9e3f-a1b2c3d4e5f6";

/** Serves a provider over gRPC, as its own process would. */
export async function serveProvider(environment: NodeJS.ProcessEnv): Promise<ServedProvider> {
  const server = new grpc.Server();
  server.addService(ResourceProviderService, azureAdService(new AzureAdProvider(environment)));
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) => {
      if (error === null) {
        resolve(bound);
      } else {
        reject(error);
      }
    });
  });
  const client = connect(port);
  return {
    client,
    close: () => {
      client.close();
      server.forceShutdown();
    },
  };
}

/** A client for a provider on a port of this machine. */
export function connect(port: number): ResourceProviderClient {
  return new ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
}

/** A unary call as a promise. */
export function call<Request, Response>(
  client: ResourceProviderClient,
  method: grpc.MethodDefinition<Request, Response>,
  request: Request,
): Promise<Response> {
  const { path, requestSerialize, responseDeserialize } = method;
  return new Promise((resolve, reject) => {
    client.makeUnaryRequest(path, requestSerialize, responseDeserialize, request, (error, response) => {
      if (error === null && response !== undefined) {
        resolve(response);
      } else {
        reject(error ?? new Error(`${path} answered nothing`));
      }
    });
  });
}

/** Configures the provider from its environment alone. */
export async function configure(client: ResourceProviderClient): Promise<void> {
  await call(client, ResourceProviderService.configure, new messages.ConfigureRequest().setAcceptsecrets(true));
}

/** Checks and creates a certificate credential, as the engine would. */
export async function create(
  client: ResourceProviderClient,
  inputs: Properties,
): Promise<{ id: string; properties: Properties; inputs: Properties }> {
  const checked = await call(
    client,
    ResourceProviderService.check,
    new messages.CheckRequest().setUrn(CERTIFICATE_URN).setNews(writeProperties(inputs)),
  );
  const created = await call(
    client,
    ResourceProviderService.create,
    new messages.CreateRequest().setUrn(CERTIFICATE_URN).setProperties(checked.getInputs()),
  );
  return {
    id: created.getId(),
    properties: created.getProperties()?.toJavaScript() as Properties,
    inputs: checked.getInputs()?.toJavaScript() as Properties,
  };
}

/** Deletes what {@link create} made. */
export async function remove(
  client: ResourceProviderClient,
  created: { id: string; properties: Properties },
): Promise<void> {
  await call(
    client,
    ResourceProviderService.delete,
    new messages.DeleteRequest()
      .setUrn(CERTIFICATE_URN)
      .setId(created.id)
      .setProperties(writeProperties(created.properties)),
  );
}
