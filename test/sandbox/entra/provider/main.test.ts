import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { expect } from "chai";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { addTenantFault, readTenant, startTenant } from "../../../../sandbox/entra/index";
import { makeCertificate } from "../certificate";
import { makeHome } from "../home";
import { call, configure, connect, create, PRINCIPAL_ID } from "./client";

const MAIN = path.join(__dirname, "../../../../sandbox/entra/provider/main.ts");

interface Started {
  child: ChildProcess;
  port: number;
  ended: Promise<[number | null, NodeJS.Signals | null]>;
}

async function start(environment: NodeJS.ProcessEnv = {}): Promise<Started> {
  const child = spawn(process.execPath, ["--require", require.resolve("tsx/cjs"), MAIN], {
    env: { ...process.env, ...environment },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = once(child, "exit") as Promise<[number | null, NodeJS.Signals | null]>;
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  const [line] = (await once(lines, "line")) as [string];
  return { child, port: Number(line), ended };
}

describe("the process of the sandbox's azuread provider", () => {
  it("prints its port first and serves there", async () => {
    const { child, port, ended } = await start();
    const client = connect(port);
    const information = await call(client, ResourceProviderService.getPluginInfo, new Empty());
    expect(information.getVersion()).to.equal("6.9.1");
    client.close();
    child.stdin?.end();
    await ended;
  });

  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    it(`ends at ${signal} though a client is still connected`, async function () {
      if (process.platform === "win32") this.skip();
      const { child, port, ended } = await start();
      const client = connect(port);
      await call(client, ResourceProviderService.getPluginInfo, new Empty());
      child.kill(signal);
      expect(await ended).to.deep.equal([0, null]);
      client.close();
    });
  }

  it("ends at the end of its standard input", async () => {
    const { child, ended } = await start();
    child.stdin?.end();
    expect(await ended).to.deep.equal([0, null]);
  });

  it("dies after its PATCH was answered when the tenant says so, and leaves the key behind", async () => {
    const home = await makeHome();
    const tenant = await startTenant({ home: home.path });
    const { port, ended } = await start(tenant.environment);
    const client = connect(port);
    try {
      await configure(client);
      await addTenantFault(home.path, { kind: "providerDiesAfterPatch" });
      const { pem, thumbprint } = await makeCertificate();
      const inputs = { servicePrincipalId: PRINCIPAL_ID, type: "AsymmetricX509Cert", value: pem };
      await create(client, inputs).then(
        () => expect.fail("the provider went on"),
        (error: unknown) => expect(error).to.include({ code: 14 }),
      );
      expect(await ended).to.deep.equal([null, "SIGKILL"]);
      const { servicePrincipals } = await readTenant(home.path);
      const [, , orphan] = servicePrincipals[0]?.keyCredentials ?? [];
      expect(orphan?.customKeyIdentifier).to.equal(thumbprint);
    } finally {
      client.close();
      await tenant.close();
      await home.remove();
    }
  });
});
