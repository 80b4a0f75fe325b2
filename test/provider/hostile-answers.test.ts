import type { dynamic } from "@pulumi/pulumi";
import { expect } from "chai";
import { Defect, ExchangeError } from "../../provider/errors";
import type { Properties, Value } from "../../provider/powershell/protocol";
import type { Session } from "../../provider/powershell/session";
import { HalfMade } from "../../provider/resources/half-made";
import { parseCertificate } from "../../provider/x509/certificate";
import { configure, type FreshProvider, freshProvider } from "./fresh-provider";
import { certificateDer } from "./x509/certificate-der";

const SEED = 20261128;
const ROUNDS = 200;

const ID = "00000000-0000-0000-0000-000000000000";
const TENANT = "11111111-1111-1111-1111-111111111111";
const CERTIFICATE = certificateDer();
const { thumbprint: THUMBPRINT } = parseCertificate(CERTIFICATE);

/** Properties of Exchange's objects as they should be, nearly all in one; each answer has some of them wrong. */
const RIGHT: Properties = {
  Name: "MicrosoftSts",
  Guid: ID,
  Realm: TENANT,
  Enabled: true,
  AuthMetadataUrl: "https://login.example/metadata",
  CurrentCertificateThumbprint: THUMBPRINT,
  PreviousCertificateThumbprint: null,
  NextCertificateThumbprint: null,
  WhenChangedUTC: new Date("2026-11-01T12:00:00Z"),
  Thumbprint: THUMBPRINT,
  OriginatingServer: "dc1.contoso.example",
  ServerRole: "Mailbox",
  AdminDisplayVersion: "Version 15.2 (Build 986.5)",
  Fqdn: "mbx1.contoso.example",
  Type: "MicrosoftACS",
  ApplicationIdentifier: "00000002-0000-0ff1-ce00-000000000000",
  RawData: CERTIFICATE,
  FileData: Buffer.from("no file"),
  HasPrivateKey: true,
  Organization: "contoso.example",
  Uri: "https://outlook.example/PushNotifications",
  Server: "MBX1",
  ResultType: "Succeeded",
  IsEdgeServer: false,
  IsMailboxServer: true,
  Domain: "contoso.example",
  PrivateKeyExportable: true,
  IssuerIdentifier: "00000001-0000-0000-c000-000000000000",
  TokenIssuingEndpoint: "https://login.example/tokens",
  FileVersion: "15.02.0986.005",
  Error: "",
  Exception: "",
};

/** Those that are other ones in the answer of one cmdlet. */
const RIGHT_OF: Record<string, Properties> = {
  "Get-PartnerApplication": { Realm: null },
  "Get-ExchangeServer": { Name: "MBX1" },
};

const WRONG: Value[] = [
  null,
  0,
  -1,
  2 ** 53 - 1,
  true,
  "",
  "toString",
  "__proto__",
  "NaN",
  "\ud83d",
  "9".repeat(400),
  new Date("9999-12-31T23:59:59Z"),
  new Date("0001-01-01T00:00:00Z"),
  Buffer.alloc(0),
  [],
  [null],
  [[["x"]]],
  Object.assign(Object.create(null), { toString: "x", Major: -1 }),
];

/** Checked arguments of each kind: one that is added to the package does not compile here before it has some. */
const INPUTS: Record<keyof FreshProvider["handlers"], object> = {
  OAuthCertificate: { keySize: 2048, subjectName: "CN=Exchange", friendlyName: "Exchange" },
  OAuthCertificateHold: { generation: 2, thumbprint: THUMBPRINT, keyCredentialId: "1" },
  OAuthCertificateRollover: {
    generation: 2,
    thumbprint: THUMBPRINT,
    formerThumbprint: "B".repeat(40),
    keyCredentialId: "1",
    effectiveInDays: 30,
  },
  ExchangeAuthServer: {
    tenantId: TENANT,
    authMetadataUrl: "https://login.example/metadata",
    enabled: true,
    name: "MicrosoftSts",
  },
  PushNotificationProxy: { organization: "contoso.example", uri: "https://outlook.example/PushNotifications" },
  PartnerApplication: { applicationIdentifier: "00000002-0000-0ff1-ce00-000000000000", enabled: true },
  ExchangePrerequisites: { minimumBuild: "15.0.775.38", ignoreServers: [] },
  // A probe that is not known yet is run again for as long as one call may take.
  PushNotificationProbe: { server: "MBX1", restartHealthService: false, required: false, timeoutSeconds: 1 },
};

/**
 * A session whose answers are partly wrong, by a sequence that is the same in every run.
 * @param missed takes the properties that were read and that no right answer has
 */
function hostileSession(missed: Set<string>): Session {
  let state = SEED;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const one = <T>(list: T[]) => list[Math.floor(random() * list.length)] as T;
  const object = (cmdlet: string) => {
    const entries = Object.entries({ ...RIGHT, ...RIGHT_OF[cmdlet] }).map(([name, right]) => [
      name,
      random() < 0.93 ? right : one(WRONG),
    ]);
    const shown = Object.assign(Object.create(null), Object.fromEntries(entries.filter(() => random() < 0.98)));
    return new Proxy(shown, {
      get: (properties, name) => {
        if (typeof name === "string" && !Object.hasOwn(RIGHT, name)) missed.add(`${cmdlet} ${name}`);
        return properties[name];
      },
    });
  };
  const name = () => one(["toString", "constructor", "__proto__", "TaskException", "InvalidOperationException"]);
  return {
    invoke: async (cmdlet) => ({
      output: random() < 0.03 ? [one(WRONG)] : Array.from({ length: one([0, 1, 1, 1, 2]) }, () => object(cmdlet)),
      warnings: [],
      errors:
        random() < 0.06
          ? [{ reason: name(), category: name(), fullyQualifiedErrorId: name(), target: "", message: "" }]
          : [],
      now: one([new Date(), new Date("9999-12-31T23:59:59Z"), new Date("0001-01-01T00:00:00Z")]),
    }),
    close: async () => undefined,
    busy: false,
  };
}

describe(`answers that are partly wrong (seed ${SEED})`, () => {
  let provider: FreshProvider;
  let { log } = console;
  const missed = new Set<string>();
  before(() => {
    provider = freshProvider(hostileSession(missed));
    log = console.log;
    console.log = () => undefined;
  });
  after(() => {
    console.log = log;
  });

  for (const [kind, inputs] of Object.entries(INPUTS)) {
    it(`end each operation of ${kind} well, half made, or in an error of ours that is no defect`, async () => {
      const handlers = provider.handlers as unknown as Record<string, dynamic.ResourceProvider<object, object>>;
      const handler = handlers[kind] as dynamic.ResourceProvider<object, object>;
      const olds = {
        ...{ organizationId: ID, schemaVersion: 1, provenance: "here", repair: [], warnings: [], servers: [] },
        ...{ guid: ID, thumbprint: THUMBPRINT, formerThumbprint: "", notAfter: "2030-01-01T00:00:00Z" },
        resultType: "Succeeded",
        ...inputs,
      };
      await configure(handler);
      missed.clear();
      const operations = {
        create: () => handler.create(inputs),
        read: () => handler.read?.(ID, olds),
        update: () => handler.update?.(ID, olds, inputs),
        delete: () => handler.delete?.(ID, olds),
      };
      const endedWell = new Set<string>();
      for (let round = 0; round < ROUNDS; round += 1) {
        for (const [name, operation] of Object.entries(operations)) {
          try {
            await operation();
            endedWell.add(name);
          } catch (error) {
            const isOurs = error instanceof ExchangeError || error instanceof HalfMade;
            if (!isOurs || error instanceof Defect) expect.fail(String((error as Error).stack));
          }
        }
      }
      expect([...missed], "what is read of an answer, and missing in RIGHT").to.deep.equal([]);
      expect([...endedWell].sort()).to.deep.equal(["create", "delete", "read", "update"]);
    });
  }
});
