import * as azuread from "@pulumi/azuread";
import * as pulumi from "@pulumi/pulumi";
import type { ExchangeResourceArgs } from "../resources/exchange-resource";
import { type Certificate, certificatesOf, type Shown } from "../resources/oauth-certificate/key-credentials";
import { OAuthCertificate } from "../resources/oauth-certificate/oauth-certificate";
import { WITH_PREVIOUS } from "../resources/oauth-certificate/outputs";
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

/** A generation's key credential, and the thumbprint of the certificate that it is of. */
export interface GenerationCredential {
  thumbprint: pulumi.Output<string>;
  credential: azuread.ServicePrincipalCertificate;
}

interface Told {
  thumbprint: pulumi.Output<string>;
  certificatePem: pulumi.Output<string>;
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
): GenerationCredential[] {
  return certificatesToTell(generations).map(({ thumbprint, certificatePem }, index) => {
    const suffix = generations[index]?.suffix;
    const credential = new azuread.ServicePrincipalCertificate(
      `${name}-key-credential${suffix}`,
      // Dates are left out: with dates given, a tenant that answers milliseconds makes every preview a replacement.
      { servicePrincipalId, type: "AsymmetricX509Cert", value: certificatePem },
      options,
    );
    return { thumbprint, credential };
  });
}

/** Of which certificate each generation's key credential is. */
function certificatesToTell(generations: Generation[]): Told[] {
  if (generations.length === 1) return generations.map(({ certificate }) => certificate);
  const shown = generations.map(({ certificate }) => shownBy(certificate));
  const told = (own: Shown, index: number): pulumi.Output<Certificate> =>
    own.previous.thumbprint === ""
      ? pulumi.output(own)
      : pulumi.all(shown.map(foreseen)).apply((all) => certificatesOf(all)[index] ?? own);
  return shown.map((own, index) => own.apply((known) => told(known, index)));
}

/**
 * In a preview nothing is known of a generation that is still to be created, which shows a certificate of its own: were
 * the others' key credentials unknown for it, the preview would tell of their replacement.
 */
function foreseen(shown: pulumi.Output<Shown>): pulumi.Output<Shown> {
  if (!pulumi.runtime.isDryRun()) return shown;
  return pulumi.output(isKnown(shown).then((known) => (known ? shown : NOTHING)));
}

/** Whether a value is known, which is public in Pulumi's JavaScript and not in its types: what failed, or is to come, is not. */
function isKnown(output: pulumi.Output<unknown>): Promise<boolean> {
  return (output as unknown as { isKnown: Promise<boolean> }).isKnown;
}

const NO_CERTIFICATE: Certificate = { thumbprint: "", certificatePem: "" };
const NOTHING: Shown = { ...NO_CERTIFICATE, previous: NO_CERTIFICATE };

function shownBy(certificate: OAuthCertificate): pulumi.Output<Shown> {
  const { thumbprint, certificatePem, schemaVersion, previousThumbprint, previousCertificatePem } = certificate;
  const previous = schemaVersion.apply((version): pulumi.Output<Certificate> => {
    if (version < WITH_PREVIOUS) return pulumi.output(NO_CERTIFICATE);
    return pulumi
      .all([previousThumbprint, previousCertificatePem])
      .apply(([former = "", pem = ""]) => ({ thumbprint: former, certificatePem: pem }));
  });
  return pulumi
    .all([thumbprint, certificatePem, previous])
    .apply(([own, pem, former]) => ({ thumbprint: own, certificatePem: pem, previous: former }));
}

/** Keeps each generation's key credential while its certificate signs; none where the program has never renewed. */
export function declareHolds(
  name: string,
  args: PushNotificationProxyingArgs,
  common: ExchangeResourceArgs,
  generations: [Generation, ...Generation[]],
  credentials: GenerationCredential[],
  parent: pulumi.Resource,
): OAuthCertificateHold[] {
  if (generations.length === 1 && generations[0]?.generation === 1) return [];
  const { ignoreServers } = args;
  return credentials.map(({ thumbprint, credential }, index) => {
    const { generation, suffix } = generations[index] ?? generations[0];
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
  credentials: GenerationCredential[],
  { parent, holds }: { parent: pulumi.Resource; holds: OAuthCertificateHold[] },
): OAuthCertificateRollover | undefined {
  const latest = generations.at(-1) ?? generations[0];
  const credential = credentials.at(-1)?.credential;
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

/**
 * Ends a program of one generation whose rollover was not carried out, which only `--continue-on-error` lets a program see:
 * what the program does not declare is removed after that, and a resource that failed to be created holds nothing back.
 * After a program that failed, Pulumi removes nothing.
 */
export function requireRollover(
  generations: Generation[],
  rollover: OAuthCertificateRollover,
  component: pulumi.Resource,
): void {
  // Of two, each has a hold.
  if (generations.length > 1 || pulumi.runtime.isDryRun()) return;
  const check = (known: boolean) => {
    if (known) return;
    throw new pulumi.ResourceError(
      "The rollover of the auth certificate was not carried out, so nothing is removed in this update: see the error before.",
      component,
    );
  };
  // Without that option the program ends with the engine, which says why.
  void isKnown(rollover.state).then(check, () => undefined);
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
  credentials: GenerationCredential[],
  rollover: OAuthCertificateRollover | undefined,
): pulumi.Output<string> {
  return pulumi
    .all([
      rollover?.currentThumbprint ?? "",
      pulumi.all(credentials.map(({ thumbprint }) => thumbprint)),
      pulumi.all(credentials.map(({ credential }) => credential.keyId)),
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
