import { setTimeout as wait } from "node:timers/promises";
import { expect } from "chai";
import { subjectKeyIdentifierOf } from "../../provider/resources/oauth-certificate/identifiers";
import { addFaults } from "../../sandbox/exchange";
import { Deployment, messages, type Run } from "./deployment";

/** One way to die: at which cmdlet, on which side of what it changes, and who. */
export interface Crash {
  cmdlet: string;
  when: "before" | "after";
  /** `crash`: the Exchange process exits; `killParent`: the provider process is killed, and Exchange exits too. */
  kind: "crash" | "killParent";
}

/** Each of these cmdlets, after and before its change, with either process dying. */
export function crashesAt(...cmdlets: string[]): Crash[] {
  const ways = (["after", "before"] as const).flatMap((when) =>
    (["killParent", "crash"] as const).map((kind) => ({ when, kind })),
  );
  return cmdlets.flatMap((cmdlet) => ways.map((way) => ({ cmdlet, ...way })));
}

export function titleOf({ cmdlet, when, kind }: Crash): string {
  return `${kind === "crash" ? "Exchange" : "the provider"} dies ${when} ${cmdlet}`;
}

/** A stack of the three resources, in an organisation where a certificate has to be made. */
export async function begin(scenario = "expired"): Promise<Deployment> {
  const deployment = await Deployment.begin({ scenario, program: "resources" });
  deployment.declared = {
    certificate: {},
    authServer: { tenantId: deployment.tenantId, tenantDomain: "contoso.example" },
    proxy: { organization: "contoso.example" },
  };
  return deployment;
}

/** Runs an operation in which the crash happens; it must fail, say so, and leave no process. */
export async function crash(
  deployment: Deployment,
  { cmdlet, when, kind }: Crash,
  work: () => Promise<Run>,
): Promise<Run> {
  await addFaults(deployment.home, [{ cmdlet, when, kind }]);
  const run = await work();
  expect(run.succeeded, "an operation in which a process died").to.equal(false);
  expect(messages(run, "error"), "what the user reads").to.not.be.empty;
  expect(run.calls.filter(({ outcome }) => outcome === kind).length, "faults that struck").to.equal(1);
  expect(await livingProcesses(run), "processes left behind").to.deep.equal([]);
  return run;
}

/** The organisation is as the stack wants it, and nothing is there twice. */
export async function expectConverged(deployment: Deployment): Promise<void> {
  const { authConfig, servers, authServers, pushNotificationApp } = await deployment.organisation();
  const { thumbprint, organizationId, repair } = await deployment.outputsOf("certificate");
  expect(repair).to.deep.equal([]);
  expect(authConfig.current).to.equal(thumbprint);
  const identifiers = [1, 2, 3].map((n) => subjectKeyIdentifierOf(String(organizationId), n));
  for (const { name, role, certificates } of servers) {
    const made = certificates.filter(({ subjectKeyIdentifier }) => identifiers.includes(subjectKeyIdentifier));
    expect(
      made.map((certificate) => certificate.thumbprint),
      `certificates made here on ${name}`,
    ).to.deep.equal(role === "Edge" ? [] : [thumbprint]);
  }
  expect(authServers.map(({ name, realm }) => ({ name, realm }))).to.deep.equal([
    { name: "MicrosoftSts", realm: deployment.tenantId },
  ]);
  expect(pushNotificationApp).to.include({ enabled: true, organization: "contoso.example" });
}

/** Nobody tells when a process that is not our child has ended, so it is asked for, five seconds at the most. */
async function livingProcesses(run: Run): Promise<number[]> {
  const ids = [...new Set(run.calls.map(({ processId }) => processId))];
  for (let tries = 0; ids.some(isAlive) && tries < 100; tries++) await wait(50);
  return ids.filter(isAlive);
}

function isAlive(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch {
    return false;
  }
}
