import { expect } from "chai";
import { AlreadyExists, InvalidInput, NotFound, ProtocolError, ServerUnreachable } from "../../../provider/errors";
import {
  type AuthServer,
  getAuthServers,
  getHybridApplications,
  newAuthServer,
  removeAuthServer,
  setAuthServer,
} from "../../../provider/exchange/auth-servers";
import { ExchangeClient } from "../../../provider/exchange/client";
import type { Value } from "../../../provider/powershell/protocol";
import { failure, object, RecordingSession } from "./recording-session";

const client = (session: RecordingSession) => new ExchangeClient(session, { timeoutSeconds: 300 }, {});
const URL = "https://accounts.accesscontrol.windows.net/metadata/json/1/?realm=contoso.example";

function shown(changes: Record<string, Value> = {}) {
  return object({
    Name: "MicrosoftSts",
    Guid: "AAAAAAAA-0000-0000-0000-000000000001",
    Realm: "11111111-2222-3333-4444-55555555ABCD",
    IssuerIdentifier: "00000001-0000-0000-c000-000000000000",
    TokenIssuingEndpoint: "https://accounts.accesscontrol.windows.net/x/tokens/OAuth/2",
    AuthMetadataUrl: URL,
    Type: "MicrosoftACS",
    Enabled: true,
    ...changes,
  });
}

const server: AuthServer = {
  guid: "aaaaaaaa-0000-0000-0000-000000000001",
  name: "MicrosoftSts",
  realm: "11111111-2222-3333-4444-55555555abcd",
  issuerIdentifier: "00000001-0000-0000-c000-000000000000",
  tokenIssuingEndpoint: "https://accounts.accesscontrol.windows.net/x/tokens/OAuth/2",
  authMetadataUrl: URL,
  enabled: true,
};

describe("auth servers", () => {
  it("are all listed: by an identity that is unknown, Exchange would list them all just the same", async () => {
    const session = new RecordingSession({ "Get-AuthServer": { output: [shown()] } });
    expect(await getAuthServers(client(session))).to.deep.equal([server]);
    expect(session.calls).to.deep.equal([{ cmdlet: "Get-AuthServer", parameters: {}, timeoutSeconds: 300 }]);
  });

  it("are sorted by name, whatever the order of Exchange", async () => {
    const output = ["MicrosoftSts", "ACS - 1", "Fabrikam"].map((Name) => shown({ Name }));
    const servers = await getAuthServers(client(new RecordingSession({ "Get-AuthServer": { output } })));
    expect(servers.map(({ name }) => name)).to.deep.equal(["ACS - 1", "Fabrikam", "MicrosoftSts"]);
  });

  it("are those of the type that New-AuthServer makes: EvoSTS has the tenant's realm and is another thing", async () => {
    const output = [
      shown({ Name: "EvoSTS", Type: "AzureAD" }),
      shown({ Name: "No type", Type: null }),
      shown({ Name: "ADFS", Type: "ADFS" }),
      shown({ Name: "ACS", Type: "microsoftacs" }),
    ];
    const servers = await getAuthServers(client(new RecordingSession({ "Get-AuthServer": { output } })));
    expect(servers.map(({ name }) => name)).to.deep.equal(["ACS"]);
  });

  it("have empty texts where Exchange has none", async () => {
    const output = [shown({ Realm: "", AuthMetadataUrl: null, IssuerIdentifier: "", TokenIssuingEndpoint: null })];
    expect(await getAuthServers(client(new RecordingSession({ "Get-AuthServer": { output } })))).to.deep.equal([
      { ...server, realm: "", issuerIdentifier: "", tokenIssuingEndpoint: "", authMetadataUrl: "" },
    ]);
  });

  for (const name of ["Guid", "Name", "Realm", "AuthMetadataUrl", "Enabled", "Type"]) {
    it(`are not taken for others where ${name} cannot be read`, async () => {
      const output = [shown({ [name]: [] })];
      const error: ProtocolError = await expect(
        getAuthServers(client(new RecordingSession({ "Get-AuthServer": { output } }))),
      ).to.be.rejectedWith(ProtocolError);
      expect(error.message).to.include(`Get-AuthServer shows ${name} as a list`);
    });
  }

  it("name the dedicated hybrid applications, those that are enabled and of Entra ID", async () => {
    const evo = { Type: "AzureAD", ApplicationIdentifier: "AAAAAAAA-0000-0000-0000-00000000000F" };
    const output = [
      shown({ ...evo, Name: "EvoSts" }),
      shown({ ...evo, Name: "Disabled", Enabled: false }),
      shown({ ...evo, Name: "No application", ApplicationIdentifier: "" }),
      shown({ ...evo, Name: "No Entra ID", Type: "MicrosoftACS" }),
      shown({ ...evo, Name: "Unreadable", ApplicationIdentifier: 5 }),
    ];
    const session = new RecordingSession({ "Get-AuthServer": { output } });
    expect(await getHybridApplications(client(session))).to.deep.equal([
      {
        applicationIdentifier: "aaaaaaaa-0000-0000-0000-00000000000f",
        realm: "11111111-2222-3333-4444-55555555abcd",
      },
    ]);
  });

  it("are made from their metadata, without a type, and with nobody asked", async () => {
    const session = new RecordingSession({ "New-AuthServer": { output: [shown()] } });
    expect(await newAuthServer(client(session), "MicrosoftSts", URL, true)).to.deep.equal(server);
    expect(session.calls).to.deep.equal([
      {
        cmdlet: "New-AuthServer",
        parameters: { Name: "MicrosoftSts", AuthMetadataUrl: URL, Enabled: true, Confirm: false },
        timeoutSeconds: 300,
      },
    ]);
  });

  it("may have been made where the answer holds none", async () => {
    const session = new RecordingSession({ "New-AuthServer": {} });
    const error: ProtocolError = await expect(
      newAuthServer(client(session), "MicrosoftSts", URL, true),
    ).to.be.rejectedWith(ProtocolError);
    expect(error.outcomeUnknown).to.equal(true);
    expect(error.message).to.equal(
      `Failed while creating the auth server "MicrosoftSts" from ${URL}: New-AuthServer returned no object. ` +
        "Run `pulumi up` again: it looks for the server before it creates one.",
    );
  });

  it("are refused where one of that name exists", async () => {
    const session = new RecordingSession({
      "New-AuthServer": failure("ADObjectAlreadyExistsException", "NotSpecified", "NewAuthServer"),
    });
    const error: AlreadyExists = await expect(
      newAuthServer(client(session), "MicrosoftSts", URL, true),
    ).to.be.rejectedWith(AlreadyExists);
    expect(error.message).to.equal(
      `Failed while creating the auth server "MicrosoftSts" from ${URL}: Exchange answered “Es geht ` +
        "nicht.” (ADObjectAlreadyExistsException). Find the object that has this name or value, and choose " +
        "another name or value or let that object be adopted.",
    );
  });

  const METADATA_ADVICE =
    "Check that `tenantDomain` (or `authMetadataUrl`) is the tenant's, and that the Exchange server itself can reach " +
    "that address (a web proxy is set by Set-ExchangeServer -InternetWebProxy).";
  const downloads: { verb: string; type: string; call: (session: RecordingSession) => Promise<unknown> }[] = [
    {
      verb: "made",
      type: "NewAuthServer",
      call: (session) => newAuthServer(client(session), "MicrosoftSts", URL, true),
    },
    {
      verb: "set",
      type: "SetAuthServer",
      call: (session) => setAuthServer(client(session), server, { AuthMetadataUrl: URL }),
    },
  ];
  for (const { verb, type, call } of downloads) {
    it(`name the arguments that lead to their metadata where Exchange cannot get it when they are ${verb}`, async () => {
      const answer = failure("AuthMetadataClientException", "ResourceUnavailable", type);
      const error: ServerUnreachable = await expect(
        call(new RecordingSession({ "New-AuthServer": answer, "Set-AuthServer": answer })),
      ).to.be.rejectedWith(ServerUnreachable);
      expect(error.outcomeUnknown).to.equal(true);
      expect(error.message.endsWith(`“Es geht nicht.” (AuthMetadataClientException). ${METADATA_ADVICE}`)).to.equal(
        true,
      );
    });
  }

  it("say nothing of metadata where only Enabled is set", async () => {
    const answer = failure("AuthMetadataClientException", "ResourceUnavailable", "SetAuthServer");
    const session = new RecordingSession({ "Set-AuthServer": answer });
    const error: Error = await expect(setAuthServer(client(session), server, { Enabled: true })).to.be.rejectedWith(
      Error,
    );
    expect(error.message).to.not.contain("tenantDomain");
  });

  const values: [string, Parameters<typeof setAuthServer>[2]][] = [
    ["the URL alone", { AuthMetadataUrl: URL }],
    ["Enabled alone", { Enabled: false }],
    ["both", { AuthMetadataUrl: URL, Enabled: false }],
  ];
  for (const [what, given] of values) {
    it(`are set by their Guid: ${what}`, async () => {
      const session = new RecordingSession({ "Set-AuthServer": {} });
      await setAuthServer(client(session), server, given);
      expect(session.calls).to.deep.equal([
        {
          cmdlet: "Set-AuthServer",
          parameters: { Identity: server.guid, ...given, Confirm: false },
          timeoutSeconds: 300,
        },
      ]);
    });
  }

  it("say what of them could not be set", async () => {
    const session = new RecordingSession({
      "Set-AuthServer": failure("TaskException", "InvalidData", "SetAuthServer"),
    });
    const error: InvalidInput = await expect(
      setAuthServer(client(session), server, { AuthMetadataUrl: URL, Enabled: true }),
    ).to.be.rejectedWith(InvalidInput);
    expect(error.message).to.equal(
      'Failed while setting AuthMetadataUrl and Enabled of the auth server "MicrosoftSts": Exchange answered “Es geht nicht.” (TaskException). Correct the value that Exchange rejects.',
    );
  });

  it("are removed by their Guid, with nobody asked", async () => {
    const session = new RecordingSession({ "Remove-AuthServer": {} });
    await removeAuthServer(client(session), server);
    expect(session.calls).to.deep.equal([
      { cmdlet: "Remove-AuthServer", parameters: { Identity: server.guid, Confirm: false }, timeoutSeconds: 300 },
    ]);
  });

  it("cannot be removed when they are gone", async () => {
    const session = new RecordingSession({
      "Remove-AuthServer": failure("ManagementObjectNotFoundException", "NotSpecified", "RemoveAuthServer"),
    });
    const error: NotFound = await expect(removeAuthServer(client(session), server)).to.be.rejectedWith(NotFound);
    expect(error.message).to.equal(
      'Failed while removing the auth server "MicrosoftSts": Exchange answered “Es geht nicht.” (ManagementObjectNotFoundException). Check that it still exists.',
    );
  });
});
