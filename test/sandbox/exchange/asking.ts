import { X509Certificate } from "node:crypto";
import { expect } from "chai";
import type { Properties } from "pulumi-exchange-server/protocol";
import { type Organisation, readOrganisation } from "../../../sandbox/exchange";
import type { StoredCertificate } from "../../../sandbox/exchange/state";

/** A cmdlet that succeeds: what it returned. */
export async function ask(
  organisation: Organisation,
  cmdlet: string,
  parameters: Properties = {},
): Promise<Properties[]> {
  const { output, errors } = await organisation.invoke(cmdlet, parameters);
  expect(errors).to.deep.equal([]);
  return output as Properties[];
}

/** A cmdlet that is refused: its one error, with what differs from call to call replaced. */
export async function refusal(organisation: Organisation, cmdlet: string, parameters: Properties = {}) {
  const { output, errors } = await organisation.invoke(cmdlet, parameters);
  expect(output).to.deep.equal([]);
  expect(errors).to.have.length(1);
  const [error] = errors;
  if (!error) throw new Error("there is no error");
  return {
    reason: error.reason,
    category: error.category,
    message: error.message,
    id: error.fullyQualifiedErrorId
      .replace(/RequestId=[0-9a-f-]{36}/, "RequestId=GUID")
      .replace(/TimeStamp=\d+\/\d+\/\d{4} \d+:\d\d:\d\d [AP]M/, "TimeStamp=DATE")
      .replace(/ [0-9A-F]{8},/, " HASH,"),
  };
}

/** The form of the id that Exchange's own errors have. */
export function exchangeId(failureClass: string, type: string): string {
  return `[Server=MBX1,RequestId=GUID,TimeStamp=DATE] [FailureCategory=Cmdlet-${failureClass}] HASH,${type}`;
}

/** The certificates in a server's store. */
export async function storeOf(home: string, server: string): Promise<StoredCertificate[]> {
  const { servers } = await readOrganisation(home);
  return servers.find(({ name }) => name === server)?.certificates ?? [];
}

/** The thumbprint of a certificate's DER, 40 upper-case hexadecimal digits. */
export function thumbprintOf(der: Buffer | undefined): string | undefined {
  return der && new X509Certificate(der).fingerprint.replaceAll(":", "");
}
