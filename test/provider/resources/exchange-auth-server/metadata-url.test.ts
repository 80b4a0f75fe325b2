import { expect } from "chai";
import { UNKNOWN } from "../../../../provider/resources/check";
import { completeMetadataUrl } from "../../../../provider/resources/exchange-auth-server/metadata-url";

describe("the metadata URL", () => {
  const rows: { title: string; inputs: Record<string, unknown>; expected: unknown }[] = [
    {
      title: "is the article's for a domain of the worldwide cloud",
      inputs: { tenantDomain: "contoso.example", cloud: "worldwide" },
      expected: "https://accounts.accesscontrol.windows.net/metadata/json/1/?realm=contoso.example",
    },
    {
      title: "is the US government's for a domain of that cloud",
      inputs: { tenantDomain: "contoso.example", cloud: "usGovernment" },
      expected: "https://login.microsoftonline.us/contoso.example/metadata/json/1",
    },
    {
      title: "is the one given, whatever the domain",
      inputs: { tenantDomain: "contoso.example", cloud: "worldwide", authMetadataUrl: "https://x.example/" },
      expected: "https://x.example/",
    },
    {
      title: "is unknown while the domain is",
      inputs: { tenantDomain: UNKNOWN, cloud: "worldwide" },
      expected: UNKNOWN,
    },
    {
      title: "is unknown while the cloud is",
      inputs: { tenantDomain: "contoso.example", cloud: UNKNOWN },
      expected: UNKNOWN,
    },
  ];
  for (const { title, inputs, expected } of rows) {
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
