import { expect } from "chai";
import {
  CmdletFailed,
  CommandNotAvailable,
  InvalidInput,
  NotAllowed,
  NotFound,
  NotOnServer,
  ProtocolError,
  TimedOut,
  Unauthorised,
} from "../../../provider/errors";
import { ExchangeClient } from "../../../provider/exchange/client";
import {
  exportMachineCertificate,
  getExSetupVersion,
  newMachineCertificate,
  restartHealthManager,
} from "../../../provider/exchange/server-commands";
import { Secret } from "../../../provider/powershell/protocol";
import type { Result } from "../../../provider/powershell/session";
import { parseCertificate } from "../../../provider/x509/certificate";
import { certificateDer } from "../x509/certificate-der";
import { object, RecordingSession } from "./recording-session";

const SERVER = "MBX1.corp.contoso.example";
const details = { doing: "a", answer: "b", next: "c" };

function clientOf(answer: ConstructorParameters<typeof RecordingSession>[0]) {
  const session = new RecordingSession(answer);
  return { session, client: new ExchangeClient(session, { timeoutSeconds: 300, domainController: "dc1" }, {}) };
}

describe("the commands of a server", () => {
  it("restart its health manager, named by its full name and nothing else", async () => {
    const { session, client } = clientOf({ "Restart-HealthManager": {} });
    await restartHealthManager(client, SERVER);
    expect(session.parametersOf("Restart-HealthManager")).to.deep.equal([{ Server: SERVER }]);
  });

  it("read its true build", async () => {
    const output = [object({ FileVersion: "15.02.2562.041" })];
    const { client } = clientOf({ "Get-ExSetupVersion": { output } });
    expect(await getExSetupVersion(client, SERVER)).to.deep.equal([15, 2, 2562, 41]);
  });

  describe("of its machine store", () => {
    const THUMBPRINT = "8DB7A63D7FC222BDC999AA90B9B9D9F5E8C18018";
    const password = new Secret("a random one");
    const refusal = (id: string, category: string): Partial<Result> => ({
      errors: [
        { reason: "Exception", category, fullyQualifiedErrorId: id, target: THUMBPRINT, message: "It does not go." },
      ],
    });
    const exported = (answer: Partial<Result> | Error) => {
      const { client, session } = clientOf({ "Export-MachineCertificate": answer });
      return { session, file: exportMachineCertificate(client, SERVER, THUMBPRINT, password) };
    };

    it("export a certificate with its key, under a password that is a secret", async () => {
      const { session, file } = exported({ output: [object({ FileData: Buffer.from("file") })] });
      expect(await file).to.deep.equal(Buffer.from("file"));
      expect(session.parametersOf("Export-MachineCertificate")).to.deep.equal([
        { Server: SERVER, Thumbprint: THUMBPRINT, Password: password },
      ]);
    });

    for (const id of ["PrivateKeyNotExportable", "PrivateKeyMissing"]) {
      it(`give no file for a key that may not leave, or is not there: ${id}`, async () => {
        await expect(exported(refusal(id, "InvalidArgument")).file).to.be.rejectedWith(InvalidInput);
      });
    }

    it("tell a certificate that is not there from a key that may not leave", async () => {
      await expect(exported(refusal("CertificateNotFoundException", "ObjectNotFound")).file).to.be.rejectedWith(
        NotFound,
      );
    });

    it("know nothing of the key where no file comes", async () => {
      await expect(exported({}).file).to.be.rejectedWith(ProtocolError);
    });

    it("are not on the server where the far end has none of them", async () => {
      await expect(exported(new NotAllowed(details)).file).to.be.rejectedWith(NotOnServer);
    });
  });

  describe("that make a certificate of a chosen lifetime", () => {
    const request = {
      domainName: "contoso.example",
      subjectName: "CN=Microsoft Exchange Server Auth Certificate",
      friendlyName: "Exchange S2S OAuth",
      keySize: 2048,
      subjectKeyIdentifier: "8BC41C46141D18A6F600E047F6D9ED17",
      lifetimeDays: 180,
    };
    const DOING = `creating the certificate with SubjectKeyIdentifier ${request.subjectKeyIdentifier} in the machine store of ${SERVER}`;
    const made = (answer: Partial<Result> | Error) => {
      const { client, session } = clientOf({ "New-MachineCertificate": answer });
      return { session, certificate: newMachineCertificate(client, SERVER, request) };
    };

    it("say all that it shall be, and read it from RawData", async () => {
      const der = certificateDer({ subjectKeyIdentifier: request.subjectKeyIdentifier });
      const { session, certificate } = made({ output: [object({ RawData: der })] });
      expect(await certificate).to.deep.equal({
        ...parseCertificate(der),
        privateKey: "unknown",
        exportable: "unknown",
      });
      expect(session.parametersOf("New-MachineCertificate")).to.deep.equal([
        {
          Server: SERVER,
          SubjectName: request.subjectName,
          DomainName: ["contoso.example"],
          FriendlyName: request.friendlyName,
          KeySize: 2048,
          SubjectKeyIdentifier: request.subjectKeyIdentifier,
          LifetimeDays: 180,
        },
      ]);
    });

    it("say which arguments a refused one was made of", async () => {
      const record = {
        reason: "CryptographicException",
        category: "InvalidArgument",
        fullyQualifiedErrorId: "CertificateRequestRefused",
        target: "",
        message: "Es geht nicht.",
      };
      const error: InvalidInput = await expect(made({ errors: [record] }).certificate).to.be.rejectedWith(InvalidInput);
      expect(error.message).to.equal(
        `Failed while ${DOING}: Exchange answered “Es geht nicht.” (CryptographicException). Correct the value that Exchange rejects: ` +
          "`domainName` (contoso.example; the default is the server's own domain, and a name with non-ASCII letters needs " +
          "its xn-- form), `subjectName`, `friendlyName` or `keySize`.",
      );
    });

    it("do not know whether one was made where none is returned", async () => {
      const error: ProtocolError = await expect(made({}).certificate).to.be.rejectedWith(ProtocolError);
      expect([error.message, error.outcomeUnknown]).to.deep.equal([
        `Failed while ${DOING}: New-MachineCertificate returned no certificate. ` +
          "Run `pulumi up` again: it looks for the certificate before it creates one.",
        true,
      ]);
    });

    it("are not on the server where the far end has none of them", async () => {
      const error: NotOnServer = await expect(made(new NotAllowed(details)).certificate).to.be.rejectedWith(
        NotOnServer,
      );
      expect(error.message).to.equal(
        `Failed while ${DOING}: this session has no shell on ${SERVER}. Connect to that server itself: set ` +
          "`exchange:connection` to ssh and `exchange:sshDestination` to that server, or run Pulumi on it.",
      );
    });
  });

  it("know no build of a file without a version", async () => {
    const { client } = clientOf({ "Get-ExSetupVersion": { output: [object({ FileVersion: null })] } });
    expect(await getExSetupVersion(client, SERVER)).to.equal(undefined);
  });

  const away = [
    ["answers that it is on another server", new NotOnServer(details)],
    ["has no such command", new CommandNotAvailable(details)],
    ["does not allow the command", new NotAllowed(details)],
  ] as const;
  for (const [title, error] of away) {
    it(`are not on the server where the far end ${title}`, async () => {
      const { client } = clientOf({ "Restart-HealthManager": error, "Get-ExSetupVersion": error });
      await expect(restartHealthManager(client, SERVER)).to.be.rejectedWith(NotOnServer);
      expect(await getExSetupVersion(client, SERVER)).to.equal(undefined);
    });
  }

  it("say how to get to the server", async () => {
    const { client } = clientOf({ "Restart-HealthManager": new CommandNotAvailable(details) });
    const error: Error = await expect(restartHealthManager(client, SERVER)).to.be.rejectedWith(Error);
    expect(error.message).to.equal(
      "Failed while restarting the service MSExchangeHM of MBX1.corp.contoso.example: this session has no " +
        "shell on MBX1.corp.contoso.example. Connect to that server itself: set `exchange:connection` to ssh " +
        "and `exchange:sshDestination` to that server, or run Pulumi on it.",
    );
  });

  const unreadable = [
    new NotFound(details),
    new Unauthorised(details),
    new InvalidInput(details),
    new CmdletFailed(details),
  ];
  for (const error of unreadable) {
    it(`know no build of a file that cannot be read: ${error.name}`, async () => {
      const { client } = clientOf({ "Restart-HealthManager": error, "Get-ExSetupVersion": error });
      expect(await getExSetupVersion(client, SERVER)).to.equal(undefined);
      await expect(restartHealthManager(client, SERVER)).to.be.rejectedWith(error);
    });
  }

  it("fail as they are where something else is wrong", async () => {
    const error = new TimedOut({ ...details, outcomeUnknown: false });
    const { client } = clientOf({ "Restart-HealthManager": error, "Get-ExSetupVersion": error });
    await expect(restartHealthManager(client, SERVER)).to.be.rejectedWith(error);
    await expect(getExSetupVersion(client, SERVER)).to.be.rejectedWith(error);
  });
});
