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

/** Asked of each resource before it is created or changed, so that an `up --skip-preview` is stopped, too. */
const sharedPrincipal: ResourceValidationPolicy = {
  name: "exchange-shared-principal",
  description: "A key goes on the service principal that Microsoft's services share only where that was approved.",
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
    `${project}/${stack} is not approved: Microsoft advises against keys there (CVE-2025-53786). ` +
      "Add it to approvedStacks when that was decided.",
  );
}

const certificateLife: StackValidationPolicy = {
  name: "exchange-certificate-life",
  description: "The organisation's auth certificate is renewed before it comes near its end.",
  enforcementLevel: "mandatory",
  configSchema: { properties: { minimumDays: { type: "integer", minimum: 1, default: 60 } } },
  validateStack: ({ resources, getConfig }, report) => {
    const { minimumDays = 60 } = getConfig<{ minimumDays?: number }>();
    for (const { urn, props } of resources.filter((resource) => resource.isType(OAuthCertificate))) {
      // Of one that this run would make nothing is known yet: it is looked at after it was made.
      if (!props.notAfter) continue;
      const days = Math.floor((Date.parse(props.notAfter) - Date.now()) / 86_400_000);
      if (days >= minimumDays) continue;
      report(`${props.thumbprint} ends on ${props.notAfter}, in ${days} days; ${minimumDays} are the least.`, urn);
    }
  },
};

const probeRequired: StackValidationPolicy = {
  name: "exchange-probe-required",
  description: "Whatever enables the proxy of push notifications proves with Exchange's own probe that it works.",
  enforcementLevel: "advisory",
  validateStack: ({ resources }, report) => {
    const probes = resources.filter((resource) => resource.isType(PushNotificationProbe));
    if (probes.some(({ props }) => props.required === true)) return;
    for (const { urn } of resources.filter((resource) => resource.isType(PushNotificationProxy))) {
      const advice = "give PushNotificationProxying `probe: { required: true }`";
      report(`The stack has ${probes.length === 0 ? "no probe" : "a probe that may fail"}: ${advice}.`, urn);
    }
  },
};

new PolicyPack("exchange", { policies: [sharedPrincipal, certificateLife, probeRequired] });
