import path from "node:path";
import { EXCHANGE_ONLINE } from "../../../sandbox/entra";
import type { State } from "../../../sandbox/exchange";
import type { Kind } from "./built-provider";

/** The tenant that the sandbox's metadata is of. */
export const TENANT = "6f1c0b7e-93d4-4a58-8c2e-7d5b1f0a4e63";

/** One call of Pulumi's to one handler, in an organisation of a scenario. */
export interface Operation {
  kind: Kind;
  method: "create" | "read" | "get" | "update" | "delete";
  scenario: string;
  /** Some depend on the organisation, as it begins. */
  arguments: object | ((state: State) => object);
  /** What the program says at an update. @default the same arguments */
  changed?: Operation["arguments"];
  /** What has happened since the create, and its name. */
  since?: [string, (state: State) => void];
}

const YEARS = 365.25 * 24 * 60 * 60 * 1000;

const expired: Operation["since"] = [
  "its certificate has expired",
  (state) => {
    state.clockOffset += 5 * YEARS;
  },
];

const lost: Operation["since"] = [
  "MBX2 has lost the certificate",
  (state) => {
    const server = state.servers.find(({ name }) => name === "MBX2");
    if (server)
      server.certificates = server.certificates.filter((each) => each.thumbprint !== state.authConfig.current);
  },
];

const replaced: Operation["since"] = [
  "another certificate is named",
  (state) => {
    state.authConfig.current = state.servers[0]?.smtpCertificate ?? "";
    state.authConfig.previous = "";
  },
];

const METHODS = ["create", "read", "get", "update", "delete"] as const;
const each = (
  kind: Kind,
  scenarios: string[],
  args: Operation["arguments"],
  changed?: Operation["arguments"],
): Operation[] =>
  scenarios.flatMap((scenario) => METHODS.map((method) => ({ kind, method, scenario, arguments: args, changed })));

const authServer = { tenantId: TENANT, tenantDomain: "contoso.example" };
const otherUrl = {
  tenantId: TENANT,
  authMetadataUrl: `https://accounts.accesscontrol.windows.net/${TENANT}/metadata/json/1`,
};
const proxy = { organization: "contoso.example" };
const otherProxy = { organization: "contoso.example", uri: "https://push.contoso.example/" };
const partner = { applicationIdentifier: EXCHANGE_ONLINE };
const certificate = (method: Operation["method"], since: Operation["since"], scenario = "ordinary"): Operation => ({
  kind: "OAuthCertificate",
  method,
  scenario,
  arguments: {},
  since,
});

/** Setup's certificate is current, and a second one is ready to take its place. */
const rollover =
  (changes: object = {}) =>
  ({ servers, authConfig }: State) => ({
    generation: 2,
    thumbprint: servers[0]?.certificates.find(({ domains }) => domains.includes("second.contoso.example"))?.thumbprint,
    formerThumbprint: authConfig.current,
    keyCredentialId: "1",
    ...changes,
  });
const SECOND = path.join(__dirname, "second-certificate.json");

const CLOCK_BEHIND = path.join(__dirname, "clock-behind.json");

/** By kind: one that is added to the package does not compile here before it has operations. */
const OPERATIONS_OF: Readonly<Record<Kind, readonly Operation[]>> = {
  OAuthCertificate: [
    ...each("OAuthCertificate", ["ordinary", "expired", "on-server"], {}),
    certificate("create", undefined, "unset"),
    certificate("create", undefined, "gone"),
    certificate("create", undefined, CLOCK_BEHIND),
    certificate("create", undefined, "missing-before-update"),
    certificate("update", expired),
    certificate("update", lost),
    certificate("read", lost),
    certificate("delete", replaced, "expired"),
  ],
  OAuthCertificateHold: each("OAuthCertificateHold", [SECOND], rollover({ formerThumbprint: undefined })).filter(
    ({ method }) => method !== "get",
  ),
  OAuthCertificateRollover: each(
    "OAuthCertificateRollover",
    [SECOND],
    rollover(),
    rollover({ effectiveInDays: 0 }),
  ).filter(({ method }) => method !== "get"),
  ExchangeAuthServer: each("ExchangeAuthServer", ["ordinary", "hybrid"], authServer, otherUrl),
  PushNotificationProxy: each("PushNotificationProxy", ["ordinary", "push-app", "proxy-enabled"], proxy, otherProxy),
  PartnerApplication: each("PartnerApplication", ["ordinary", "partner-disabled"], partner, {
    ...partner,
    enabled: false,
  }),
  ExchangePrerequisites: each("ExchangePrerequisites", ["ordinary", "on-server"], {}, { minimumBuild: "15.0.1.2" }),
  PushNotificationProbe: each("PushNotificationProbe", ["proxy-enabled"], {}),
};

/** Every lifecycle, every operation, in organisations where it reads alone and where it has to write. */
export const OPERATIONS: readonly Operation[] = Object.values(OPERATIONS_OF).flat();

export function nameOf({ kind, method, scenario, since }: Operation): string {
  return [kind, method, path.basename(scenario, ".json"), since?.[0]].filter(Boolean).join(" ");
}
