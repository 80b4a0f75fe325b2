import { expect } from "chai";
import { ExchangeConnection } from "../../../../provider/configuration/exchange-connection";
import { UNKNOWN } from "../../../../provider/resources/check";
import { handlerOf } from "../../../../provider/resources/handler";
import { lifecycle } from "../../../../provider/resources/oauth-certificate/lifecycle";
import type { OAuthCertificateOutputs } from "../../../../provider/resources/oauth-certificate/outputs";
import { outputsOfCurrent } from "../../../../provider/resources/oauth-certificate/present";
import { toTimestamp } from "../../../../provider/x509/certificate";
import { NO_DOMAIN, NO_DOMAIN_CONTROLLER, NO_LIST_OF_SERVERS, NO_TIME_LIMIT } from "../reasons";
import { certificate, organisation } from "./facts";

const HOUR = 60 * 60 * 1000;
const inputs = {
  subjectName: "CN=Microsoft Exchange Server Auth Certificate",
  friendlyName: "Exchange S2S OAuth",
  keySize: 2048,
  ignoreServers: [],
};

describe("the certificate's arguments", () => {
  const check = (news: object) => handlerOf(lifecycle, new ExchangeConnection()).check?.({} as never, news as never);

  it("may all be left out", async () => {
    expect(await check({})).to.deep.equal({ inputs, failures: [] });
  });

  it("are passed over while they are not known", async () => {
    const unknown = { domainName: UNKNOWN, subjectName: UNKNOWN, friendlyName: UNKNOWN, keySize: UNKNOWN };
    expect(await check(unknown)).to.deep.equal({ inputs: { ...unknown, ignoreServers: [] }, failures: [] });
  });

  const right: object[] = [
    { domainName: "contoso.example" },
    { subjectName: "CN=mail, OU=IT" },
    { subjectName: "DC=example" },
    { friendlyName: "a".repeat(63) },
    { keySize: 4096 },
    { ignoreServers: ["MBX3", "mbx4.contoso.example"] },
    { domainController: "dc1.contoso.example", timeoutSeconds: 5 },
  ];
  for (const news of right) {
    it(`are taken: ${JSON.stringify(news).slice(0, 60)}`, async () => {
      expect(await check(news)).to.deep.equal({ inputs: { ...inputs, ...news }, failures: [] });
    });
  }

  const DISTINGUISHED = "it must be a distinguished name, such as CN=Microsoft Exchange Server Auth Certificate";
  const wrong: { property: string; value: unknown; reason: string }[] = [
    { property: "ignoreServers", value: "MBX3", reason: NO_LIST_OF_SERVERS },
    { property: "domainName", value: "contoso", reason: NO_DOMAIN },
    { property: "subjectName", value: "Auth Certificate", reason: DISTINGUISHED },
    { property: "subjectName", value: "=x", reason: DISTINGUISHED },
    {
      property: "subjectName",
      value: `CN=${"a".repeat(254)}`,
      reason:
        'it must be text of 1 to 256 characters on one line, such as "CN=Microsoft Exchange Server Auth Certificate"',
    },
    {
      property: "friendlyName",
      value: "a".repeat(64),
      reason: 'it must be text of 1 to 63 characters on one line, such as "Exchange S2S OAuth"',
    },
    { property: "keySize", value: 1024, reason: "it must be 2048 or 4096" },
    { property: "keySize", value: "2048", reason: "it must be 2048 or 4096" },
    { property: "domainController", value: "dc1", reason: NO_DOMAIN_CONTROLLER },
    {
      property: "timeoutSeconds",
      value: 0,
      reason: NO_TIME_LIMIT,
    },
  ];
  for (const { property, value, reason } of wrong) {
    it(`are refused: ${property} ${JSON.stringify(value).slice(0, 40)}`, async () => {
      expect((await check({ [property]: value }))?.failures).to.deep.equal([{ property, reason }]);
    });
  }

  describe("are compared:", () => {
    const good = certificate("GOOD", { notAfter: new Date(Date.now() + 24 * HOUR) });
    const outputs = { ...outputsOfCurrent(organisation("GOOD", { MBX1: [good] }), {}), domainName: "contoso.example" };
    const fromNow = (milliseconds: number) => toTimestamp(new Date(Date.now() + milliseconds));

    const rows: { title: string; old?: Partial<OAuthCertificateOutputs>; news?: object; changes: boolean }[] = [
      { title: "nothing changed", changes: false },
      { title: "domainName: nothing", news: { domainName: "fabrikam.example" }, changes: false },
      { title: "subjectName: nothing", news: { subjectName: "CN=Other" }, changes: false },
      { title: "friendlyName: nothing", news: { friendlyName: "Other" }, changes: false },
      { title: "keySize: nothing", news: { keySize: 4096 }, changes: false },
      { title: "keySize not known yet: nothing", news: { keySize: UNKNOWN }, changes: false },
      { title: "domainController: nothing", news: { domainController: "dc1.contoso.example" }, changes: false },
      { title: "timeoutSeconds: nothing", news: { timeoutSeconds: 5 }, changes: false },
      { title: "what is to be repaired: an update", old: { repair: ["missing on MBX2"] }, changes: true },
      { title: "expired by the clock here: an update", old: { notAfter: fromNow(-HOUR) }, changes: true },
      { title: "not expired by the clock here: nothing", old: { notAfter: fromNow(24 * HOUR) }, changes: false },
      {
        title: "warnings: nothing",
        old: { warnings: [{ name: "missingOnServers", text: "x", link: "" }] },
        changes: false,
      },
    ];
    for (const { title, old = {}, news = {}, changes } of rows) {
      it(title, async () => {
        const diff = await handlerOf(lifecycle, new ExchangeConnection()).diff?.(
          "id",
          { ...outputs, ...old },
          { ...inputs, ...news },
        );
        expect(diff).to.deep.equal({ changes, replaces: [], deleteBeforeReplace: false });
      });
    }
  });
});
