import { promisify } from "node:util";
import * as grpc from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import type { LogRequest } from "@pulumi/pulumi/proto/engine_pb";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { EventEmitter, Severity } from "../events";

type Handler<Request, Response> = (request: Request) => Promise<Response>;

/** A unary method of a service, from a function of its request. */
export function unary<Request, Response>(handler: Handler<Request, Response>): grpc.handleUnaryCall<Request, Response> {
  return (call, callback) => {
    handler(call.request).then(
      (response) => callback(null, response),
      (error: Error) => callback({ code: grpc.status.UNKNOWN, details: error.message }),
    );
  };
}

const SEVERITIES: Severity[] = ["debug", "info", "warning", "error"];

/** The resource monitor and the engine's log, on a port of 127.0.0.1. */
export class EngineServer {
  private constructor(
    /** `127.0.0.1:<port>` */
    readonly address: string,
    private readonly server: grpc.Server,
  ) {}

  static async listen(monitor: grpc.UntypedServiceImplementation, events: EventEmitter): Promise<EngineServer> {
    const server = new grpc.Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
    server.addService(ResourceMonitorService, monitor);
    server.addService(EngineService, {
      log: unary<LogRequest, Empty>(async (request) => {
        const severity = SEVERITIES[request.getSeverity()] ?? "info";
        events.diagnose(severity, request.getMessage(), request.getUrn() || undefined, request.getEphemeral());
        return new Empty();
      }),
    });
    const bind = promisify(server.bindAsync.bind(server));
    const port = await bind("127.0.0.1:0", grpc.ServerCredentials.createInsecure());
    return new EngineServer(`127.0.0.1:${port}`, server);
  }

  stop(): void {
    this.server.forceShutdown();
  }
}
