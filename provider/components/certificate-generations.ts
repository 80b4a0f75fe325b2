import * as azuread from "@pulumi/azuread";
import * as pulumi from "@pulumi/pulumi";
import type { ExchangeResourceArgs } from "../resources/exchange-resource";
import { OAuthCertificate } from "../resources/oauth-certificate/oauth-certificate";
import { OAuthCertificateHold } from "../resources/oauth-certificate-hold/oauth-certificate-hold";
import { OAuthCertificateRollover } from "../resources/oauth-certificate-rollover/oauth-certificate-rollover";
import type { CertificateRole } from "../resources/oauth-certificate-rollover/rules";
import type { WarningName } from "../resources/outputs";
import type { PushNotificationProxyingArgs } from "./push-notification-proxying-arguments";

/** One generation of the auth certificate, as an output shows it. */
export interface ShownGeneration {
  generation: number;
  /** 40 upper-case hexadecimal digits. */
  thumbprint: string;
  /** When it ends, `YYYY-MM-DDTHH:MM:SSZ`. */
  notAfter: string;
  /** As what AuthConfig names it: `Current`, `Next`, `Previous`, or nothing. */
  state: CertificateRole;
  /** When Exchange makes it current, `YYYY-MM-DDTHH:MM:SSZ`; empty where it is not the next one. */
  effectiveDate: string;
}

/** A generation and what it is called after. */
export interface Generation {
  generation: number;
  /** Of the names of its resources: none for generation 1, whose names are those of stacks that never renewed. */
  suffix: string;
  certificate: OAuthCertificate;
}

/** The certificates that the program declares, the earliest first: each waits for the one before it. */
export function declareCertificates(
  name: string,
  args: PushNotificationProxyingArgs,
  common: ExchangeResourceArgs,
  { parent, after }: { parent: pulumi.Resource; after: pulumi.Input<pulumi.Resource> },
): [Generation, ...Generation[]] {
  const {
    domainName,
    subjectName,
    friendlyName,
    keySize,
    lifetimeDays,
    ignoreServers,
    certificateGenerations = [1],
  } = args;
  const [first = 1, ...later] = certificateGenerations;
  const declare = (generation: number, dependsOn: pulumi.Input<pulumi.Resource>, isLast: boolean): Generation => {
    const suffix = generation === 1 ? "" : `-${generation}`;
    // That a later one takes its place is declared: its rollover says how far that has come.
    const acknowledge = isLast ? common.acknowledge : [...(common.acknowledge ?? []), ...ENDINGS];
    const certificate = new OAuthCertificate(
      `${name}-certificate${suffix}`,
      {
        ...common,
        acknowledge,
        generation: generation === 1 ? undefined : generation,
        domainName,
        subjectName,
        friendlyName,
        keySize,
        lifetimeDays,
        ignoreServers,
      },
      { parent, dependsOn },
    );
    return { generation, suffix, certificate };
  };
  const earliest = declare(first, after, later.length === 0);
  return [earliest, ...later.map((generation) => declare(generation, earliest.certificate, true))];
}

const ENDINGS: WarningName[] = ["certificateExpires", "nextCertificate"];

/** A key credential a generation, so that adding one and removing another are never one update of the principal. */
export function declareCredentials(
  name: string,
  generations: Generation[],
  servicePrincipalId: pulumi.Input<string>,
  options: pulumi.CustomResourceOptions,
): azuread.ServicePrincipalCertificate[] {
  // Dates are left out: with dates given, a tenant that answers milliseconds makes every preview a replacement.
  return generations.map(
    ({ suffix, certificate }) =>
      new azuread.ServicePrincipalCertificate(
        `${name}-key-credential${suffix}`,
        { servicePrincipalId, type: "AsymmetricX509Cert", value: certificate.certificatePem },
        options,
      ),
  );
}

/** Keeps each generation's key credential while its certificate signs; none where the program has never renewed. */
export function declareHolds(
  name: string,
  args: PushNotificationProxyingArgs,
  common: ExchangeResourceArgs,
  generations: Generation[],
  credentials: azuread.ServicePrincipalCertificate[],
  parent: pulumi.Resource,
): OAuthCertificateHold[] {
  if (generations.length === 1 && generations[0]?.generation === 1) return [];
  return generations.flatMap(({ generation, suffix, certificate }, index) => {
    const credential = credentials[index];
    if (!credential) return [];
    const { thumbprint } = certificate;
    const { ignoreServers } = args;
    return new OAuthCertificateHold(
      `${name}-hold${suffix}`,
      { ...common, generation, thumbprint, keyCredentialId: credential.keyId, ignoreServers },
      { parent, dependsOn: credential },
    );
  });
}

/** Lets the latest generation become current, once the tenant knows it; none where the program has never renewed. */
export function declareRollover(
  name: string,
  args: PushNotificationProxyingArgs,
  common: ExchangeResourceArgs,
  generations: [Generation, ...Generation[]],
  credentials: azuread.ServicePrincipalCertificate[],
  { parent, holds }: { parent: pulumi.Resource; holds: OAuthCertificateHold[] },
): OAuthCertificateRollover | undefined {
  const latest = generations.at(-1) ?? generations[0];
  const credential = credentials.at(-1);
  if (latest.generation === 1 || !credential) return undefined;
  return new OAuthCertificateRollover(
    `${name}-rollover`,
    {
      ...common,
      generation: latest.generation,
      thumbprint: latest.certificate.thumbprint,
      formerThumbprint: generations.length > 1 ? generations[0].certificate.thumbprint : undefined,
      keyCredentialId: credential.keyId,
      effectiveInDays: args.rollover?.effectiveInDays,
      ignoreServers: args.ignoreServers,
    },
    { parent, dependsOn: [...generations.map(({ certificate }) => certificate), credential, ...holds] },
  );
}

/** The generations with what AuthConfig names them as. */
export function showGenerations(
  generations: Generation[],
  rollover: OAuthCertificateRollover | undefined,
): pulumi.Output<ShownGeneration[]> {
  const shown = generations.map(({ generation, certificate: { thumbprint, notAfter } }) => ({
    generation,
    thumbprint,
    notAfter,
  }));
  // The only one of a program that never renewed is the one that AuthConfig names.
  const { state, formerState, effectiveDate } = rollover ?? {
    state: "Current",
    formerState: "Current",
    effectiveDate: "",
  };
  return pulumi.all([shown, state, formerState, effectiveDate]).apply(([all, last, former, date]) =>
    all.map((one, index): ShownGeneration => {
      const role = index === all.length - 1 ? last : former;
      return { ...one, state: role as CertificateRole, effectiveDate: role === "Next" ? date : "" };
    }),
  );
}

/** The id of the key credential of the current certificate, or of the earliest generation where that is none of these. */
export function currentCredential(
  generations: Generation[],
  credentials: azuread.ServicePrincipalCertificate[],
  rollover: OAuthCertificateRollover | undefined,
): pulumi.Output<string> {
  const thumbprints = generations.map(({ certificate }) => certificate.thumbprint);
  return pulumi
    .all([
      rollover?.currentThumbprint ?? "",
      pulumi.all(thumbprints),
      pulumi.all(credentials.map(({ keyId }) => keyId)),
    ])
    .apply(([current, all, ids]) => ids[Math.max(all.indexOf(current), 0)] ?? "");
}

/** A program that declares generation 1 alone, in an organisation that has gone on to a later one, keeps what it had. */
export function warnOfLaterGeneration(thumbprint: string | undefined, component: pulumi.Resource): void {
  if (!thumbprint) return;
  void pulumi.log.warn(
    `AuthConfig names the certificate ${thumbprint}, which was created for a later generation of the auth certificate: the ` +
      "tenant knows it only if that generation is declared, too, in `certificateGenerations`. See docs/rotation.md.",
    component,
  );
}
