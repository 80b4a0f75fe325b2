import { parseDistinguishedName } from "../shared/x509/distinguished-name";
import { type Directory, setupObject } from "./directory";
import { InvalidScenario, type Moment, type ScenarioCertificate, type ScenarioServer } from "./scenario";
import type { Server, StoredCertificate } from "./state";
import { mint } from "./x509";

const DAY = 24 * 60 * 60 * 1000;
/** When the servers were installed, in days from the organisation's present. */
export const INSTALLED = -400;

/** A server with the certificates that its setup and IIS made. */
export async function installServer(directory: Directory, wish: ScenarioServer, now: Date): Promise<Server> {
  const { name, role = "Mailbox", build = "15.2.2562.41", site = "Default-First-Site-Name", reachable = true } = wish;
  // Guess: a perimeter network has a domain name of its own.
  const domain = role === "Edge" ? `perimeter.${directory.domain}` : directory.domain;
  const fqdn = `${name}.${domain}`;
  const server: Server = {
    ...setupObject(directory, name, at(now, INSTALLED)),
    fqdn,
    domain,
    role,
    build,
    site,
    edition: "Standard",
    reachable,
    certificates: [],
    smtpCertificate: "",
    iisCertificate: "",
    healthManagerStarted: at(now, INSTALLED).toISOString(),
  };
  // Nothing of the organisation reaches an Edge server's store, so what is in it does not matter here.
  if (role === "Edge") return server;
  const [own, webManagement] = await Promise.all([
    makeCertificate(
      {
        key: "",
        subject: `CN=${name}`,
        friendlyName: "Microsoft Exchange",
        domains: [name, fqdn],
        services: ["IMAP", "POP", "IIS", "SMTP"],
        exportable: false,
      },
      now,
    ),
    // Source: recorded; IIS brings one of its own, good for ten years, which Exchange lists and does not use.
    makeCertificate(
      {
        key: "",
        subject: `CN=WMSvc-SHA2-${name}`,
        friendlyName: "WMSVC-SHA2",
        services: [],
        exportable: false,
        notBefore: INSTALLED - 1,
        notAfter: INSTALLED + 3649,
      },
      now,
      "webManagement",
    ),
  ]);
  server.certificates.push(own, webManagement);
  server.smtpCertificate = own.thumbprint;
  server.iisCertificate = own.thumbprint;
  return server;
}

/** A certificate as the scenario wishes it, by default as setup makes its own auth certificate. */
export async function makeCertificate(
  wish: ScenarioCertificate,
  now: Date,
  maker: "exchange" | "webManagement" = "exchange",
): Promise<StoredCertificate> {
  // Source: the names and the services of setup's own auth certificate, recorded.
  const name = "Microsoft Exchange Server Auth Certificate";
  const subject = parseDistinguishedName(wish.subject ?? `CN=${name}`);
  if (!subject) {
    throw new InvalidScenario(
      `The subject "${wish.subject}" of certificate "${wish.key}" is not a distinguished name.`,
    );
  }
  const minted = await mint({
    subject,
    domains: wish.domains ?? [],
    keySize: wish.keySize ?? 2048,
    subjectKeyIdentifier: (wish.subjectKeyIdentifier ?? "").toUpperCase(),
    notBefore: at(now, wish.notBefore ?? INSTALLED),
    notAfter: at(now, wish.notAfter ?? INSTALLED + 1826),
    maker,
  });
  return {
    ...minted,
    privateKey: (wish.privateKey ?? true) ? minted.privateKey : null,
    privateKeyExportable: wish.exportable ?? true,
    friendlyName: wish.friendlyName ?? name,
    services: wish.services ?? ["SMTP"],
  };
}

/** The date that a scenario's moment means. */
export function at(now: Date, moment: Moment): Date {
  return typeof moment === "number" ? new Date(now.getTime() + moment * DAY) : new Date(moment);
}
