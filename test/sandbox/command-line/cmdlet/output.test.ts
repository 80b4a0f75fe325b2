import { expect } from "chai";
import { Secret } from "pulumi-exchange-server/protocol";
import { errorText, objectsAsJson } from "../../../../sandbox/command-line/cmdlet/output";

describe("a cmdlet's output", () => {
  it("is a list of its objects, dates as ISO 8601 and bytes as base64", () => {
    const object = {
      Name: "x",
      WhenChanged: new Date("2026-05-01T10:00:00Z"),
      RawData: new Uint8Array([1, 2, 3]),
      Services: ["SMTP"],
      Nothing: null,
      Inner: { Data: new Uint8Array([255]) },
      Password: new Secret("hunter2"),
    };
    expect(JSON.parse(objectsAsJson([object]))).to.deep.equal([
      {
        Name: "x",
        WhenChanged: "2026-05-01T10:00:00.000Z",
        RawData: "AQID",
        Services: ["SMTP"],
        Nothing: null,
        Inner: { Data: "/w==" },
        Password: "[secret]",
      },
    ]);
  });

  it("is an empty list where there is none", () => {
    expect(objectsAsJson([])).to.equal("[]\n");
  });

  it("shows an error record as PowerShell does", () => {
    const record = {
      reason: "ManagementObjectNotFoundException",
      category: "NotSpecified",
      fullyQualifiedErrorId: "[Server=MBX1] AB12CD34,GetAuthServer",
      target: "x",
      message: "It couldn't be found.",
    };
    expect(errorText("Get-AuthServer", record)).to.equal(
      "Get-AuthServer : It couldn't be found.\n" +
        "    + CategoryInfo          : NotSpecified: (x:) [Get-AuthServer], ManagementObjectNotFoundException\n" +
        "    + FullyQualifiedErrorId : [Server=MBX1] AB12CD34,GetAuthServer\n",
    );
  });
});
