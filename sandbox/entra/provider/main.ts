import { fstatSync } from "node:fs";
import * as grpc from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { AzureAdProvider } from "./provider";
import { azureAdService } from "./service";

// Pulumi's own limit.
const MAXIMUM_MESSAGE_BYTES = 400 * 1024 * 1024;

/**
 * The sandbox's azuread provider as a process: it prints its port on the first line of standard output and serves
 * Pulumi's provider protocol there, until SIGINT or SIGTERM (it finishes what it has begun, as the real one does) or the
 * end of standard input (whoever started it is gone, so nobody waits for an answer).
 */
function main(): void {
  const server = new grpc.Server({
    "grpc.max_receive_message_length": MAXIMUM_MESSAGE_BYTES,
    "grpc.max_send_message_length": MAXIMUM_MESSAGE_BYTES,
  });
  server.addService(ResourceProviderService, azureAdService(new AzureAdProvider(process.env)));
  server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
    if (error !== null) throw error;
    process.stdout.write(`${port}\n`);
  });
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => server.tryShutdown(() => process.exit(0)));
  }
  // A terminal or /dev/null says nothing about the parent's life: it may end at once, or never.
  const input = fstatSync(0);
  if (input.isFIFO() || input.isSocket()) process.stdin.on("end", () => process.exit(0)).resume();
}

main();
