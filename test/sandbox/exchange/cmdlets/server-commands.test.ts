import { expect } from "chai";
import { describeOrganisation } from "../../../../sandbox/exchange";
import { ask, refusal } from "../asking";
import { organisationOf, removeHomes } from "../homes";

const OWN = "MBX1.corp.contoso.example";
const OTHER = "MBX2.corp.contoso.example";

describe("the commands that only a server itself has", () => {
  after(removeHomes);

  it("read the true build, as the file's version has it", async () => {
    const { organisation } = await organisationOf("on-server");
    expect(await ask(organisation, "Get-ExSetupVersion", { Server: OWN })).to.deep.equal([
      { FileVersion: "15.02.2562.041" },
    ]);
  });

  it("restart the health manager", async () => {
    const { organisation, home } = await organisationOf("on-server");
    const started = async () =>
      (await describeOrganisation(home)).servers.map(({ healthManagerStarted }) => healthManagerStarted);
    const before = await started();
    await ask(organisation, "Restart-HealthManager", { Server: OWN });
    const after = await started();
    expect(Date.parse(after[0] ?? "")).to.be.greaterThan(Date.parse(before[0] ?? ""));
    expect(after.slice(1)).to.deep.equal(before.slice(1));
  });

  const elsewhere = [
    ["a session that is a shell on another server", "on-server", OTHER],
    ["a session of the endpoint alone", "ordinary", OWN],
  ] as const;
  for (const [title, scenario, server] of elsewhere) {
    it(`do nothing in ${title}`, async () => {
      const { organisation, home } = await organisationOf(scenario);
      const before = await describeOrganisation(home);
      for (const command of ["Restart-HealthManager", "Get-ExSetupVersion"]) {
        expect(await refusal(organisation, command, { Server: server })).to.deep.equal({
          reason: "NotOnServerException",
          category: "InvalidOperation",
          message: `This session is not a shell on ${server}; it was opened to ${OWN}.`,
          id: "NotOnServer",
        });
      }
      expect(await describeOrganisation(home)).to.deep.equal(before);
    });
  }

  it("know no server that is none", async () => {
    const { organisation } = await organisationOf("on-server");
    expect(await refusal(organisation, "Restart-HealthManager", { Server: "MBX9" })).to.include({
      reason: "ManagementObjectNotFoundException",
    });
  });
});
