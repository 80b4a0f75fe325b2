// The processes that no engine can do without for the stack of this repository, started side by side, doing nothing and
// ended as soon as all are ready:
//
//   node idle.js HOME PROGRAM
//
// the tenant of the sandbox in HOME (in this process), the program in the folder PROGRAM in its host, the process of
// dynamic providers, and the azuread provider. JavaScript over the build, as the command is that it is compared with.
const path = require("node:path");
const { EventEmitter } = require("../../engine/dist/events");
const { PluginProcess } = require("../../engine/dist/plugins/plugin-process");
const { leashedNode } = require("../../engine/dist/plugins/process-group");
const { startProgram } = require("../../engine/dist/program/program");
const { EngineServer, unary } = require("../../engine/dist/program/server");
const { startTenant } = require("../../sandbox/dist/entra");
const { RegisterResourceResponse, SupportsFeatureResponse } = require("@pulumi/pulumi/proto/resource_pb");
const { Empty } = require("google-protobuf/google/protobuf/empty_pb");

const ROOT = path.join(__dirname, "..", "..");
const SDK = path.dirname(require.resolve("@pulumi/pulumi/package.json"));

/** Answers at once, and does nothing. */
function monitorOfNothing() {
  const nothing = unary(async () => new Empty());
  const registered = new RegisterResourceResponse();
  registered.setUrn("urn:pulumi:dev::idle::pulumi:pulumi:Stack::idle-dev");
  return {
    supportsFeature: unary(async () => new SupportsFeatureResponse()),
    registerResource: unary(async () => registered),
    registerResourceOutputs: nothing,
    signalAndWaitForShutdown: nothing,
  };
}

function startPlugin(name, list, environment) {
  const options = { arguments: list, workingDirectory: ROOT, environment, onLine: () => undefined };
  return new PluginProcess(name, process.execPath, options);
}

async function runAll(program, environment) {
  const server = await EngineServer.listen(monitorOfNothing(), new EventEmitter(() => undefined, false));
  const dynamic = path.join(SDK, "cmd", "dynamic-provider", "index.js");
  const plugins = [
    startPlugin("pulumi-nodejs", leashedNode(dynamic, "127.0.0.1:1"), environment),
    startPlugin("azuread", [path.join(ROOT, "sandbox", "dist", "entra", "provider", "main.js")], environment),
  ];
  const host = startProgram({
    project: { name: "idle", directory: program, main: "." },
    stack: "dev",
    sdkDirectory: SDK,
    configuration: { values: {}, secretKeys: [] },
    isPreview: false,
    parallel: 8,
    address: server.address,
    // What it measures against does not check types either: nothing has changed.
    typeStamp: "",
    environment: { ...environment, PULUMI_NODEJS_TRANSPILE_ONLY: "true" },
    onLine: () => undefined,
  });
  const [exitCode] = await Promise.all([host.ended, ...plugins.map((plugin) => plugin.address)]);
  await Promise.all(plugins.map(({ group }) => group.end()));
  server.stop();
  if (exitCode !== 0) throw new Error(`the idle program has ended with ${exitCode}`);
}

async function main([home, program]) {
  const tenant = await startTenant({ home });
  try {
    await runAll(program, { ...process.env, ...tenant.environment });
  } finally {
    await tenant.close();
  }
}

// A failure ends the process with its stack trace.
void main(process.argv.slice(2));
