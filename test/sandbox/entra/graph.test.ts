import { expect } from "chai";
import type { TenantFault } from "../../../sandbox/entra/faults";
import { answerGraph } from "../../../sandbox/entra/graph";
import { EXCHANGE_ONLINE, initialTenant } from "../../../sandbox/entra/initial";
import type { TenantRequest } from "../../../sandbox/entra/requests";
import type { KeyCredential, TenantState } from "../../../sandbox/entra/state";

const PRINCIPAL = "5d1e8f7a-0c1b-4a2d-9e3f-a1b2c3d4e5f6";
const PATH = `/v1.0/servicePrincipals/${PRINCIPAL}`;

describe("the tenant's Graph", () => {
  const initial = initialTenant();

  function request(method: string, path: string, body = ""): TenantRequest {
    const url = new URL(path, "https://localhost:1");
    return { url: url.origin, method, path: url.pathname, query: url.searchParams, authorization: undefined, body };
  }

  function keysOf(state: TenantState): KeyCredential[] {
    return state.servicePrincipals.find(({ id }) => id === PRINCIPAL)?.keyCredentials ?? [];
  }

  function shown(credentials: KeyCredential[]): unknown[] {
    return credentials.map((credential) => ({ ...credential, key: null }));
  }

  /** A PATCH that keeps the first credential only. */
  function keepFirst(state: TenantState): string {
    return JSON.stringify({ keyCredentials: shown(keysOf(state).slice(0, 1)) });
  }

  function withFaults(...faults: TenantFault[]): TenantState {
    return { ...initial, faults };
  }

  it("finds a principal by its application's id, with null in place of each key", () => {
    const asked = request("GET", `/v1.0/servicePrincipals?%24filter=appId+eq+%27${EXCHANGE_ONLINE}%27`);
    const { state, result } = answerGraph(initial, asked);
    expect(state).to.equal(initial);
    expect(result).to.deep.equal({
      status: 200,
      body: {
        value: [
          {
            ...initial.servicePrincipals[0],
            keyCredentials: shown(keysOf(initial)),
          },
        ],
      },
    });
    expect(keysOf(initial)).to.have.length(2);
  });

  it("finds a principal by its name, with doubled quotes", () => {
    const named = { ...initial, servicePrincipals: [{ ...initial.servicePrincipals[1], displayName: "Tim's" }] };
    const asked = request("GET", "/v1.0/servicePrincipals?$filter=displayName eq 'tim''s'");
    const { body } = answerGraph(named as TenantState, asked).result;
    expect((body as { value: { displayName: string }[] }).value.map(({ displayName }) => displayName)).to.deep.equal([
      "Tim's",
    ]);
  });

  it("finds nothing for an application that the tenant does not have", () => {
    const { result } = answerGraph(initial, request("GET", "/v1.0/servicePrincipals?$filter=appId eq 'none'"));
    expect(result).to.deep.equal({ status: 200, body: { value: [] } });
  });

  it("selects, and answers nothing for a property that it does not have", () => {
    expect(answerGraph(initial, request("GET", `${PATH}?$select=id,appId`)).result.body).to.deep.equal({
      id: PRINCIPAL,
      appId: EXCHANGE_ONLINE,
    });
    const beta = request("GET", `/beta/servicePrincipals/${PRINCIPAL}?%24select=samlMetadataUrl`);
    expect(answerGraph(initial, beta).result).to.deep.equal({ status: 200, body: {} });
  });

  it("replaces the key credentials and remembers the former ones", () => {
    const { state, result } = answerGraph(initial, request("PATCH", PATH, keepFirst(initial)));
    expect(result).to.deep.equal({ status: 204, headers: {} });
    expect(keysOf(state)).to.deep.equal(keysOf(initial).slice(0, 1));
    expect(state.formerKeyCredentials).to.deep.equal({ [PRINCIPAL]: keysOf(initial) });
  });

  it("keeps and removes key credentials that its policy would not take, and adds none", () => {
    const keyCredentials = [
      { restrictionType: "asymmetricKeyLifetime" as const, state: "enabled" as const, maxLifetime: "P365D" },
    ];
    const policy = { isEnabled: true, servicePrincipalRestrictions: { keyCredentials } };
    const strict = { ...initial, defaultAppManagementPolicy: policy };
    const removed = answerGraph(strict, request("PATCH", PATH, keepFirst(strict)));
    expect(removed.result.status).to.equal(204);
    const [first, second] = keysOf(strict);
    const added = { ...second, keyId: "9f3b7c1e-2a45-4d68-8b0f-1c2d3e4f5a6b" };
    const body = JSON.stringify({ keyCredentials: [{ ...first, key: null }, added] });
    const { state, result } = answerGraph(removed.state, request("PATCH", PATH, body));
    expect(result).to.deep.include({ status: 400 });
    expect(state).to.equal(removed.state);
  });

  it("writes dates with milliseconds where it was told to", () => {
    const { body } = answerGraph({ ...initial, milliseconds: true }, request("GET", PATH)).result;
    const [first] = (body as { keyCredentials: KeyCredential[] }).keyCredentials;
    expect(first?.endDateTime).to.equal(keysOf(initial)[0]?.endDateTime.replace("Z", ".000Z"));
  });

  const refusals: { what: string; asked: () => TenantRequest; status: number; code: string; message: string }[] = [
    {
      what: "a principal that it does not have",
      asked: () => request("GET", "/v1.0/servicePrincipals/none"),
      status: 404,
      code: "Request_ResourceNotFound",
      message: "Resource 'none' does not exist or one of its queried reference-property objects are not present.",
    },
    {
      what: "another filter",
      asked: () => request("GET", "/v1.0/servicePrincipals?$filter=startswith(displayName,'Office')"),
      status: 400,
      code: "Request_UnsupportedQuery",
      message: `The sandbox's tenant lists service principals by "appId eq '…'" or "displayName eq '…'" only.`,
    },
    {
      what: "a change of anything else",
      asked: () => request("PATCH", PATH, '{"keyCredentials":[],"accountEnabled":false}'),
      status: 400,
      code: "Request_BadRequest",
      message: "The sandbox's tenant changes nothing of a service principal but its keyCredentials.",
    },
    {
      what: "a body that is no JSON",
      asked: () => request("PATCH", PATH, "{"),
      status: 400,
      code: "BadRequest",
      message: "Unable to read JSON request payload.",
    },
    {
      what: "what Graph has and the sandbox has not",
      asked: () => request("GET", "/v1.0/applications"),
      status: 501,
      code: "NotImplemented",
      message: "The sandbox's tenant does not answer GET /v1.0/applications.",
    },
    {
      what: "to delete a principal",
      asked: () => request("DELETE", PATH),
      status: 501,
      code: "NotImplemented",
      message: `The sandbox's tenant does not answer DELETE ${PATH}.`,
    },
  ];
  for (const { what, asked, status, code, message } of refusals) {
    it(`refuses ${what}, and changes nothing`, () => {
      const { state, result } = answerGraph(initial, asked());
      expect(result).to.deep.equal({ status, headers: {}, body: { error: { code, message, innerError: {} } } });
      expect(state).to.equal(initial);
    });
  }

  describe("with a fault", () => {
    it("answers a stale read with the former key credentials, once", () => {
      const { state } = answerGraph(withFaults({ kind: "staleRead" }), request("PATCH", PATH, keepFirst(initial)));
      const stale = answerGraph(state, request("GET", PATH));
      expect(stale.result.fault).to.equal("staleRead");
      expect((stale.result.body as { keyCredentials: unknown[] }).keyCredentials).to.have.length(2);
      const fresh = answerGraph(stale.state, request("GET", PATH));
      expect((fresh.result.body as { keyCredentials: unknown[] }).keyCredentials).to.have.length(1);
    });

    it("applies a PATCH and drops the connection", () => {
      const asked = request("PATCH", PATH, keepFirst(initial));
      const { state, result } = answerGraph(withFaults({ kind: "dropAfterPatch" }), asked);
      expect(result).to.deep.equal({ status: null, fault: "dropAfterPatch" });
      expect(keysOf(state)).to.have.length(1);
    });

    it("applies a PATCH and tells the sandbox's provider to die", () => {
      const asked = request("PATCH", PATH, keepFirst(initial));
      const { state, result } = answerGraph(withFaults({ kind: "providerDiesAfterPatch" }), asked);
      expect(result).to.deep.equal({
        status: 204,
        headers: { "x-sandbox-azuread-provider-dies": "1" },
        fault: "providerDiesAfterPatch",
      });
      expect(keysOf(state)).to.have.length(1);
    });

    it("denies a PATCH and changes nothing but the fault", () => {
      const asked = request("PATCH", PATH, keepFirst(initial));
      const { state, result } = answerGraph(withFaults({ kind: "denied" }), asked);
      expect(result.status).to.equal(403);
      expect(result.body).to.deep.equal({
        error: {
          code: "Authorization_RequestDenied",
          message: "Insufficient privileges to complete the operation.",
          innerError: {},
        },
      });
      expect(state).to.deep.equal(initial);
    });

    it("throttles any call with Retry-After", () => {
      const { result } = answerGraph(
        withFaults({ kind: "throttled", retryAfterSeconds: 7 }),
        request("GET", "/v1.0/servicePrincipals"),
      );
      expect(result).to.deep.include({ status: 429, headers: { "retry-after": "7" }, fault: "throttled" });
    });

    it("does not find a principal that is there", () => {
      expect(answerGraph(withFaults({ kind: "notFound" }), request("GET", PATH)).result.status).to.equal(404);
    });
  });
});
