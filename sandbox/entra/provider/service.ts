import * as grpc from "@grpc/grpc-js";
import * as plugin from "@pulumi/pulumi/proto/plugin_pb";
import { type IResourceProviderServer, ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import type * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { AzureAdProvider } from "./provider";

type Unary = grpc.handleUnaryCall<unknown, unknown>;

/**
 * The provider as a gRPC service. Whatever it does not offer is answered as the real plugin answers what it does not
 * offer: UNIMPLEMENTED, with the method's name.
 */
export function azureAdService(provider: AzureAdProvider): grpc.UntypedServiceImplementation {
  const offered = {
    getPluginInfo: unary(async () => new plugin.PluginInfo().setVersion(provider.version)),
    checkConfig: unary((request: messages.CheckRequest) => provider.checkConfig(request)),
    diffConfig: unary((request: messages.DiffRequest) => provider.diffConfig(request)),
    configure: unary((request: messages.ConfigureRequest) => provider.configure(request)),
    invoke: unary((request: messages.InvokeRequest) => provider.invoke(request)),
    check: unary((request: messages.CheckRequest) => provider.check(request)),
    diff: unary((request: messages.DiffRequest) => provider.diff(request)),
    create: unary((request: messages.CreateRequest) => provider.create(request)),
    read: unary((request: messages.ReadRequest) => provider.read(request)),
    delete: unary((request: messages.DeleteRequest) => provider.delete(request)),
    cancel: unary(async () => new Empty()),
  } satisfies Partial<IResourceProviderServer>;
  const refused = Object.keys(ResourceProviderService).map((name) => [name, refuse(name)] as const);
  return { ...Object.fromEntries(refused), ...offered };
}

function unary<Request, Response>(
  answer: (request: Request) => Promise<Response>,
): grpc.handleUnaryCall<Request, Response> {
  return (call, callback) => {
    answer(call.request).then(
      (response) => callback(null, response),
      (error: Error) => callback({ code: grpc.status.UNKNOWN, details: error.message }),
    );
  };
}

function refuse(name: string): Unary {
  const method = name.replace(/^./, (letter) => letter.toUpperCase());
  return (_call, callback) => {
    callback({ code: grpc.status.UNIMPLEMENTED, details: `method ${method} not implemented` });
  };
}
