import { expect } from "chai";
import type { AuthServer } from "../../../../provider/exchange/auth-servers";
import {
  choose,
  find,
  noteFormer,
  provenanceOfFound,
  valuesToPutBack,
  valuesToWrite,
} from "../../../../provider/resources/exchange-auth-server/rules";

const TENANT = "11111111-2222-3333-4444-555555555555";
const URL = "https://accounts.accesscontrol.windows.net/metadata/json/1/?realm=contoso.example";
const wanted = { tenantId: TENANT, name: "MicrosoftSts", authMetadataUrl: URL, enabled: true };

function server(changes: Partial<AuthServer> = {}): AuthServer {
  return {
    guid: "aaaaaaaa-0000-0000-0000-000000000001",
    name: "MicrosoftSts",
    realm: TENANT,
    issuerIdentifier: "00000001-0000-0000-c000-000000000000",
    tokenIssuingEndpoint: "",
    authMetadataUrl: URL,
    enabled: true,
    ...changes,
  };
}

describe("the auth server's rules", () => {
  const other = "99999999-2222-3333-4444-555555555555";
  const rows: [string, AuthServer[], string][] = [
    ["makes one where there is none", [], "make"],
    ["adopts one of the realm under its own name", [server({ name: "ACS - 1" })], "adopt"],
    ["adopts one of the realm whatever the case of its guid", [server({ realm: TENANT.toUpperCase() })], "adopt"],
    [
      "adopts by realm although another realm holds the name",
      [server({ realm: other }), server({ name: "ACS" })],
      "adopt",
    ],
    ["refuses a name that another realm holds", [server({ realm: other })], "refuse"],
    ["refuses such a name whatever its case", [server({ realm: other, name: "MICROSOFTSTS" })], "refuse"],
    ["makes one beside those of other realms", [server({ realm: other, name: "Other" })], "make"],
  ];
  for (const [title, servers, kind] of rows) {
    it(title, () => {
      expect(choose(servers, wanted).kind).to.equal(kind);
    });
  }

  it("finds the one in the state by Guid, else the one that took its place in the realm", () => {
    const [one, two] = [server({ realm: other }), server({ guid: "b", name: "ACS" })];
    expect(find([one, two], one.guid.toUpperCase(), TENANT)).to.equal(one);
    expect(find([one, two], "gone", TENANT)).to.equal(two);
    expect(find([one, two], "gone", undefined)).to.equal(undefined);
  });

  it("writes only what differs, and neither case nor a slash at the end is a difference", () => {
    expect(valuesToWrite(server(), wanted)).to.deep.equal({});
    expect(valuesToWrite(server({ authMetadataUrl: `${URL.toUpperCase()}/` }), wanted)).to.deep.equal({});
    expect(valuesToWrite(server({ enabled: false }), wanted)).to.deep.equal({ Enabled: true });
    expect(valuesToWrite(server({ authMetadataUrl: "https://x.example" }), wanted)).to.deep.equal({
      AuthMetadataUrl: URL,
    });
  });

  it("does not claim to know who made one that is found exactly as wanted", () => {
    expect(provenanceOfFound({})).to.equal("unknown");
    expect(provenanceOfFound({ Enabled: true })).to.equal("found");
  });

  it("notes what was there before our first write, of what we write", () => {
    const before = server({ enabled: false, authMetadataUrl: "https://x.example" });
    expect(noteFormer(undefined, before, { Enabled: true })).to.deep.equal({ Enabled: false });
    expect(noteFormer({ Enabled: true }, before, { Enabled: true, AuthMetadataUrl: URL })).to.deep.equal({
      Enabled: true,
      AuthMetadataUrl: "https://x.example",
    });
  });

  it("puts a former value back only while the present one is still ours", () => {
    const adopted = { AuthMetadataUrl: "https://x.example", Enabled: false };
    const ours = { authMetadataUrl: URL, enabled: true };
    expect(valuesToPutBack(server(), adopted, ours)).to.deep.equal(adopted);
    expect(valuesToPutBack(server({ authMetadataUrl: "https://y.example" }), adopted, ours)).to.deep.equal({
      Enabled: false,
    });
    expect(valuesToPutBack(server({ enabled: false }), { Enabled: false }, ours)).to.deep.equal({});
    expect(valuesToPutBack(server(), {}, ours)).to.deep.equal({});
  });
});
