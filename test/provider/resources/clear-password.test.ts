import { runtime } from "@pulumi/pulumi";
import { expect } from "chai";
import { OAuthCertificate } from "../../../provider";
import { recordRegistrations, settled, warningsOf } from "../components/recording-mocks";

describe("a password in the stack's configuration", () => {
  let stack = 0;

  /** What a program of a stack of its own, with two resources, is warned of. */
  async function warned(configuration: Record<string, string>, secretKeys: string[]): Promise<string[]> {
    await recordRegistrations({});
    await runtime.setMocks(
      { newResource: ({ name, inputs }) => ({ id: name, state: inputs }), call: () => ({}) },
      "project",
      `stack-${++stack}`,
    );
    runtime.setAllConfig(configuration, secretKeys);
    const warnings = await warningsOf(async () => {
      for (const name of ["one", "two"]) await settled(new OAuthCertificate(name).urn);
    });
    runtime.setAllConfig({}, []);
    return warnings.map(({ text }) => text);
  }

  it("is warned of once where it is in clear, without being said", async () => {
    const warnings = await warned({ "exchange:password": "hunter2" }, ["exchange:username"]);
    expect(warnings).to.deep.equal([
      `exchange:password is stored in plain text in the configuration of the stack project/stack-${stack}: ` +
        "anyone who can read the file can use the account. Set it again as a secret, `pulumi config set " +
        "--secret exchange:password`, and change the password if the file was shared.",
    ]);
  });

  const quiet: { title: string; configuration: Record<string, string>; secretKeys: string[] }[] = [
    { title: "is a secret", configuration: { "exchange:password": "hunter2" }, secretKeys: ["exchange:password"] },
    { title: "is not set", configuration: { "exchange:username": "admin" }, secretKeys: [] },
    { title: "is empty, which is as good as none", configuration: { "exchange:password": "" }, secretKeys: [] },
  ];
  for (const { title, configuration, secretKeys } of quiet) {
    it(`is not warned of where it ${title}`, async () => {
      expect(await warned(configuration, secretKeys)).to.deep.equal([]);
    });
  }
});
