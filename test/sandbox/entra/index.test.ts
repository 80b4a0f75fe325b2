import { spawnSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { Agent, get } from "node:https";
import { connect as connectTcp } from "node:net";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { connect as connectTls, type TLSSocket } from "node:tls";
import { expect } from "chai";
import { readAddress, resetTenant, startTenant, type Tenant } from "../../../sandbox/entra/index";
import { ask, signIn } from "./client";
import { type Home, makeHome } from "./home";

const PRINCIPAL = "/v1.0/servicePrincipals/5d1e8f7a-0c1b-4a2d-9e3f-a1b2c3d4e5f6";

describe("a tenant that runs", () => {
  let home: Home;
  let tenant: Tenant;

  before(async () => {
    home = await makeHome();
    tenant = await startTenant({ home: home.path });
  });

  after(async () => {
    await tenant.close();
    await home.remove();
  });

  async function token(): Promise<string> {
    return ((await signIn(tenant)).body as { access_token: string }).access_token;
  }

  function address(): Promise<unknown> {
    return readFile(path.join(home.path, "entra/address.json"), "utf8").then((text) => JSON.parse(text) as unknown);
  }

  it("says where it is, to its caller, to plugins and in a file", async () => {
    expect(tenant.url).to.match(/^https:\/\/localhost:\d+$/);
    expect(tenant.certificateAuthority).to.equal(path.join(home.path, "entra/authority.pem"));
    expect(tenant.environment).to.deep.equal({
      ARM_METADATA_HOSTNAME: tenant.host,
      ARM_TENANT_ID: tenant.tenantId,
      ARM_CLIENT_ID: tenant.clientId,
      ARM_CLIENT_SECRET: tenant.clientSecret,
      SSL_CERT_FILE: tenant.certificateAuthority,
    });
    expect(`https://${tenant.host}`).to.equal(tenant.url);
    expect(await address()).to.deep.include({ url: tenant.url, certificateAuthority: tenant.certificateAuthority });
  });

  it("shows a certificate for localhost and for 127.0.0.1 that its authority has signed", async () => {
    for (const url of [tenant.url, tenant.url.replace("localhost", "127.0.0.1")]) {
      expect((await ask(tenant, "GET", `${url}/metadata/endpoints?api-version=2022-09-01`)).status).to.equal(200);
    }
    const authority = new X509Certificate(await readFile(tenant.certificateAuthority));
    expect(authority.ca).to.equal(true);
    expect(authority.verify(authority.publicKey)).to.equal(true);
  });

  it("gives the metadata of the access control service in both forms of its URL", async () => {
    const urls = [
      `${tenant.url}/metadata/json/1/?realm=contoso.example`,
      `${tenant.url}/metadata/json/1?realm=contoso.example`,
      `${tenant.url}/${tenant.tenantId}/metadata/json/1`,
      `${tenant.url}/contoso.example/metadata/json/1/`,
    ];
    for (const url of urls) {
      const { status, body } = await ask(tenant, "GET", url);
      expect(status, url).to.equal(200);
      expect((body as { realm: string }).realm).to.equal(tenant.tenantId);
    }
    expect((await ask(tenant, "GET", `${tenant.url}/metadata/json/1/?realm=other.example`)).status).to.equal(404);
  });

  it("gives a token with the claims that azuread reads, by the tenant's id or a domain", async () => {
    for (const name of [tenant.tenantId, "contoso.example"]) {
      const { status, body } = await signIn(tenant, {}, name);
      expect(status).to.equal(200);
      const { access_token: given, ...rest } = body as { access_token: string };
      expect(rest).to.deep.equal({ token_type: "Bearer", expires_in: 3599 });
      const claims = JSON.parse(Buffer.from(given.split(".")[1] ?? "", "base64url").toString("utf8"));
      expect(claims).to.include({
        aud: `${tenant.url}/`,
        appid: tenant.clientId,
        oid: "8d0c52c1-6a1f-4f0b-9b57-2f4f3c0e7a91",
        tid: tenant.tenantId,
      });
    }
  });

  const refusedSignIns: {
    what: string;
    differing: Record<string, string>;
    status: number;
    error: string;
    description: string;
  }[] = [
    {
      what: "a wrong secret",
      differing: { client_secret: "guess" },
      status: 401,
      error: "invalid_client",
      description: "AADSTS7000215: Invalid client secret provided.",
    },
    {
      what: "another application",
      differing: { client_id: "other" },
      status: 400,
      error: "unauthorized_client",
      description: "AADSTS700016: Application with identifier 'other' was not found in the directory 'Contoso'.",
    },
    {
      what: "another grant",
      differing: { grant_type: "password" },
      status: 400,
      error: "unsupported_grant_type",
      description: "AADSTS70003: The app requested an unsupported grant type.",
    },
  ];
  for (const { what, differing, status, error, description } of refusedSignIns) {
    it(`refuses ${what} at sign-in`, async () => {
      expect(await signIn(tenant, differing)).to.deep.equal({
        status,
        body: { error, error_description: description },
      });
    });
  }

  it("refuses to sign in to another tenant", async () => {
    expect(await signIn(tenant, {}, "other.example")).to.deep.equal({
      status: 400,
      body: { error: "invalid_request", error_description: "AADSTS90002: Tenant 'other.example' not found." },
    });
  });

  const refusedTokens: { what: string; headers: () => Promise<Record<string, string>>; message: string }[] = [
    { what: "no token", headers: async () => ({}), message: "Access token is empty." },
    {
      what: "a token that it did not sign",
      headers: async () => ({ authorization: `Bearer ${(await token()).replace(/\.[^.]+$/, ".AAAA")}` }),
      message: "Access token validation failure.",
    },
  ];
  for (const { what, headers, message } of refusedTokens) {
    it(`answers Graph calls with ${what} with 401`, async () => {
      expect(await ask(tenant, "GET", `${tenant.url}${PRINCIPAL}`, { headers: await headers() })).to.deep.equal({
        status: 401,
        body: { error: { code: "InvalidAuthenticationToken", message, innerError: {} } },
      });
    });
  }

  it("answers Graph calls with its token, and keeps what they change", async () => {
    const headers = { authorization: `Bearer ${await token()}` };
    const patched = await ask(tenant, "PATCH", `${tenant.url}${PRINCIPAL}`, { headers, body: '{"keyCredentials":[]}' });
    expect(patched).to.deep.equal({ status: 204, body: undefined });
    const { body } = await ask(tenant, "GET", `${tenant.url}${PRINCIPAL}`, { headers });
    expect((body as { keyCredentials: unknown[] }).keyCredentials).to.deep.equal([]);
    await resetTenant(home.path);
  });

  it("has nothing elsewhere", async () => {
    expect(await ask(tenant, "GET", `${tenant.url}/favicon.ico`)).to.deep.equal({
      status: 404,
      body: {
        error: {
          code: "NotFound",
          message: "The sandbox's tenant has nothing at GET /favicon.ico.",
          innerError: {},
        },
      },
    });
  });

  it("goes on when its state is damaged, and says so in each answer", async () => {
    const file = path.join(home.path, "entra.json");
    const sound = await readFile(file, "utf8");
    await writeFile(file, "[]");
    const { status, body } = await signIn(tenant);
    await writeFile(file, sound);
    expect(status).to.equal(500);
    expect((body as { error: { message: string } }).error.message).to.equal(
      `The sandbox's tenant in ${file} cannot be read: it is not an object. The file was not changed. ` +
        "Repair it, or run `npm run reset`, which renames it and starts over.",
    );
    expect((await signIn(tenant)).status).to.equal(200);
  });

  it("writes a line of its journal for each request, without tokens and secrets", async () => {
    const file = path.join(home.path, "entra.log");
    await writeFile(file, "");
    const given = await token();
    await ask(tenant, "GET", `${tenant.url}${PRINCIPAL}`, { headers: { authorization: `Bearer ${given}` } });
    const text = await readFile(file, "utf8");
    const entries = text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(entries.map(({ time: _time, milliseconds: _milliseconds, ...rest }) => rest)).to.deep.equal([
      { method: "POST", path: `/${tenant.tenantId}/oauth2/v2.0/token`, status: 200 },
      { method: "GET", path: PRINCIPAL, status: 200 },
    ]);
    expect(text).not.to.include(given);
    expect(text).not.to.include(tenant.clientSecret);
  });

  it("serves the same state as a second one on the same folder, and keeps that one's address when it ends", async () => {
    const first = await startTenant({ home: home.path });
    const second = await startTenant({ home: home.path });
    try {
      expect(await address()).to.deep.include({ url: second.url });
      const signedIn = (await signIn(first)).body as { access_token: string };
      const headers = { authorization: `Bearer ${signedIn.access_token}` };
      await ask(first, "PATCH", `${first.url}${PRINCIPAL}`, { headers, body: '{"keyCredentials":[]}' });
      const other = (await signIn(second)).body as { access_token: string };
      const read = await ask(second, "GET", `${second.url}${PRINCIPAL}`, {
        headers: { authorization: `Bearer ${other.access_token}` },
      });
      expect((read.body as { keyCredentials: unknown[] }).keyCredentials).to.deep.equal([]);
    } finally {
      await first.close();
      expect(await address()).to.deep.include({ url: second.url });
      await second.close();
    }
    expect(await address()).to.deep.include({ url: tenant.url });
  });

  it("closes no idle connection before it ends: the client's next request would fail", async () => {
    const agent = new Agent({ keepAlive: true, ca: await readFile(tenant.certificateAuthority) });
    const asked = get(`${tenant.url}/metadata/endpoints?api-version=2022-09-01`, { agent });
    const [answer] = (await once(asked, "response")) as [IncomingMessage];
    answer.resume();
    await once(answer, "end");
    agent.destroy();
    // By this header a server says after how many seconds it closes what is idle.
    expect(answer.headers).to.include({ connection: "keep-alive" }).and.not.have.property("keep-alive");
  });

  it("drops idle connections at once when it ends", async () => {
    const ending = await startTenant({ home: home.path });
    const socket = connectTls({
      host: "localhost",
      port: Number(new URL(ending.url).port),
      ca: await readFile(ending.certificateAuthority),
    });
    await new Promise((resolve) => socket.once("secureConnect", resolve));
    socket.write("GET /metadata/endpoints HTTP/1.1\r\nhost: localhost\r\n\r\n");
    await new Promise((resolve) => socket.once("data", resolve));
    const dropped = new Promise((resolve) => socket.once("close", resolve));
    socket.on("error", () => socket.destroy());
    const began = Date.now();
    await ending.close();
    await dropped;
    // Kept alive, it would have stayed for five seconds.
    expect(Date.now() - began).to.be.lessThan(2_000);
  });

  const RUDE: { title: string; behave(socket: TLSSocket, reset: () => void): Promise<unknown> }[] = [
    {
      title: "resets its connection while its request is read",
      behave: async (socket, reset) => {
        socket.write("PATCH /v1.0/servicePrincipals/x HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100\r\n\r\nhalf");
        await pause(100);
        reset();
        await pause(100);
      },
    },
    {
      title: "resets its connection without taking the answer",
      behave: async (socket, reset) => {
        socket.write("GET /metadata/endpoints HTTP/1.1\r\nhost: localhost\r\n\r\n");
        reset();
        await pause(100);
      },
    },
    {
      title: "never ends its request",
      behave: async (socket) => {
        socket.write("PATCH /v1.0/servicePrincipals/x HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100\r\n\r\nhalf");
        await pause(100);
      },
    },
    { title: "never begins one", behave: () => pause(50) },
  ];
  for (const { title, behave } of RUDE) {
    it(`ends although a client ${title}`, async () => {
      const ending = await startTenant({ home: home.path });
      const ca = await readFile(ending.certificateAuthority);
      const below = connectTcp({ host: "localhost", port: Number(new URL(ending.url).port) });
      const socket = connectTls({ socket: below, servername: "localhost", ca });
      socket.on("error", () => undefined);
      await once(socket, "secureConnect");
      await behave(socket, () => below.resetAndDestroy());
      const began = Date.now();
      await ending.close();
      expect(Date.now() - began).to.be.lessThan(4_000);
      socket.destroy();
    });
  }

  it("ends although a client never comes as far as TLS", async () => {
    const ending = await startTenant({ home: home.path });
    const socket = connectTcp({ host: "localhost", port: Number(new URL(ending.url).port) });
    socket.on("error", () => undefined);
    await once(socket, "connect");
    const began = Date.now();
    await ending.close();
    expect(Date.now() - began).to.be.lessThan(4_000);
    socket.destroy();
  });

  it("gives its address back to one that runs beside it, and passes over one that was killed", async () => {
    const other = await makeHome();
    const folder = path.join(other.path, "entra");
    const first = await startTenant({ home: other.path });
    const { pid } = spawnSync(process.execPath, ["-e", ""]);
    const second = await startTenant({ home: other.path });
    const kept = JSON.parse(await readFile(path.join(folder, "address.json"), "utf8"));
    const killed = { url: "https://localhost:1", certificateAuthority: first.certificateAuthority, processId: pid };
    await writeFile(path.join(folder, "address.json"), JSON.stringify({ ...kept, others: [killed, ...kept.others] }));
    expect(await readAddress(folder)).to.deep.include({ url: second.url });
    await second.close();
    expect(await readAddress(folder)).to.deep.include({ url: first.url });
    await first.close();
    expect(await readAddress(folder)).to.equal(undefined);
    await other.remove();
  });

  for (const text of ["", "{", "[]", "null", '{"url":1}', '{"url":"x","certificateAuthority":"y"}', '{"others":3}']) {
    it(`has no address where its file holds ${text || "nothing"}, and writes it anew`, async () => {
      const other = await makeHome();
      const folder = path.join(other.path, "entra");
      await mkdir(folder, { recursive: true });
      await writeFile(path.join(folder, "address.json"), text);
      expect(await readAddress(folder)).to.equal(undefined);
      const begun = await startTenant({ home: other.path });
      expect(await readAddress(folder)).to.deep.include({ url: begun.url });
      await begun.close();
      await other.remove();
    });
  }

  it("leaves nothing open where its address cannot be written", async () => {
    const other = await makeHome();
    await mkdir(path.join(other.path, "entra", "address.json"), { recursive: true });
    const listening = () => process.getActiveResourcesInfo().filter((name) => name === "TCPServerWrap").length;
    const before = listening();
    const error = await startTenant({ home: other.path }).catch((reason: Error) => reason);
    expect((error as Error).message).to.match(/address\.json cannot be written: EISDIR/);
    await pause(0);
    expect(listening()).to.equal(before);
    await other.remove();
  });

  it("makes its certificates once, and again where they are broken", async () => {
    const authority = await readFile(tenant.certificateAuthority, "utf8");
    await (await startTenant({ home: home.path })).close();
    expect(await readFile(tenant.certificateAuthority, "utf8")).to.equal(authority);
    const other = await makeHome();
    await (await startTenant({ home: other.path })).close();
    const key = path.join(other.path, "entra/server-key.pem");
    await writeFile(key, await readFile(path.join(home.path, "entra/server-key.pem")));
    const repaired = await startTenant({ home: other.path });
    expect((await ask(repaired, "GET", `${repaired.url}/metadata/endpoints`)).status).to.equal(200);
    await repaired.close();
    await other.remove();
  });
});
