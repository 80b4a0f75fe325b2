import { ServicePrincipalCertificate } from "@pulumi/azuread";
import {
  PolicyPack,
  type ReportViolation,
  type ResourceValidationArgs,
  type ResourceValidationPolicy,
  type StackValidationPolicy,
  validateResourceOfType,
} from "@pulumi/policy";
import {
  OAuthCertificate,
  PushNotificationProbe,
  PushNotificationProxy,
  PushNotificationProxying,
} from "pulumi-exchange-server";

interface Approvals {
  /** Stacks that may, each as `project/stack`. */
  approvedStacks?: string[];
  /** The principals that Microsoft's services share in your tenants, as azuread's argument names them. */
  sharedPrincipals?: string[];
}

/** Checks each resource before it is created or changed, so that `up --skip-preview` is stopped as well. */
const sharedPrincipal: ResourceValidationPolicy = {
  name: "exchange-shared-principal",
  description: "Only approved stacks add a key to the service principal that Microsoft's services share.",
  enforcementLevel: "mandatory",
  configSchema: {
    properties: {
      approvedStacks: { type: "array", items: { type: "string" }, default: [] },
      sharedPrincipals: { type: "array", items: { type: "string" }, default: [] },
    },
  },
  validateResource: [
    validateResourceOfType(PushNotificationProxying, (_, args, report) => requireApproval(args, report)),
    validateResourceOfType(ServicePrincipalCertificate, ({ servicePrincipalId }, args, report) => {
      const { sharedPrincipals = [] } = args.getConfig<Approvals>();
      if (sharedPrincipals.includes(servicePrincipalId)) requireApproval(args, report);
    }),
  ],
};

function requireApproval({ urn, getConfig }: ResourceValidationArgs, report: ReportViolation): void {
  const [, , stack, , project] = urn.split(":");
  const { approvedStacks = [] } = getConfig<Approvals>();
  if (approvedStacks.includes(`${project}/${stack}`)) return;
  report(
    `${project}/${stack} is not approved to add a key to the shared service principal, which Microsoft ` +
      "advises against (CVE-2025-53786). After approval, add the stack to approvedStacks.",
  );
}

const certificateLife: StackValidationPolicy = {
  name: "exchange-certificate-life",
  description: "The organisation's auth certificate is valid for at least minimumDays days.",
  enforcementLevel: "mandatory",
  configSchema: { properties: { minimumDays: { type: "integer", minimum: 1, default: 60 } } },
  validateStack: ({ resources, getConfig }, report) => {
    const { minimumDays = 60 } = getConfig<{ minimumDays?: number }>();
    for (const { urn, props } of resources.filter((resource) => resource.isType(OAuthCertificate))) {
      // Nothing is known yet of a certificate that this run would create: it is checked after its creation.
      if (!props.notAfter) continue;
      const days = Math.floor((Date.parse(props.notAfter) - Date.now()) / 86_400_000);
      if (days >= minimumDays) continue;
      report(
        `${props.thumbprint} ends on ${props.notAfter}, in ${days} days; at least ${minimumDays} days are required.`,
        urn,
      );
    }
  },
};

const probeRequired: StackValidationPolicy = {
  name: "exchange-probe-required",
  description: "A stack that enables the push notification proxy verifies it with Exchange's own probe.",
  enforcementLevel: "advisory",
  validateStack: ({ resources }, report) => {
    const probes = resources.filter((resource) => resource.isType(PushNotificationProbe));
    if (probes.some(({ props }) => props.required === true)) return;
    for (const { urn } of resources.filter((resource) => resource.isType(PushNotificationProxy))) {
      const advice = "set `probe: { required: true }` of PushNotificationProxying";
      report(`The stack has ${probes.length === 0 ? "no probe" : "a probe that may fail"}: ${advice}.`, urn);
    }
  },
};

new PolicyPack("exchange", { policies: [sharedPrincipal, certificateLife, probeRequired] });
