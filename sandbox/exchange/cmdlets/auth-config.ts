import type { Properties } from "pulumi-exchange-server/protocol";
import type { Cmdlet, CmdletCall } from "../cmdlet";
import { directoryProperties, type ObjectKind, toSecond } from "../directory";
import { refused } from "../errors";
import { DOMAIN_CONTROLLER, type ParameterTable, SHOULD_PROCESS } from "../parameters";
import { promoteNext, spreadCertificate } from "../rollover";
import type { AuthConfig, StoredCertificate } from "../state";
import { targetOf } from "../store";

const NAMESPACE = "Microsoft.Exchange.Management.SystemConfigurationTasks";
const TWO_DAYS = 48 * 60 * 60 * 1000;

/** Source: recorded from Exchange 2019. */
const AUTH_CONFIG: ObjectKind = {
  containers: [],
  category: "ms-Exch-Auth-Auth-Config",
  objectClass: ["top", "container", "msExchContainer", "msExchAuthAuthConfig"],
  exchangeVersion: "0.20 (15.0.0.0)",
};

const FORCE: ParameterTable = { Force: { type: "SwitchParameter" } };
const DEPLOYMENT: ParameterTable = {
  ...FORCE,
  Server: { type: "String" },
  SkipImmediateCertificateDeployment: { type: "SwitchParameter" },
};

export const getAuthConfig: Cmdlet = {
  name: "Get-AuthConfig",
  typeName: `${NAMESPACE}.GetAuthConfig`,
  parameters: { sets: { Default: {} }, shared: DOMAIN_CONTROLLER },
  run: (call) => [show(call)],
};

export const setAuthConfig: Cmdlet = {
  name: "Set-AuthConfig",
  typeName: `${NAMESPACE}.SetAuthConfig`,
  // Source: the cmdlet reference.
  parameters: {
    sets: {
      AuthConfigSettings: { Realm: { type: "String" }, ServiceName: { type: "String" } },
      CurrentCertificateParameter: { CertificateThumbprint: { type: "String", mandatory: true }, ...DEPLOYMENT },
      NewCertificateParameter: {
        NewCertificateThumbprint: { type: "String" },
        NewCertificateEffectiveDate: { type: "DateTime" },
        ...DEPLOYMENT,
      },
      PublishAuthCertificateParameter: {
        PublishCertificate: { type: "SwitchParameter" },
        ClearPreviousCertificate: { type: "SwitchParameter" },
        ...FORCE,
      },
    },
    shared: { ...DOMAIN_CONTROLLER, ...SHOULD_PROCESS },
  },
  run(call) {
    const config = call.state.authConfig;
    const before = JSON.stringify(config);
    // -WhatIf computes the same and then keeps nothing.
    const changed = { ...config };
    if (call.set === "CurrentCertificateParameter") nameCurrent(call, changed);
    else if (call.set === "NewCertificateParameter") stageNext(call, changed);
    else if (call.set === "PublishAuthCertificateParameter") publish(call, changed);
    else {
      changed.realm = call.text("Realm") ?? config.realm;
      changed.serviceName = call.text("ServiceName") ?? config.serviceName;
    }
    if (!call.shouldProcess()) return [];
    // Source: the service asks whether the certificate may take effect; -Force is the only way past it in a session.
    // Guess: the question's words.
    if (call.set !== "AuthConfigSettings") {
      call.shouldContinue(
        "The change of the certificate takes effect on all servers of the organization. Do you want to continue?",
      );
    }
    if (JSON.stringify(changed) !== before) changed.whenChanged = toSecond(call.now);
    call.state.authConfig = changed;
    deploy(call, changed);
    return [];
  },
};

/** Source of the rules: facts of the cmdlet reference; each refusal's text and class are likely, not recorded. */
function nameCurrent(call: CmdletCall, config: AuthConfig): void {
  const thumbprint = normal(call.text("CertificateThumbprint"));
  if (thumbprint === config.next && thumbprint !== "") {
    throw refused(`The certificate with thumbprint ${thumbprint} is the next certificate. Publish it instead.`);
  }
  usable(call, thumbprint);
  // Guess: naming the present one again leaves Previous alone.
  if (thumbprint === config.current) return;
  config.previous = config.current;
  config.current = thumbprint;
}

function stageNext(call: CmdletCall, config: AuthConfig): void {
  const effective = call.value("NewCertificateEffectiveDate");
  const thumbprint = call.has("NewCertificateThumbprint") ? normal(call.text("NewCertificateThumbprint")) : config.next;
  const date = effective instanceof Date ? effective : config.nextEffectiveDate && new Date(config.nextEffectiveDate);
  if (thumbprint === "") throw refused("There is no next certificate: give NewCertificateThumbprint as well.");
  if (!date) throw refused("NewCertificateEffectiveDate must be given with the first NewCertificateThumbprint.");
  if (thumbprint === config.current) {
    throw refused(`The certificate with thumbprint ${thumbprint} is the current certificate.`);
  }
  const certificate = usable(call, thumbprint);
  // Source of the rule and the text: an error that a user of CSS-Exchange's script reported (pull request 1888).
  if (date <= call.now) {
    throw refused(
      "The new certificate effective date is invalid. The effective date must be greater than the current time.",
    );
  }
  if (date >= new Date(certificate.notAfter)) {
    throw refused(`The certificate with thumbprint ${thumbprint} expires before it would take effect.`);
  }
  if (date.getTime() - call.now.getTime() < TWO_DAYS) {
    call.warnings.push(
      "The effective date is less than 48 hours away. The certificate may not have reached all servers of the organization by then.",
    );
  }
  config.next = thumbprint;
  config.nextEffectiveDate = date.toISOString();
}

function publish(call: CmdletCall, config: AuthConfig): void {
  if (call.truth("PublishCertificate")) {
    if (config.next === "") throw refused("There is no next certificate to publish.");
    usable(call, config.next);
    promoteNext(config);
  }
  if (call.truth("ClearPreviousCertificate")) config.previous = "";
}

/** The certificate in the store of the server that runs the cmdlet, if it may sign. */
function usable(call: CmdletCall, thumbprint: string): StoredCertificate {
  const { server } = targetOf(call);
  const certificate = server.certificates.find((candidate) => candidate.thumbprint === thumbprint);
  const named = `The certificate with thumbprint ${thumbprint}`;
  if (!certificate) throw refused(`${named} was not found in the certificate store of server ${server.name}.`);
  if (new Date(certificate.notAfter) <= call.now) throw refused(`${named} has expired.`);
  if (new Date(certificate.notBefore) > call.now) throw refused(`${named} is not valid yet.`);
  if (certificate.privateKey === null) throw refused(`${named} has no private key.`);
  // Guess: below this size Exchange does not sign tokens with it.
  if (certificate.keySize < 2048) throw refused(`${named} has a key of less than 2048 bits.`);
  // Source: likely, -Force skips this check.
  if (!certificate.privateKeyExportable && !call.truth("Force")) {
    throw refused(`The private key of the certificate with thumbprint ${thumbprint} is not exportable.`);
  }
  return certificate;
}

function deploy(call: CmdletCall, config: AuthConfig): void {
  const wanted = ["CurrentCertificateParameter", "NewCertificateParameter"].includes(call.set);
  if (!wanted || call.truth("SkipImmediateCertificateDeployment")) return;
  const thumbprint = call.set === "NewCertificateParameter" ? config.next : config.current;
  spreadCertificate(call.state.servers, targetOf(call).server, thumbprint);
}

function normal(thumbprint: string | undefined): string {
  return (thumbprint ?? "").replaceAll(" ", "").toUpperCase();
}

function show(call: CmdletCall): Properties {
  const config = call.state.authConfig;
  return {
    CurrentCertificateThumbprint: config.current,
    PreviousCertificateThumbprint: config.previous,
    NextCertificateThumbprint: config.next,
    NextCertificateEffectiveDate: config.nextEffectiveDate === null ? null : new Date(config.nextEffectiveDate),
    ServiceName: config.serviceName,
    Realm: config.realm,
    DeploymentId: "",
    IssuerIdentifier: "",
    ...directoryProperties(call.state.directory, AUTH_CONFIG, config, call.domainController),
  };
}
