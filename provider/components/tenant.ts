import * as azuread from "@pulumi/azuread";
import * as pulumi from "@pulumi/pulumi";
import { sameText } from "../exchange/properties";
import { EXCHANGE_ONLINE } from "../resources/partner-application/fields";

/** The tenant's side of the article: what must be there before anything is changed on premises. */
export interface Tenant {
  /** The tenant's guid. */
  tenantId: pulumi.Output<string>;
  /** The tenant's Exchange Online principal. */
  principal: pulumi.Output<azuread.GetServicePrincipalResult>;
  /** Known when all of it was found to be there. */
  ready: pulumi.Output<unknown>;
}

/** What is looked up, with the component as its parent. */
export interface TenantQuestion {
  /** @default the tenant that azuread is configured for */
  tenantId?: pulumi.Input<string | undefined>;
  tenantDomain: pulumi.Input<string>;
  verifyTenantDomain: boolean;
}

/** Asks azuread. Each output fails with what to do where the tenant lacks something. */
export function lookUpTenant(question: TenantQuestion, parent: pulumi.Resource): Tenant {
  const tenantId = tellTenant(question.tenantId, parent);
  const principal = pulumi.output(
    azuread.getServicePrincipal({ clientId: EXCHANGE_ONLINE }, { parent }).catch((error: Error) => {
      throw failure(
        `The tenant's service principal of Exchange Online (${EXCHANGE_ONLINE}) cannot be looked up: ${oneLine(error)} ` +
          "If the tenant has none, the organisation is not registered in Microsoft 365 with Exchange Online yet: add a " +
          "plan with Exchange Online (step 1 of Microsoft's article), then deploy again. Nothing was changed in Exchange.",
      );
    }),
  );
  const verified = question.verifyTenantDomain ? verifyDomain(question.tenantDomain, parent) : undefined;
  return { tenantId, principal, ready: pulumi.all([tenantId, principal.id, verified]) };
}

/** The key goes where azuread is logged in, so a tenant that the program says must be that one. */
function tellTenant(given: pulumi.Input<string | undefined>, parent: pulumi.Resource): pulumi.Output<string> {
  const answer = azuread.getClientConfig({ parent }).catch((error: Error) => {
    throw failure(`The tenant that azuread is configured for cannot be determined: ${oneLine(error)}`);
  });
  return pulumi.all([given, answer]).apply(([wanted, { tenantId }]) => {
    if (wanted !== undefined && isUnanswered(tenantId)) return wanted;
    if (wanted === undefined || sameText(wanted, tenantId)) return tenantId;
    throw failure(
      `\`tenantId\` is ${wanted}, but azuread is configured for the tenant ${tenantId}: the certificate ` +
        "would be added to that tenant, while Exchange would trust the other one. Correct `tenantId`, or the " +
        "configuration of azuread.",
    );
  });
}

/** Needs the Graph role Domain.Read.All, which nothing else here does: it is asked only where a program wants it. */
function verifyDomain(tenantDomain: pulumi.Input<string>, parent: pulumi.Resource): pulumi.Output<unknown> {
  const answer = azuread.getDomains({ includeUnverified: true }, { parent }).catch((error: Error) => {
    throw failure(
      `The tenant's domains cannot be listed: ${oneLine(error)} \`verifyTenantDomain\` needs the Graph role ` +
        "Domain.Read.All; leave it out where the account should not have that role.",
    );
  });
  return pulumi.all([tenantDomain, answer]).apply(([wanted, { domains }]) => {
    if (isUnanswered(domains)) return;
    const found = domains.find(({ domainName }) => sameText(domainName, wanted));
    if (found?.verified) return;
    const state = found ? "is in the tenant but not verified" : "is not among the tenant's domains";
    const known = domains.filter(({ verified }) => verified).map(({ domainName }) => domainName);
    throw failure(
      `\`tenantDomain\` ${wanted} ${state}; the verified domains are ${known.join(", ")}. Verify it in the ` +
        "Microsoft 365 admin center, or use one of those.",
    );
  });
}

/** In a preview Pulumi answers nothing for a provider whose configuration is not known yet, and so do many mocks. */
function isUnanswered(value: unknown): boolean {
  return value === undefined;
}

function failure(message: string): pulumi.RunError {
  const error = new pulumi.RunError(message);
  // Node 20 takes minutes to show the source-mapped frames of an error thrown in an apply, and they say nothing here.
  error.stack = message;
  // The SDK writes the name of the property that could not be had before it, which is none of the program's.
  Object.defineProperty(error, "message", { get: () => message, set: () => undefined });
  return error;
}

/** What azuread says has line ends in it. */
function oneLine({ message }: Error): string {
  return message.replace(/\s+/g, " ").trim();
}
