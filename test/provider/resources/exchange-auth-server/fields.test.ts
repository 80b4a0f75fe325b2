import { expect } from "chai";
import { ExchangeConnection } from "../../../../provider/configuration/exchange-connection";
import { UNKNOWN } from "../../../../provider/resources/check";
import { lifecycle } from "../../../../provider/resources/exchange-auth-server/lifecycle";
import { handlerOf } from "../../../../provider/resources/handler";
import { NO_DOMAIN, NO_GUID } from "../reasons";
import { FORMER_URL, GUID, inputs, OTHER_TENANT, outputs, TENANT, URL } from "./organisation";

describe("the auth server's arguments", () => {
  describe("are checked", () => {
    const check = (news: object) => handlerOf(lifecycle, new ExchangeConnection()).check?.({} as never, news as never);

    it("and completed", async () => {
      expect(await check({ tenantId: TENANT, tenantDomain: "contoso.example" })).to.deep.equal({
        inputs,
        failures: [],
      });
    });

    it("and passed over while they are not known", async () => {
      expect(await check({ tenantId: UNKNOWN, tenantDomain: UNKNOWN, name: UNKNOWN, enabled: UNKNOWN })).to.deep.equal({
        inputs: {
          tenantId: UNKNOWN,
          tenantDomain: UNKNOWN,
          authMetadataUrl: UNKNOWN,
          cloud: "worldwide",
          enabled: UNKNOWN,
          name: UNKNOWN,
        },
        failures: [],
      });
    });

    const wrong: [object, { property: string; reason: string }][] = [
      [
        { tenantDomain: "contoso.example" },
        {
          property: "tenantId",
          reason: `it is required: ${NO_GUID}`,
        },
      ],
      [
        { tenantId: "contoso", tenantDomain: "contoso.example" },
        { property: "tenantId", reason: NO_GUID },
      ],
      [
        { tenantId: TENANT },
        {
          property: "tenantDomain",
          reason: "it is required when `authMetadataUrl` is not set, such as contoso.example",
        },
      ],
      [
        { tenantId: TENANT, tenantDomain: "contoso" },
        { property: "tenantDomain", reason: NO_DOMAIN },
      ],
      [
        { tenantId: TENANT, authMetadataUrl: "http://x.example" },
        {
          property: "authMetadataUrl",
          reason:
            "it must be an https URL, such as https://accounts.accesscontrol.windows.net/metadata/json/1/?realm=contoso.example",
        },
      ],
      [
        { tenantId: TENANT, tenantDomain: "contoso.example", cloud: "china" },
        { property: "cloud", reason: "it must be worldwide or usGovernment" },
      ],
      [
        { tenantId: TENANT, tenantDomain: "contoso.example", enabled: "yes" },
        { property: "enabled", reason: "it must be true or false" },
      ],
      [
        { tenantId: TENANT, tenantDomain: "contoso.example", name: "a".repeat(65) },
        { property: "name", reason: 'it must be text of 1 to 64 characters on one line, such as "MicrosoftSts"' },
      ],
    ];
    for (const [news, failure] of wrong) {
      it(`and refused: ${JSON.stringify(news).slice(0, 90)}`, async () => {
        expect((await check(news))?.failures).to.deep.equal([failure]);
      });
    }
  });

  describe("are compared", () => {
    const rows: { title: string; old?: object; news: object; changes: boolean; replaces: string[] }[] = [
      { title: "nothing changed", news: {}, changes: false, replaces: [] },
      { title: "tenantId: a replacement", news: { tenantId: OTHER_TENANT }, changes: true, replaces: ["tenantId"] },
      {
        title: "tenantId in another case: nothing",
        news: { tenantId: TENANT.toUpperCase() },
        changes: false,
        replaces: [],
      },
      { title: "tenantId not known yet: no replacement", news: { tenantId: UNKNOWN }, changes: true, replaces: [] },
      { title: "authMetadataUrl: an update", news: { authMetadataUrl: FORMER_URL }, changes: true, replaces: [] },
      {
        title: "authMetadataUrl in another case: nothing",
        news: { authMetadataUrl: `${URL.toUpperCase()}/` },
        changes: false,
        replaces: [],
      },
      {
        title: "authMetadataUrl not known yet: an update",
        news: { authMetadataUrl: UNKNOWN },
        changes: true,
        replaces: [],
      },
      {
        title: "tenantDomain beside the same URL: nothing",
        news: { tenantDomain: "fabrikam.example" },
        changes: false,
        replaces: [],
      },
      { title: "cloud beside the same URL: nothing", news: { cloud: "usGovernment" }, changes: false, replaces: [] },
      { title: "enabled: an update", news: { enabled: false }, changes: true, replaces: [] },
      {
        title: "name: nothing, since one that is there keeps its own",
        news: { name: "Other" },
        changes: false,
        replaces: [],
      },
      {
        title: "domainController: nothing",
        news: { domainController: "dc1.contoso.example" },
        changes: false,
        replaces: [],
      },
      { title: "timeoutSeconds: nothing", news: { timeoutSeconds: 5 }, changes: false, replaces: [] },
      {
        title: "drift of the URL: an update",
        old: { authMetadataUrl: FORMER_URL },
        news: {},
        changes: true,
        replaces: [],
      },
      { title: "drift of enabled: an update", old: { enabled: false }, news: {}, changes: true, replaces: [] },
      { title: "what is to be repaired: an update", old: { repair: ["x"] }, news: {}, changes: true, replaces: [] },
    ];
    for (const { title, old = {}, news, changes, replaces } of rows) {
      it(title, async () => {
        const diff = await handlerOf(lifecycle, new ExchangeConnection()).diff?.(
          GUID,
          { ...outputs, ...old },
          { ...inputs, ...news },
        );
        expect(diff).to.deep.equal({ changes, replaces, deleteBeforeReplace: replaces.length > 0 });
      });
    }
  });
});
