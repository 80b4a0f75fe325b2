import { expect } from "chai";
import { AlreadyExists, InvalidInput, TimedOut, WrongOrganization } from "../../../../provider/errors";
import { lifecycle as operations } from "../../../../provider/resources/exchange-auth-server/lifecycle";
import { HalfMade } from "../../../../provider/resources/half-made";
import { failure } from "../../exchange/recording-session";
import { opened } from "../../opened";
import {
  FORMER_URL,
  GUID,
  inputs,
  listed,
  OTHER_GUID,
  OTHER_TENANT,
  organisation,
  outputs,
  remove,
  server,
  set,
  stored,
  TENANT,
  URL,
  writes,
} from "./organisation";

const lifecycle = opened(operations);

const urlWarning = {
  name: "authMetadataUrlChanged",
  text: `The auth server "MicrosoftSts" read its metadata from ${FORMER_URL}; it now reads ${URL}.`,
  link: "https://learn.microsoft.com/powershell/module/exchange/set-authserver",
};

describe("the auth server's lifecycle", () => {
  describe("creates", () => {
    it("one where there is none", async () => {
      const { session, exchange } = organisation({
        "Get-AuthServer": listed(),
        "New-AuthServer": { output: [server()] },
      });
      expect(await lifecycle.create(exchange, inputs)).to.deep.equal({ id: GUID, outputs });
      expect(writes(session)).to.deep.equal([
        { cmdlet: "New-AuthServer", Name: "MicrosoftSts", AuthMetadataUrl: URL, Enabled: true, Confirm: false },
      ]);
    });

    it("nothing where one of the realm is exactly as wanted, whose maker nobody knows", async () => {
      const { session, exchange } = organisation({ "Get-AuthServer": listed(server({ Name: "ACS - 1" })) });
      const created = await lifecycle.create(exchange, inputs);
      expect(created).to.deep.equal({ id: GUID, outputs: { ...outputs, name: "ACS - 1", provenance: "unknown" } });
      expect(writes(session)).to.deep.equal([]);
    });

    it("by adopting one of the realm: what differs is written, noted and warned of", async () => {
      const { session, exchange } = organisation({
        "Get-AuthServer": [listed(server({ AuthMetadataUrl: FORMER_URL, Enabled: false })), listed(server())],
      });
      expect((await lifecycle.create(exchange, inputs)).outputs).to.deep.equal({
        ...outputs,
        provenance: "found",
        adopted: { AuthMetadataUrl: FORMER_URL, Enabled: false },
        written: { AuthMetadataUrl: URL, Enabled: true },
        warnings: [urlWarning],
      });
      expect(writes(session)).to.deep.equal([set({ AuthMetadataUrl: URL, Enabled: true })]);
    });

    const races = [
      ["under our name", failure("ADObjectAlreadyExistsException", "NotSpecified", "NewAuthServer")],
      ["under another name, as the hybrid wizard does", failure("TaskException", "InvalidArgument", "NewAuthServer")],
      ["which Exchange says in no known way", failure("TaskException", "NotSpecified", "NewAuthServer")],
    ] as const;
    for (const [title, refusal] of races) {
      it(`by adopting one that somebody made after our look, ${title}`, async () => {
        const { session, exchange } = organisation({
          "Get-AuthServer": [listed(), listed(server({ Name: "ACS - 1" }))],
          "New-AuthServer": refusal,
        });
        expect((await lifecycle.create(exchange, inputs)).outputs).to.include({
          name: "ACS - 1",
          provenance: "unknown",
        });
        expect(session.cmdlets.slice(-2)).to.deep.equal(["New-AuthServer", "Get-AuthServer"]);
      });
    }

    it("nothing where Exchange refuses for another reason, which it says", async () => {
      const { session, exchange } = organisation({
        "Get-AuthServer": [listed(), listed()],
        "New-AuthServer": failure("TaskException", "InvalidArgument", "NewAuthServer"),
      });
      await expect(lifecycle.create(exchange, inputs)).to.be.rejectedWith(InvalidInput);
      expect(session.cmdlets.slice(-2)).to.deep.equal(["New-AuthServer", "Get-AuthServer"]);
    });

    it("nothing where Exchange knows the name, of another kind of server, and the error asks for another", async () => {
      const { session, exchange } = organisation({
        "Get-AuthServer": listed(server({ Type: "AzureAD" })),
        "New-AuthServer": failure("ADObjectAlreadyExistsException", "NotSpecified", "NewAuthServer"),
      });
      const error: AlreadyExists = await expect(lifecycle.create(exchange, inputs)).to.be.rejectedWith(AlreadyExists);
      expect(error.message).to.equal(
        `Failed while creating the auth server "MicrosoftSts" from ${URL}: Exchange answered “Es geht ` +
          "nicht.” (ADObjectAlreadyExistsException). Choose another `name` (`authServerName` of " +
          'PushNotificationProxying), such as "MicrosoftSts-2", or correct `tenantId`.',
      );
      expect(session.cmdlets.slice(-2)).to.deep.equal(["New-AuthServer", "Get-AuthServer"]);
    });

    it("nothing where the name belongs to another realm", async () => {
      const { session, exchange } = organisation({ "Get-AuthServer": listed(server({ Realm: OTHER_TENANT })) });
      const error: AlreadyExists = await expect(lifecycle.create(exchange, inputs)).to.be.rejectedWith(AlreadyExists);
      expect(error.message).to.equal(
        `Failed while creating the auth server "MicrosoftSts" for the tenant ${TENANT}: an auth server of ` +
          `that name exists for the realm ${OTHER_TENANT}. Choose another \`name\` (\`authServerName\` of ` +
          'PushNotificationProxying), such as "MicrosoftSts-2", or correct `tenantId`.',
      );
      expect(writes(session)).to.deep.equal([]);
    });

    it("nothing that stays where the metadata is another tenant's", async () => {
      const { session, exchange } = organisation({
        "Get-AuthServer": listed(),
        "New-AuthServer": { output: [server({ Realm: OTHER_TENANT })] },
      });
      const error: InvalidInput = await expect(lifecycle.create(exchange, inputs)).to.be.rejectedWith(InvalidInput);
      expect(error.message).to.equal(
        `Failed while creating the auth server "MicrosoftSts" from ${URL}: the metadata belongs to the ` +
          `tenant ${OTHER_TENANT}, but \`tenantId\` is ${TENANT}; the server was removed again. Correct ` +
          "`tenantId`, `tenantDomain` or `authMetadataUrl`.",
      );
      expect(writes(session).at(-1)).to.deep.equal(remove(GUID));
    });
  });

  describe("of several of one realm", () => {
    const leftover = server({ Guid: OTHER_GUID, Name: "ACS - old", Enabled: false });
    const warning = {
      name: "duplicates",
      text:
        `The organisation has 2 auth servers of the realm ${TENANT}: "MicrosoftSts" (${GUID}, enabled), "ACS - old" ` +
        `(${OTHER_GUID}, disabled). This resource has the first of these, and the others stay as they are; remove what ` +
        "is left over with Remove-AuthServer.",
      link: "https://learn.microsoft.com/powershell/module/exchange/remove-authserver",
    };

    it("takes the one in use, leaves the other as it is, and names both", async () => {
      const { session, exchange } = organisation({ "Get-AuthServer": listed(leftover, server()) });
      const { id, outputs: created } = await lifecycle.create(exchange, inputs);
      expect(id).to.equal(GUID);
      expect(created.warnings).to.deep.equal([warning]);
      expect((await lifecycle.update(exchange, created, inputs)).warnings).to.deep.equal([warning]);
      expect((await lifecycle.read(exchange, GUID, created))?.outputs.warnings).to.deep.equal([warning]);
      expect(writes(session)).to.deep.equal([]);
    });

    it("goes over to the one in use where its own was disabled beside it, and enables none", async () => {
      const { session, exchange } = organisation({ "Get-AuthServer": listed(leftover, server()) });
      const olds = { ...outputs, guid: OTHER_GUID, name: "ACS - old" };
      expect(await lifecycle.update(exchange, olds, inputs)).to.include({ guid: GUID, provenance: "unknown" });
      expect((await lifecycle.read(exchange, OTHER_GUID, olds))?.id).to.equal(GUID);
      expect(writes(session)).to.deep.equal([]);
    });

    it("removes its own alone", async () => {
      const { session, exchange } = organisation({ "Get-AuthServer": listed(leftover, server()) });
      await lifecycle.delete(exchange, outputs);
      expect(writes(session)).to.deep.equal([remove(GUID)]);
    });
  });

  describe("looks again where the answer of New-AuthServer cannot be read", () => {
    it("and has what it made", async () => {
      const { session, exchange } = organisation({ "Get-AuthServer": [listed(), listed(server())] });
      expect(await lifecycle.create(exchange, inputs)).to.deep.equal({ id: GUID, outputs });
      expect(session.cmdlets.slice(-2)).to.deep.equal(["New-AuthServer", "Get-AuthServer"]);
    });

    it("and removes it again where it is another tenant's", async () => {
      const { session, exchange } = organisation({
        "Get-AuthServer": [listed(), listed(server({ Realm: OTHER_TENANT }))],
      });
      await expect(lifecycle.create(exchange, inputs)).to.be.rejectedWith(InvalidInput);
      expect(writes(session).at(-1)).to.deep.equal(remove(GUID));
    });

    it("and says what it got where there is none, or where nobody can look", async () => {
      const unread = new TimedOut({ doing: "a", answer: "b", next: "c", outcomeUnknown: false });
      for (const second of [listed(), unread]) {
        const { exchange } = organisation({ "Get-AuthServer": [listed(), second] });
        const error: Error = await expect(lifecycle.create(exchange, inputs)).to.be.rejectedWith(Error);
        expect(error.message).to.equal(
          `Failed while creating the auth server "MicrosoftSts" from ${URL}: New-AuthServer returned no object. Run ` +
            "`pulumi up` again: it looks for the server before it creates one.",
        );
      }
    });
  });

  it("keeps one of another tenant in the state, half made, where it cannot be removed again", async () => {
    const { exchange } = organisation({
      "Get-AuthServer": listed(),
      "New-AuthServer": { output: [server({ Realm: OTHER_TENANT })] },
      "Remove-AuthServer": failure("TaskException", "NotSpecified", "RemoveAuthServer"),
    });
    const error: HalfMade = await expect(lifecycle.create(exchange, inputs)).to.be.rejectedWith(HalfMade);
    expect(error.reasons).to.deep.equal([
      `Failed while creating the auth server "MicrosoftSts" from ${URL}: the metadata belongs to the ` +
        `tenant ${OTHER_TENANT}, but \`tenantId\` is ${TENANT}; removing the server again failed: Exchange ` +
        "answered “Es geht nicht.” (TaskException). Correct `tenantId`, `tenantDomain` or `authMetadataUrl`.",
    ]);
    expect(error.outputs).to.deep.include({
      guid: GUID,
      tenantId: OTHER_TENANT,
      provenance: "here",
      repair: ["of another tenant"],
    });
  });

  describe("keeps the former values of one it adopts", () => {
    const present = server({ Enabled: false });
    const noted = { adopted: { Enabled: false }, written: { Enabled: true } };
    const half = { ...outputs, enabled: false, provenance: "found", ...noted };
    const timedOut = new TimedOut({ doing: "a", answer: "b", next: "c", outcomeUnknown: true });

    it("where nobody knows whether the new ones were written", async () => {
      const { exchange } = organisation({ "Get-AuthServer": listed(present), "Set-AuthServer": timedOut });
      const error: HalfMade = await expect(lifecycle.create(exchange, inputs)).to.be.rejectedWith(HalfMade);
      expect({ ...error }).to.deep.include({
        id: GUID,
        outputs: { ...half, repair: ["whether Enabled is set is not known"] },
        reasons: [timedOut.message],
      });
    });

    it("where the new ones were written and cannot be read", async () => {
      const unread = new TimedOut({ doing: "a", answer: "b", next: "c", outcomeUnknown: false });
      const { exchange } = organisation({ "Get-AuthServer": [listed(present), unread] });
      const error: HalfMade = await expect(lifecycle.create(exchange, inputs)).to.be.rejectedWith(HalfMade);
      expect(error.outputs).to.deep.include(noted);
    });

    it("but makes nothing of a refusal: nothing was written", async () => {
      const { exchange } = organisation({
        "Get-AuthServer": listed(present),
        "Set-AuthServer": failure("TaskException", "InvalidData", "SetAuthServer"),
      });
      await expect(lifecycle.create(exchange, inputs)).to.be.rejectedWith(InvalidInput);
    });
  });

  describe("updates", () => {
    it("what differs, of one made here, without noting anything", async () => {
      const { session, exchange } = organisation({
        "Get-AuthServer": [listed(server({ Enabled: false })), listed(server())],
      });
      expect(stored(await lifecycle.update(exchange, { ...outputs, enabled: false }, inputs))).to.deep.equal(outputs);
      expect(writes(session)).to.deep.equal([set({ Enabled: true })]);
    });

    it("what differs, of one that was found: the earliest note stays, and what we wrote last is kept", async () => {
      const { exchange } = organisation({
        "Get-AuthServer": [listed(server({ Enabled: false, AuthMetadataUrl: FORMER_URL })), listed(server())],
      });
      const olds = {
        ...outputs,
        provenance: "found" as const,
        adopted: { AuthMetadataUrl: "https://first.example" },
        written: { AuthMetadataUrl: "https://second.example" },
      };
      expect(await lifecycle.update(exchange, olds, inputs)).to.deep.include({
        adopted: { AuthMetadataUrl: "https://first.example", Enabled: false },
        written: { AuthMetadataUrl: URL, Enabled: true },
      });
    });

    it("nothing where somebody has set what is wanted now, which does not become ours", async () => {
      const { session, exchange } = organisation({ "Get-AuthServer": listed(server()) });
      const noted = {
        adopted: { AuthMetadataUrl: FORMER_URL },
        written: { AuthMetadataUrl: "https://second.example" },
      };
      const updated = await lifecycle.update(exchange, { ...outputs, provenance: "found", ...noted }, inputs);
      expect(updated).to.deep.include(noted);
      expect(writes(session)).to.deep.equal([]);
    });

    it("nothing where all is as wanted", async () => {
      const { session, exchange } = organisation({ "Get-AuthServer": listed(server()) });
      expect(stored(await lifecycle.update(exchange, { ...outputs, repair: ["x"] }, inputs))).to.deep.equal(outputs);
      expect(writes(session)).to.deep.equal([]);
    });

    it("by making it again where it is gone", async () => {
      const { exchange } = organisation({
        "Get-AuthServer": listed(),
        "New-AuthServer": { output: [server({ Guid: OTHER_GUID })] },
      });
      const updated = await lifecycle.update(exchange, outputs, inputs);
      expect(updated).to.deep.equal({ ...outputs, guid: OTHER_GUID });
    });

    it("by adopting another one that has taken its place in the realm, which we did not make", async () => {
      const { session, exchange } = organisation({
        "Get-AuthServer": listed(server({ Guid: OTHER_GUID, Name: "ACS - 2", Enabled: false })),
      });
      expect(await lifecycle.update(exchange, outputs, inputs)).to.deep.include({
        provenance: "found",
        guid: OTHER_GUID,
        adopted: { Enabled: false },
        written: { Enabled: true },
      });
      expect(session.cmdlets).not.to.include("New-AuthServer");
    });

    it("nothing in another organisation", async () => {
      const { session, exchange } = organisation({ "Get-AuthServer": listed(server({ Enabled: false })) });
      await expect(lifecycle.update(exchange, { ...outputs, organizationId: "other" }, inputs)).to.be.rejectedWith(
        WrongOrganization,
      );
      expect(session.cmdlets).to.deep.equal(["Get-AuthConfig"]);
    });
  });

  it("asks with the resource's own domain controller and time limit", async () => {
    const { session, exchange } = organisation({ "Get-AuthServer": listed(server()) });
    await lifecycle.create(exchange, { ...inputs, domainController: "dc1.contoso.example", timeoutSeconds: 5 });
    const own = { parameters: { DomainController: "dc1.contoso.example" }, timeoutSeconds: 5 };
    expect(session.calls).to.deep.equal([
      { cmdlet: "Get-AuthConfig", ...own },
      { cmdlet: "Get-AuthServer", ...own },
    ]);
  });
});
