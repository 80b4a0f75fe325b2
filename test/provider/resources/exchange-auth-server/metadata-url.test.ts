import { expect } from "chai";
import { UNKNOWN } from "../../../../provider/resources/check";
import { completeMetadataUrl } from "../../../../provider/resources/exchange-auth-server/metadata-url";

describe("the metadata URL", () => {
  const rows: [string, Record<string, unknown>, unknown][] = [
    [
      "is the article's for a domain of the worldwide cloud",
      { tenantDomain: "contoso.example", cloud: "worldwide" },
      "https://accounts.accesscontrol.windows.net/metadata/json/1/?realm=contoso.example",
    ],
    [
      "is the US government's for a domain of that cloud",
      { tenantDomain: "contoso.example", cloud: "usGovernment" },
      "https://login.microsoftonline.us/contoso.example/metadata/json/1",
    ],
    [
      "is the one given, whatever the domain",
      { tenantDomain: "contoso.example", cloud: "worldwide", authMetadataUrl: "https://x.example/" },
      "https://x.example/",
    ],
    ["is unknown while the domain is", { tenantDomain: UNKNOWN, cloud: "worldwide" }, UNKNOWN],
    ["is unknown while the cloud is", { tenantDomain: "contoso.example", cloud: UNKNOWN }, UNKNOWN],
  ];
  for (const [title, inputs, expected] of rows) {
    it(title, () => {
      expect(completeMetadataUrl(inputs)).to.deep.equal([]);
      expect(inputs.authMetadataUrl).to.equal(expected);
    });
  }

  it("needs a domain or a URL", () => {
    expect(completeMetadataUrl({ cloud: "worldwide" })).to.deep.equal([
      { property: "tenantDomain", reason: "it is required when `authMetadataUrl` is not set, such as contoso.example" },
    ]);
  });
});
