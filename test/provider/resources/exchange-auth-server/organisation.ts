import { Exchange } from "../../../../provider/exchange/exchange";
import type { Value } from "../../../../provider/powershell/protocol";
import type { ExchangeAuthServerOutputs } from "../../../../provider/resources/exchange-auth-server/outputs";
import { type Answer, object, RecordingSession } from "../../exchange/recording-session";

export const ORGANISATION = "3d1a4a6e-0c52-4e0e-9e53-6f2f3a1b7c11";
export const TENANT = "11111111-2222-3333-4444-555555555555";
export const OTHER_TENANT = "99999999-2222-3333-4444-555555555555";
export const GUID = "aaaaaaaa-0000-0000-0000-000000000001";
export const OTHER_GUID = "aaaaaaaa-0000-0000-0000-000000000002";
export const URL = "https://accounts.accesscontrol.windows.net/metadata/json/1/?realm=contoso.example";
export const FORMER_URL = "https://accounts.accesscontrol.windows.net/contoso/metadata/json/1";

/** The checked arguments of the usual program. */
export const inputs = {
  tenantId: TENANT,
  tenantDomain: "contoso.example",
  authMetadataUrl: URL,
  cloud: "worldwide" as const,
  enabled: true,
  name: "MicrosoftSts",
};
/** The state of one that was made here, exactly as wanted. */
export const outputs: ExchangeAuthServerOutputs = {
  ...inputs,
  organizationId: ORGANISATION,
  schemaVersion: 1,
  provenance: "here",
  repair: [],
  warnings: [],
  realm: TENANT,
  issuerIdentifier: "00000001-0000-0000-c000-000000000000",
  tokenIssuingEndpoint: `https://accounts.accesscontrol.windows.net/${TENANT}/tokens/OAuth/2`,
  guid: GUID,
};

/** An auth server as Get-AuthServer shows it, as wanted but for the changes. */
export function server(changes: Record<string, Value> = {}) {
  return object({
    Guid: GUID,
    Name: "MicrosoftSts",
    Type: "MicrosoftACS",
    Realm: TENANT,
    IssuerIdentifier: outputs.issuerIdentifier,
    TokenIssuingEndpoint: outputs.tokenIssuingEndpoint,
    AuthMetadataUrl: URL,
    Enabled: true,
    ...changes,
  });
}

/** The answer of Get-AuthServer. */
export const listed = (...output: ReturnType<typeof server>[]): Answer => ({ output });

/** An organisation whose writing cmdlets succeed unless an answer says otherwise. */
export function organisation(answers: Record<string, Answer | Answer[]>) {
  const session = new RecordingSession({
    "Get-AuthConfig": { output: [object({ Guid: ORGANISATION })] },
    "New-AuthServer": {},
    "Set-AuthServer": {},
    "Remove-AuthServer": {},
    ...answers,
  });
  return { session, exchange: new Exchange(session, { timeoutSeconds: 300 }) };
}

/** As the handler stores it: without what is undefined. */
export const stored = <T>(value: T): T => JSON.parse(JSON.stringify(value));

/** The calls that change something, each with its parameters. */
export const writes = (session: RecordingSession) =>
  session.calls
    .filter(({ cmdlet }) => !cmdlet.startsWith("Get-"))
    .map(({ cmdlet, parameters }) => ({ cmdlet, ...parameters }));

/** The calls that set and remove one. */
export const set = (values: object) => ({ cmdlet: "Set-AuthServer", Identity: GUID, ...values, Confirm: false });
export const remove = (Identity: string) => ({ cmdlet: "Remove-AuthServer", Identity, Confirm: false });
