import { expect } from "chai";
import type { AuthServer } from "../../../../provider/exchange/auth-servers";
import { choose, find, LEDGER, valuesOf } from "../../../../provider/resources/exchange-auth-server/rules";

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
      expect(choose(servers, wanted, undefined).kind).to.equal(kind);
    });
  }

  const own = server({ guid: "a", realm: other });
  const wizards = server({ guid: "b", name: "ACS" });
  const disabled = server({ guid: "c", name: "Another", enabled: false });
  const elsewhere = server({ guid: "d", name: "Other URL", authMetadataUrl: "https://other.example/" });
  const found: [string, AuthServer[], string | undefined, string | undefined][] = [
    ["the one in the state by Guid in any case, though another one has its realm", [wizards, own], "A", "a"],
    ["the one that took its place in the realm", [own, wizards], "gone", "b"],
    ["none where none has the Guid or the realm", [own], "gone", undefined],
    ["the one exactly as wanted of a realm", [disabled, elsewhere, wizards], undefined, "b"],
    ["the enabled one of a realm where none is as wanted", [disabled, elsewhere], undefined, "d"],
    ["no disabled one beside an enabled one, though it be that of the state", [disabled, elsewhere], "c", "d"],
    ["the disabled one of the state where no other is there", [disabled, own], "c", "c"],
  ];
  for (const [title, servers, guid, chosen] of found) {
    it(`finds ${title}`, () => {
      expect(find(servers, wanted, guid)?.guid).to.equal(chosen);
    });
  }

  it("writes only what differs, and neither case nor a slash at the end is a difference", () => {
    const toWrite = (changes: Partial<AuthServer>) => LEDGER.toWrite(valuesOf(server(changes)), valuesOf(wanted));
    expect(toWrite({})).to.deep.equal({});
    expect(toWrite({ authMetadataUrl: `${URL.toUpperCase()}/` })).to.deep.equal({});
    expect(toWrite({ enabled: false })).to.deep.equal({ Enabled: true });
    expect(toWrite({ authMetadataUrl: "https://x.example" })).to.deep.equal({ AuthMetadataUrl: URL });
  });

  it("puts former values back at destroy, whatever the case and the end of our URL", () => {
    const adopted = { AuthMetadataUrl: "https://x.example", Enabled: false };
    const present = server({ authMetadataUrl: `${URL.toUpperCase()}/` });
    expect(LEDGER.toPutBack({ adopted, written: valuesOf(wanted) }, valuesOf(present))).to.deep.equal(adopted);
  });
});
