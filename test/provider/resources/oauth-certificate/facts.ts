import type { StoredCertificate } from "../../../../provider/exchange/stored-certificate";
import type { OrganisationFacts } from "../../../../provider/resources/oauth-certificate/rules";

export const ORGANISATION = "3d1a4a6e-0c52-4e0e-9e53-6f2f3a1b7c11";
export const NOW = new Date("2026-11-24T12:00:00Z");

const day = 24 * 60 * 60 * 1000;

/** A certificate that serves, with what the row changes. */
export function certificate(thumbprint: string, changes: Partial<StoredCertificate> = {}): StoredCertificate {
  return {
    thumbprint,
    serialNumber: "00AB",
    subjectKeyIdentifier: "",
    subject: "CN=Microsoft Exchange Server Auth Certificate",
    keyAlgorithm: "rsa",
    keySize: 2048,
    notBefore: new Date(NOW.getTime() - 365 * day),
    notAfter: new Date(NOW.getTime() + 365 * day),
    der: Buffer.from("der"),
    privateKey: "unknown",
    exportable: "unknown",
    ...changes,
  };
}

/** An organisation of servers with these certificates; "unreachable" for a server that did not answer. */
export function organisation(
  current: string,
  servers: Record<string, StoredCertificate[] | "unreachable">,
): OrganisationFacts {
  return {
    organizationId: ORGANISATION,
    now: NOW,
    ourNow: NOW,
    current,
    previous: "",
    next: "",
    nextEffectiveDate: undefined,
    namedBy: new Date(NOW.getTime() - 365 * day),
    servers: Object.entries(servers).map(([name, certificates]) => ({
      name,
      certificates: certificates === "unreachable" ? { unreachable: "the RPC server is unavailable" } : certificates,
    })),
  };
}
