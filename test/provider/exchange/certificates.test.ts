import { createHash } from "node:crypto";
import { expect } from "chai";
import {
  CommandNotAvailable,
  InvalidInput,
  ProtocolError,
  ServerUnreachable,
  Unreachable,
} from "../../../provider/errors";
import {
  copyCertificate,
  getCertificates,
  newCertificate,
  removeCertificate,
} from "../../../provider/exchange/certificates";
import { ExchangeClient } from "../../../provider/exchange/client";
import { type Properties, Secret } from "../../../provider/powershell/protocol";
import { parseCertificate } from "../../../provider/x509/certificate";
import { certificateDer } from "../x509/certificate-der";
import { failure, object, RecordingSession } from "./recording-session";

const HOLDERS = ["MBX1", "MBX4"].map((name) => ({ name, fqdn: `${name.toLowerCase()}.contoso.example` }));
const DONE = { refusals: [], failures: [] };
const IDENTIFIER = "8BC41C46141D18A6F600E047F6D9ED17";
const client = (session: RecordingSession) => new ExchangeClient(session, { timeoutSeconds: 300 }, {});

describe("certificates", () => {
  const der = certificateDer({ subjectKeyIdentifier: IDENTIFIER });
  const { thumbprint } = parseCertificate(der);
  const stored = { ...parseCertificate(der), privateKey: "unknown", exportable: "unknown" };

  describe("of one server", () => {
    const listed = async (...output: Properties[]) => {
      const session = new RecordingSession({ "Get-ExchangeCertificate": { output } });
      return { session, ...(await getCertificates(client(session), "MBX2")) };
    };

    it("are asked of that server: without -Server, Exchange asks the session's own", async () => {
      const { session, certificates } = await listed(object({ RawData: der }));
      expect(certificates).to.deep.equal([stored]);
      expect(session.calls).to.deep.equal([
        { cmdlet: "Get-ExchangeCertificate", parameters: { Server: "MBX2" }, timeoutSeconds: 300 },
      ]);
    });

    const keys: { what: string; properties: Record<string, boolean | null>; privateKey: string; exportable: string }[] =
      [
        { what: "unknown where nothing of it travels", properties: {}, privateKey: "unknown", exportable: "unknown" },
        {
          what: "unknown where null travels",
          properties: { HasPrivateKey: null, PrivateKeyExportable: null },
          privateKey: "unknown",
          exportable: "unknown",
        },
        {
          what: "there and exportable",
          properties: { HasPrivateKey: true, PrivateKeyExportable: true },
          privateKey: "yes",
          exportable: "yes",
        },
        {
          what: "not there",
          properties: { HasPrivateKey: false, PrivateKeyExportable: false },
          privateKey: "no",
          exportable: "no",
        },
      ];
    for (const { what, properties, privateKey, exportable } of keys) {
      it(`have a key that is ${what}`, async () => {
        const { certificates } = await listed(object({ RawData: der, ...properties }));
        expect(certificates[0]).to.include({ privateKey, exportable });
      });
    }

    it("are what can be read: other entries are told by their thumbprints, as far as these can be seen", async () => {
      const foreign = Buffer.from("300a0c08612073747261", "hex");
      const whole = Buffer.concat([foreign, Buffer.from("6e67", "hex")]);
      const list = await listed(
        object({}),
        object({ RawData: null, Thumbprint: `\u200e${thumbprint.toLowerCase()}` }),
        object({ RawData: null, Thumbprint: "not shown" }),
        object({ RawData: der.toString("base64") }),
        object({ RawData: foreign }),
        object({ RawData: whole }),
        object({ RawData: der.subarray(0, -1) }),
        object({ RawData: Buffer.alloc(0) }),
        object({ RawData: der }),
      );
      expect(list.certificates).to.deep.equal([stored]);
      const named = createHash("sha1").update(whole).digest("hex").toUpperCase();
      expect(list.unreadable).to.deep.equal(["", thumbprint, "", "", "", named, "", ""]);
    });

    it("are read from RawData alone, whatever the other properties say", async () => {
      const { certificates } = await listed(
        object({ RawData: der, Thumbprint: "", Subject: "CN=x", PublicKeySize: 1 }),
      );
      expect(certificates).to.deep.equal([stored]);
    });

    it("are not an empty list where the server could not be asked", async () => {
      const session = new RecordingSession({
        "Get-ExchangeCertificate": failure("RpcClientException", "ResourceUnavailable", "GetExchangeCertificate"),
      });
      const error: ServerUnreachable = await expect(getCertificates(client(session), "MBX2")).to.be.rejectedWith(
        ServerUnreachable,
      );
      expect(error.message).to.equal(
        "Failed while listing the certificates of server MBX2: Exchange answered “Es geht nicht.” (RpcClientException). " +
          "Make sure that the server is up and can be reached from the Exchange server, then try again.",
      );
    });
  });

  describe("being made", () => {
    const request = {
      domainName: "contoso.example",
      subjectName: "CN=Microsoft Exchange Server Auth Certificate",
      friendlyName: "Exchange S2S OAuth",
      keySize: 2048,
      subjectKeyIdentifier: IDENTIFIER,
    };

    it("are for Federation alone and never forced, so that the default SMTP certificate stays", async () => {
      const session = new RecordingSession({ "New-ExchangeCertificate": { output: [object({ RawData: der })] } });
      expect(await newCertificate(client(session), "MBX1", request)).to.deep.equal(stored);
      expect(session.calls).to.deep.equal([
        {
          cmdlet: "New-ExchangeCertificate",
          parameters: {
            FriendlyName: "Exchange S2S OAuth",
            SubjectName: "CN=Microsoft Exchange Server Auth Certificate",
            DomainName: ["contoso.example"],
            Services: "Federation",
            KeySize: 2048,
            PrivateKeyExportable: true,
            SubjectKeyIdentifier: IDENTIFIER,
            Server: "MBX1",
            Confirm: false,
          },
          timeoutSeconds: 300,
        },
      ]);
    });

    it("may be there where the answer holds none", async () => {
      const session = new RecordingSession({ "New-ExchangeCertificate": { output: [object({ Thumbprint: "" })] } });
      const error: ProtocolError = await expect(newCertificate(client(session), "MBX1", request)).to.be.rejectedWith(
        ProtocolError,
      );
      expect(error.outcomeUnknown).to.equal(true);
      expect(error.message).to.equal(
        `Failed while creating the certificate with SubjectKeyIdentifier ${IDENTIFIER} on server MBX1: New-ExchangeCertificate returned no certificate. ` +
          "Run `pulumi up` again: it looks for the certificate before it creates one.",
      );
    });
  });

  describe("being copied", () => {
    const file = Buffer.from("PKCS#12");
    const copying = (answers: ConstructorParameters<typeof RecordingSession>[0]) =>
      new RecordingSession({
        "Export-ExchangeCertificate": { output: [object({ FileData: file })] },
        "Import-ExchangeCertificate": {},
        ...answers,
      });
    const secretIn = ({ Password }: Properties): Secret => {
      if (Password instanceof Secret) return Password;
      throw new Error("the password is no Secret");
    };

    it("are exported from one server and imported on each other one, with a key that may be exported again", async () => {
      const session = copying({});
      expect(await copyCertificate(client(session), thumbprint, HOLDERS, ["MBX2", "MBX3"])).to.deep.equal(DONE);
      const Password = secretIn(session.calls[0]?.parameters ?? {});
      const imported = (Server: string) => ({
        cmdlet: "Import-ExchangeCertificate",
        parameters: { FileData: file, Password, PrivateKeyExportable: true, Server, Confirm: false },
        timeoutSeconds: 300,
      });
      expect(session.calls).to.deep.equal([
        {
          cmdlet: "Export-ExchangeCertificate",
          parameters: { Thumbprint: thumbprint, BinaryEncoded: true, Password, Server: "MBX1", Confirm: false },
          timeoutSeconds: 300,
        },
        imported("MBX2"),
        imported("MBX3"),
      ]);
      for (const { parameters } of session.calls) expect(secretIn(parameters).reveal()).to.equal(Password.reveal());
    });

    it("travel under a password of 32 random bytes, another one each time", async () => {
      const session = copying({});
      await copyCertificate(client(session), thumbprint, HOLDERS, ["MBX2"]);
      await copyCertificate(client(session), thumbprint, HOLDERS, ["MBX2"]);
      const [one, other] = session.parametersOf("Export-ExchangeCertificate").map((call) => secretIn(call).reveal());
      expect(Buffer.from(one ?? "", "base64")).to.have.length(32);
      expect(Buffer.from(other ?? "", "base64")).to.have.length(32);
      expect(one).not.to.equal(other);
    });

    const REFUSED = failure("InvalidOperationException", "InvalidOperation", "ExportExchangeCertificate");
    const elsewhere = failure("NotOnServerException", "InvalidOperation", "X");
    const refusals: [string, ReturnType<typeof failure>][] = [
      ["a key that may not leave", REFUSED],
      [
        "a certificate that AuthConfig names, since October 2025",
        failure("TaskException", "InvalidArgument", "ExportExchangeCertificate"),
      ],
    ];
    for (const [what, answer] of refusals) {
      it(`are not copied where Exchange refuses to export ${what}, and our shell is on none of the servers`, async () => {
        const session = copying({ "Export-ExchangeCertificate": answer, "Export-MachineCertificate": elsewhere });
        const { refusals } = await copyCertificate(client(session), thumbprint, HOLDERS, ["MBX2"]);
        expect(refusals.map(({ server, error }) => [server, error.name])).to.deep.equal([
          ["MBX1", "InvalidInput"],
          ["MBX4", "InvalidInput"],
        ]);
        expect(session.cmdlets).to.deep.equal([
          "Export-ExchangeCertificate",
          "Export-ExchangeCertificate",
          "Export-MachineCertificate",
          "Export-MachineCertificate",
        ]);
      });

      it(`come from the store of the server that our shell is on where Exchange refuses to export ${what}`, async () => {
        const session = copying({
          "Export-ExchangeCertificate": answer,
          "Export-MachineCertificate": ({ Server }) =>
            Server === "mbx4.contoso.example" ? { output: [object({ FileData: file })] } : elsewhere,
        });
        expect(await copyCertificate(client(session), thumbprint, HOLDERS, ["MBX2"])).to.deep.equal(DONE);
        const { Password, ...imported } = session.parametersOf("Import-ExchangeCertificate")[0] ?? {};
        expect(imported).to.deep.equal({ FileData: file, PrivateKeyExportable: true, Server: "MBX2", Confirm: false });
        const [, exporting] = session.parametersOf("Export-MachineCertificate");
        expect(exporting).to.deep.equal({ Server: "mbx4.contoso.example", Thumbprint: thumbprint, Password });
      });
    }

    const stores: { what: string; answer: Partial<ReturnType<typeof failure>>; name: string }[] = [
      {
        what: "has no such certificate",
        answer: failure("CertificateNotFoundException", "ObjectNotFound", "X"),
        name: "NotFound",
      },
      {
        what: "may not be read by us",
        answer: failure("UnauthorizedAccessException", "PermissionDenied", "X"),
        name: "Unauthorised",
      },
      {
        what: "does not let the key out either",
        answer: failure("Exception", "InvalidArgument", "X"),
        name: "InvalidInput",
      },
      { what: "fails in another way", answer: failure("TaskException", "NotSpecified", "X"), name: "CmdletFailed" },
    ];
    for (const { what, answer, name } of stores) {
      it(`are not copied where that server's store ${what}, and its answer is kept beside Exchange's`, async () => {
        const session = copying({
          "Export-ExchangeCertificate": REFUSED,
          "Export-MachineCertificate": ({ Server }) => (Server === "mbx4.contoso.example" ? answer : elsewhere),
        });
        const { refusals } = await copyCertificate(client(session), thumbprint, HOLDERS, ["MBX2"]);
        expect(refusals.map(({ server, error }) => [server, error.name])).to.deep.equal([
          ["MBX1", "InvalidInput"],
          ["MBX4", "InvalidInput"],
          ["MBX4", name],
        ]);
      });
    }

    it("are not had without a server that holds them", async () => {
      const session = copying({});
      expect(await copyCertificate(client(session), thumbprint, [], ["MBX2"])).to.deep.equal(DONE);
      expect(session.calls).to.deep.equal([]);
    });

    const passing: [string, ReturnType<typeof failure>][] = [
      ["fails for a reason that nothing names", failure("TaskException", "NotSpecified", "X")],
      ["is refused", REFUSED],
      ["cannot be asked", failure("RpcClientException", "ResourceUnavailable", "ExportExchangeCertificate")],
    ];
    for (const [what, answer] of passing) {
      it(`come from the next server that holds them where the first one's export ${what}`, async () => {
        const session = copying({ "Export-ExchangeCertificate": [answer, { output: [object({ FileData: file })] }] });
        expect(await copyCertificate(client(session), thumbprint, HOLDERS, ["MBX2"])).to.deep.equal(DONE);
        expect(session.parametersOf("Export-ExchangeCertificate").map(({ Server }) => Server)).to.deep.equal([
          "MBX1",
          "MBX4",
        ]);
      });
    }

    const ofAll: { what: string; answer: ReturnType<typeof failure>; kind: new (...details: never[]) => Error }[] = [
      {
        what: "the role hides a parameter",
        answer: failure("ParameterBindingException", "InvalidArgument", "X"),
        kind: CommandNotAvailable,
      },
      {
        what: "no domain controller answers",
        answer: failure("NoSuitableServerFoundException", "NotSpecified", "X"),
        kind: Unreachable,
      },
    ];
    for (const { what, answer, kind } of ofAll) {
      it(`stop at once where ${what}: that is no server's state`, async () => {
        const errors = answer.errors?.map((record) =>
          record.reason === "ParameterBindingException"
            ? { ...record, fullyQualifiedErrorId: "NamedParameterNotFound,Export-ExchangeCertificate" }
            : record,
        );
        const session = copying({ "Export-ExchangeCertificate": { errors } });
        const error: Error = await expect(
          copyCertificate(client(session), thumbprint, HOLDERS, ["MBX2"]),
        ).to.be.rejectedWith(Error);
        expect(error).to.be.instanceOf(kind).and.not.instanceOf(ServerUnreachable);
        expect(session.cmdlets).to.deep.equal(["Export-ExchangeCertificate"]);
      });
    }

    it("are not taken for refused where the export succeeds and holds no file", async () => {
      const session = copying({ "Export-ExchangeCertificate": { output: [object({ FileData: null })] } });
      const error: ProtocolError = await expect(
        copyCertificate(client(session), thumbprint, HOLDERS, ["MBX2"]),
      ).to.be.rejectedWith(ProtocolError);
      expect(error.outcomeUnknown).to.equal(false);
      expect(error.message).to.equal(
        `Failed while exporting the certificate ${thumbprint} from server MBX1: Export-ExchangeCertificate returned no FileData. ` +
          "Run the cmdlet in the Exchange Management Shell to see what it returns.",
      );
    });

    it("are tried on each server, whatever another one answers", async () => {
      const session = copying({
        "Import-ExchangeCertificate": [failure("LocalizedException", "InvalidOperation", "X"), {}],
      });
      const copies = await copyCertificate(client(session), thumbprint, HOLDERS, ["MBX2", "MBX3"]);
      expect(copies.refusals).to.deep.equal([]);
      expect(copies.failures.map(({ server, error }) => [server, error.answer])).to.deep.equal([
        ["MBX2", "Exchange answered “Es geht nicht.” (LocalizedException)"],
      ]);
      expect(session.parametersOf("Import-ExchangeCertificate").map(({ Server }) => Server)).to.deep.equal([
        "MBX2",
        "MBX3",
      ]);
    });
  });

  it("that Exchange refuses to make say which arguments they were made of, the domain among them", async () => {
    const session = new RecordingSession({
      "New-ExchangeCertificate": failure("TaskException", "InvalidArgument", "NewExchangeCertificate"),
    });
    const request = { domainName: "müller.example", subjectName: "CN=x", friendlyName: "x", keySize: 2048 };
    const making = newCertificate(client(session), "MBX1", { ...request, subjectKeyIdentifier: IDENTIFIER });
    await expect(making).to.be.rejected.and.eventually.have.property(
      "message",
      `Failed while creating the certificate with SubjectKeyIdentifier ${IDENTIFIER} on server MBX1: ` +
        "Exchange answered “Es geht nicht.” (TaskException). Correct the value that Exchange rejects: " +
        "`domainName` (müller.example; the default is the server's own domain, and a name with non-ASCII " +
        "letters needs its xn-- form), `subjectName`, `friendlyName` or `keySize`.",
    );
  });

  it("are removed from one server, with nobody asked", async () => {
    const session = new RecordingSession({ "Remove-ExchangeCertificate": {} });
    await removeCertificate(client(session), thumbprint, "MBX2");
    expect(session.calls).to.deep.equal([
      {
        cmdlet: "Remove-ExchangeCertificate",
        parameters: { Thumbprint: thumbprint, Server: "MBX2", Confirm: false },
        timeoutSeconds: 300,
      },
    ]);
  });

  it("cannot be removed while they are in use", async () => {
    const session = new RecordingSession({
      "Remove-ExchangeCertificate": failure(
        "InvalidOperationException",
        "InvalidOperation",
        "RemoveExchangeCertificate",
      ),
    });
    const error: InvalidInput = await expect(removeCertificate(client(session), thumbprint, "MBX2")).to.be.rejectedWith(
      InvalidInput,
    );
    expect(error.message).to.equal(
      `Failed while removing the certificate ${thumbprint} from server MBX2: Exchange answered “Es geht nicht.” (InvalidOperationException). Correct the value that Exchange rejects.`,
    );
  });
});
