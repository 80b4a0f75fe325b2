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
  const rows: { title: string; servers: AuthServer[]; kind: string }[] = [
    { title: "makes one where there is none", servers: [], kind: "make" },
    { title: "adopts one of the realm under its own name", servers: [server({ name: "ACS - 1" })], kind: "adopt" },
    {
      title: "adopts one of the realm whatever the case of its guid",
      servers: [server({ realm: TENANT.toUpperCase() })],
      kind: "adopt",
    },
    {
      title: "adopts by realm although another realm holds the name",
      servers: [server({ realm: other }), server({ name: "ACS" })],
      kind: "adopt",
    },
    { title: "refuses a name that another realm holds", servers: [server({ realm: other })], kind: "refuse" },
    {
      title: "refuses such a name whatever its case",
      servers: [server({ realm: other, name: "MICROSOFTSTS" })],
      kind: "refuse",
    },
    {
      title: "makes one beside those of other realms",
      servers: [server({ realm: other, name: "Other" })],
      kind: "make",
    },
  ];
  for (const { title, servers, kind } of rows) {
    it(title, () => {
      expect(choose(servers, wanted, undefined).kind).to.equal(kind);
    });
  }

  const own = server({ guid: "a", realm: other });
  const wizards = server({ guid: "b", name: "ACS" });
  const disabled = server({ guid: "c", name: "Another", enabled: false });
  const elsewhere = server({ guid: "d", name: "Other URL", authMetadataUrl: "https://other.example/" });
  const found: { title: string; servers: AuthServer[]; guid?: string; chosen: string | undefined }[] = [
    {
      title: "the one in the state by Guid in any case, though another one has its realm",
      servers: [wizards, own],
      guid: "A",
      chosen: "a",
    },
    { title: "the one that took its place in the realm", servers: [own, wizards], guid: "gone", chosen: "b" },
    { title: "none where none has the Guid or the realm", servers: [own], guid: "gone", chosen: undefined },
    { title: "the one exactly as wanted of a realm", servers: [disabled, elsewhere, wizards], chosen: "b" },
    { title: "the enabled one of a realm where none is as wanted", servers: [disabled, elsewhere], chosen: "d" },
    {
      title: "no disabled one beside an enabled one, though it be that of the state",
      servers: [disabled, elsewhere],
      guid: "c",
      chosen: "d",
    },
    {
      title: "the disabled one of the state where no other is there",
      servers: [disabled, own],
      guid: "c",
      chosen: "c",
    },
  ];
  for (const { title, servers, guid, chosen } of found) {
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
