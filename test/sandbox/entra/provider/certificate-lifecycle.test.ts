import { readFile } from "node:fs/promises";
import path from "node:path";
import { type ResourceProviderClient, ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { expect } from "chai";
import {
  addTenantFault,
  readTenant,
  resetTenant,
  startTenant,
  type Tenant,
  type TenantSummary,
} from "../../../../sandbox/entra/index";
import { type Properties, secret, writeProperties } from "../../../../sandbox/entra/provider/wire";
import { makeCertificate, type UploadedCertificate } from "../certificate";
import { type Home, makeHome } from "../home";
import {
  CERTIFICATE_URN,
  call,
  configure,
  create,
  PRINCIPAL_ID,
  remove,
  type ServedProvider,
  serveProvider,
} from "./client";

const DESCRIBED = 'Service Principal (Service Principal: "5d1e8f7a-0c1b-4a2d-9e3f-a1b2c3d4e5f6")';
const MESSAGE_OF_DENIAL =
  "unexpected status 403 (403 Forbidden) with error: Authorization_RequestDenied: " +
  "Insufficient privileges to complete the operation.";

type Key = TenantSummary["servicePrincipals"][number]["keyCredentials"][number];

describe("a certificate credential in the sandbox's tenant", () => {
  let home: Home;
  let tenant: Tenant;
  let provider: ServedProvider;
  let client: ResourceProviderClient;
  let certificate: UploadedCertificate;
  let successor: UploadedCertificate;

  before(async () => {
    home = await makeHome();
    tenant = await startTenant({ home: home.path });
    [certificate, successor] = await Promise.all([makeCertificate(), makeCertificate()]);
  });

  after(async () => {
    await tenant.close();
    await home.remove();
  });

  beforeEach(async () => {
    await resetTenant(home.path);
    provider = await serveProvider(tenant.environment);
    client = provider.client;
    await configure(client);
  });

  afterEach(() => provider.close());

  function inputs(of: UploadedCertificate = certificate): Properties {
    return { servicePrincipalId: PRINCIPAL_ID, type: "AsymmetricX509Cert", value: of.pem };
  }

  /** The key credentials beyond the two that were there before. */
  async function added(): Promise<Key[]> {
    const { servicePrincipals } = await readTenant(home.path);
    return servicePrincipals[0]?.keyCredentials.slice(2) ?? [];
  }

  async function failure(attempt: Promise<unknown>): Promise<string> {
    return attempt.then(
      () => expect.fail("it succeeded"),
      (error: { details: string }) => error.details,
    );
  }

  async function read(id: string, state: Properties, old: Properties): Promise<messages.ReadResponse> {
    const request = new messages.ReadRequest().setUrn(CERTIFICATE_URN).setId(id);
    request.setProperties(writeProperties(state)).setInputs(writeProperties(old));
    return call(client, ResourceProviderService.read, request);
  }

  it("is added beside the others, with the certificate's own dates where the program gives none", async () => {
    const created = await create(client, inputs());
    const [key] = await added();
    expect(key).to.deep.equal({
      customKeyIdentifier: certificate.thumbprint,
      displayName: null,
      startDateTime: certificate.notBefore,
      endDateTime: certificate.notAfter,
      keyId: key?.keyId,
      type: "AsymmetricX509Cert",
      usage: "Verify",
    });
    expect(created.id).to.equal(`5d1e8f7a-0c1b-4a2d-9e3f-a1b2c3d4e5f6/certificate/${key?.keyId}`);
    expect(created.properties).to.deep.include({
      encoding: "pem",
      startDate: certificate.notBefore,
      endDate: certificate.notAfter,
      endDateRelative: null,
      keyId: key?.keyId,
      value: secret(certificate.pem),
    });
  });

  it("keeps its default encoding among the defaults in a refresh", async () => {
    const created = await create(client, inputs());
    const answer = await read(created.id, created.properties, created.inputs);
    expect(answer.getProperties()?.toJavaScript()).to.deep.equal(created.properties);
    expect(answer.getInputs()?.toJavaScript()).to.deep.equal(created.inputs);
  });

  for (const encoding of ["base64", "hex"] as const) {
    it(`sends the same bytes for ${encoding} as for pem`, async () => {
      const value = Buffer.from(certificate.der, "base64").toString(encoding);
      await create(client, { ...inputs(), encoding, value });
      expect((await added()).map(({ customKeyIdentifier }) => customKeyIdentifier)).to.deep.equal([
        certificate.thumbprint,
      ]);
    });
  }

  it("asks Graph in the real provider's order: one read, the PATCH, five reads, one read", async () => {
    const log = path.join(home.path, "entra.log");
    const before = (await readFile(log, "utf8")).length;
    const created = await create(client, inputs());
    const between = (await readFile(log, "utf8")).length;
    await remove(client, created);
    const text = await readFile(log, "utf8");
    const methods = (lines: string) => [...lines.matchAll(/"method":"(\w+)"/g)].map(([, method]) => method).join(" ");
    expect(methods(text.slice(before, between))).to.equal("GET PATCH GET GET GET GET GET GET");
    expect(methods(text.slice(between))).to.equal("GET PATCH GET GET GET GET GET");
  });

  it("is not added twice under one key id", async () => {
    const keyId = "9f3b7c1e-2a45-4d68-8b0f-1c2d3e4f5a6b";
    await create(client, { ...inputs(), keyId });
    expect(await failure(create(client, { ...inputs(successor), keyId }))).to.equal(
      `1 error occurred:\n\t* A resource with the ID "5d1e8f7a-0c1b-4a2d-9e3f-a1b2c3d4e5f6/certificate/${keyId}" already ` +
        "exists: To be managed via Terraform, this resource needs to be imported into the State. Please see the " +
        'resource documentation for "azuread_service_principal_certificate" for more information.\n\n',
    );
  });

  it("is refused where the certificate ends before the date that was given", async () => {
    expect(await failure(create(client, { ...inputs(), endDate: "2031-06-01T00:00:00Z" }))).to.equal(
      `1 error occurred:\n\t* Adding certificate for ${DESCRIBED}: unexpected status 400 (400 Bad Request) with error: ` +
        "KeyCredentialsInvalidEndDate: Key credential end date is invalid.\n\n",
    );
    expect(await added()).to.deep.equal([]);
  });

  it("is refused where the application may not change the principal", async () => {
    await addTenantFault(home.path, { kind: "denied" });
    expect(await failure(create(client, inputs()))).to.equal(
      `1 error occurred:\n\t* Adding certificate for ${DESCRIBED}: ${MESSAGE_OF_DENIAL}\n\n`,
    );
  });

  it("fails for a principal that the tenant does not have", async () => {
    await resetTenant(home.path, { exchangeOnline: false });
    expect(await failure(create(client, inputs()))).to.equal(`1 error occurred:\n\t* ${DESCRIBED} was not found\n\n`);
  });

  it("is tried again while the tenant throttles, ten times in all", async () => {
    await addTenantFault(home.path, { kind: "throttled", times: 9, retryAfterSeconds: 30 });
    await create(client, inputs());
    expect(await added()).to.have.length(1);
    await addTenantFault(home.path, { kind: "throttled", times: 10, after: 1 });
    expect(await failure(create(client, inputs(successor)))).to.equal(
      `1 error occurred:\n\t* Adding certificate for ${DESCRIBED}: unexpected status 429 (429 Too Many Requests) with ` +
        "error: TooManyRequests: Too many requests.\n\n",
    );
  });

  it("waits through stale reads", async () => {
    await addTenantFault(home.path, { kind: "staleRead", times: 3, after: 2 });
    await create(client, inputs());
    expect(await added()).to.have.length(1);
  });

  it("gives up on reads that stay stale for five minutes, and leaves the key", async () => {
    await addTenantFault(home.path, { kind: "staleRead", times: 100, after: 1 });
    expect(await failure(create(client, inputs()))).to.equal(
      `1 error occurred:\n\t* Waiting for certificate credential for ${DESCRIBED}: timeout while waiting for state to ` +
        "become 'Done' (last state: 'Waiting', timeout: 5m0s)\n\n",
    );
    expect(await added()).to.have.length(1);
  });

  it("stays behind, unknown to the state, when it is not found while it is awaited", async () => {
    await addTenantFault(home.path, { kind: "notFound", after: 3 });
    expect(await failure(create(client, inputs()))).to.equal(
      `1 error occurred:\n\t* Waiting for certificate credential for ${DESCRIBED}: retrieving resource: unexpected ` +
        "status 404 (404 Not Found) with error: Request_ResourceNotFound: Resource " +
        "'5d1e8f7a-0c1b-4a2d-9e3f-a1b2c3d4e5f6' does not exist or one of its queried reference-property objects are " +
        "not present.\n\n",
    );
    expect(await added()).to.have.length(1);
  });

  it("stays behind, unknown to the state, when the last read is stale", async () => {
    await addTenantFault(home.path, { kind: "staleRead", after: 6 });
    expect(await failure(create(client, inputs()))).to.equal(
      `expected non-nil error with nil state during Create of ${CERTIFICATE_URN}`,
    );
    expect(await added()).to.have.length(1);
  });

  it("stays behind when the connection is lost after the PATCH, and is then added a second time", async () => {
    await addTenantFault(home.path, { kind: "dropAfterPatch" });
    expect(await failure(create(client, inputs()))).to.equal(
      `1 error occurred:\n\t* Adding certificate for ${DESCRIBED}: PATCH ${tenant.url}/v1.0${PRINCIPAL_ID}: socket hang up\n\n`,
    );
    const created = await create(client, inputs());
    expect((await added()).map(({ customKeyIdentifier }) => customKeyIdentifier)).to.deep.equal([
      certificate.thumbprint,
      certificate.thumbprint,
    ]);
    await remove(client, created);
    expect(await added()).to.have.length(1);
  });

  it("is lost in its own replacement when the read before the removal is stale", async () => {
    const old = await create(client, inputs());
    // The successor's create reads the principal seven times, then the old one's delete reads it.
    await addTenantFault(home.path, { kind: "staleRead", after: 7 });
    await create(client, inputs(successor));
    await remove(client, old);
    expect(await added()).to.deep.equal([]);
  });

  it("is gone for a refresh once another has removed it, and its principal too", async () => {
    const created = await create(client, inputs());
    await remove(client, created);
    const answer = await read(created.id, created.properties, created.inputs);
    expect(answer.toObject()).to.deep.include({ id: "", properties: undefined, inputs: undefined });
    await resetTenant(home.path, { exchangeOnline: false });
    expect((await read(created.id, created.properties, created.inputs)).getId()).to.equal("");
  });

  it("is removed without complaint when it or its principal is gone", async () => {
    const created = await create(client, inputs());
    await remove(client, created);
    await remove(client, created);
    await resetTenant(home.path, { exchangeOnline: false });
    await remove(client, created);
  });

  it("says which resource could not be removed or read", async () => {
    const created = await create(client, inputs());
    await addTenantFault(home.path, { kind: "denied" });
    expect(await failure(remove(client, created))).to.equal(
      `deleting ${CERTIFICATE_URN}: 1 error occurred:\n\t* Removing certificate credential ` +
        `"${created.properties.keyId}" from ${DESCRIBED}: ${MESSAGE_OF_DENIAL}\n\n`,
    );
    await addTenantFault(home.path, { kind: "throttled", times: 10 });
    expect(await failure(read(created.id, created.properties, created.inputs))).to.equal(
      `refreshing ${CERTIFICATE_URN}: 1 error occurred:\n\t* Retrieving ${DESCRIBED}: unexpected status 429 (429 Too ` +
        "Many Requests) with error: TooManyRequests: Too many requests.\n\n",
    );
  });

  it("can be read by its id alone, as an import does", async () => {
    const created = await create(client, inputs());
    const answer = await read(created.id, {}, {});
    const { keyId } = created.properties;
    const known = {
      endDate: certificate.notAfter,
      keyId,
      servicePrincipalId: PRINCIPAL_ID,
      startDate: certificate.notBefore,
      type: "AsymmetricX509Cert",
    };
    expect(answer.getInputs()?.toJavaScript()).to.deep.equal({ ...known, __defaults: [] });
    expect(answer.getProperties()?.toJavaScript()).to.deep.include({ ...known, encoding: null, id: created.id });
  });

  it("has dates that differ from the program's where Graph answers milliseconds", async () => {
    await resetTenant(home.path, { milliseconds: true });
    const created = await create(client, { ...inputs(), endDate: certificate.notAfter });
    expect(created.properties.endDate).to.equal("2031-05-31T00:00:00.000Z");
    expect(created.inputs.endDate).to.equal("2031-05-31T00:00:00Z");
  });

  it("changes a principal one at a time, so that two at once lose nothing", async () => {
    const both = await Promise.all([create(client, inputs()), create(client, inputs(successor))]);
    expect(await added()).to.have.length(2);
    await Promise.all(both.map((created) => remove(client, created)));
    expect(await added()).to.deep.equal([]);
  });
});
