import type { HybridApplication } from "../../exchange/auth-servers";
import type { Known } from "../../exchange/properties";
import type { Warning } from "../outputs";

export const FOLLOW_UP = "certificateFollowUp";

/** What decides about the steps that are left to a person once AuthConfig names another certificate. */
export interface FollowUpFacts {
  /** Full names of the servers that sign with it. */
  servers: string[];
  hybrid: Known;
  /** The dedicated hybrid applications; empty when there is none, or it cannot be seen. */
  applications: HybridApplication[];
}

/**
 * The steps that Microsoft asks for after a certificate was replaced, as far as this organisation needs them. Sources:
 * Microsoft's page on maintaining the certificate (service and pools), its page on the dedicated hybrid application and
 * its script's own documentation (microsoft/CSS-Exchange).
 */
export function followUpWarning(thumbprint: string, { servers, hybrid, applications }: FollowUpFacts): Warning {
  const steps = [
    "so that servers use it now and not within a day, run on one of them as administrator: " +
      `Invoke-Command -ComputerName ${servers.join(",")} { Restart-Service MSExchangeServiceHost; ` +
      "Restart-WebAppPool MSExchangeOWAAppPool; Restart-WebAppPool MSExchangeECPAppPool }",
    ...(applications.length > 0 ? applications.map(upload) : WIZARD[hybrid]),
    "give it to SharePoint and Skype for Business, if they trust this organisation",
  ];
  return {
    name: FOLLOW_UP,
    text: `AuthConfig names the certificate ${thumbprint} now; what is left to do: ${steps.map((step, index) => `(${index + 1}) ${step}`).join("; ")}.`,
    link: applications.length > 0 || hybrid === "yes" ? HYBRID_LINK : MAINTAIN_LINK,
  };
}

const MAINTAIN_LINK =
  "https://learn.microsoft.com/exchange/plan-and-deploy/integration-with-sharepoint-and-skype/maintain-oauth-certificate";
const HYBRID_LINK = "https://learn.microsoft.com/exchange/hybrid-deployment/deploy-dedicated-hybrid-app";

const AGAIN =
  "run the hybrid configuration wizard again with its OAuth option, or, where a dedicated hybrid application is used, " +
  "upload the certificate to that";
const WIZARD: Record<Known, string[]> = {
  yes: [AGAIN],
  no: [],
  unknown: [`if this organisation is hybrid, which this account cannot see, ${AGAIN}`],
};

function upload({ applicationIdentifier, realm }: HybridApplication): string {
  return (
    `upload it to the dedicated hybrid application ${applicationIdentifier} of the tenant ${realm}: ` +
    `.\\ConfigureExchangeHybridApplication.ps1 -UpdateCertificate -CustomAppId ${applicationIdentifier} ` +
    "(of microsoft/CSS-Exchange; it takes the certificate off the shared Exchange Online principal)"
  );
}
