import { expect } from "chai";
import type { State } from "../../../sandbox/exchange";
import { identifiers as series } from "../answers/built-provider";
import { TENANT } from "../answers/operations";
import { processesLeft } from "../command-line";
import type { Kill } from "./kills";
import type { Stack } from "./stack";

/** Whatever has happened: the organisation is as the program says, and nothing is there twice or gone. */
export async function expectConverged(
  stack: Stack,
  before: State,
  { next, beginning }: Pick<Kill, "next" | "beginning">,
): Promise<void> {
  expect(await processesLeft(stack.home), "processes left behind").to.deep.equal([]);
  const files = stack.stateFiles.filter((name) => !name.endsWith(".lock")).sort();
  expect(files, "files left behind").to.deep.equal(["dev.json", "entra.json", "exchange.json"]);
  const { resources, pending } = stack.state;
  // Pulumi keeps an interrupted create, and warns of it, until `refresh --clear-pending-creates`; the rest until a refresh.
  const isRefreshed = next.flat().includes("refresh");
  const kept = pending.filter((type) => isRefreshed && type !== "creating");
  expect(kept, "operations that the state says were interrupted").to.deep.equal([]);
  if (next.at(-1)?.[0] === "destroy") return expectGone(stack, before, beginning);
  const { authConfig, servers, authServers, partnerApplications, pushNotificationApp } = stack.organisation;
  const outputsOf = (name: string) => resources.find(({ urn }) => urn.endsWith(`::${name}`))?.outputs;
  const { authServer, proxy } = stack.declared;

  const { thumbprint, repair } = outputsOf("certificate") ?? {};
  expect(repair, "what the state says is to be repaired").to.deep.equal([]);
  expect(authConfig.current, "the certificate that AuthConfig names").to.equal(thumbprint);
  const mailbox = servers.filter(({ role }) => role === "Mailbox");
  expect(
    mailbox.map(({ certificates }) => certificates.filter((each) => each.thumbprint === thumbprint).length),
    "how often each server holds it",
  ).to.deep.equal(mailbox.map(() => 1));
  expect(ours(stack.organisation).length, "certificates made here").to.be.at.most(1);

  expect(
    authServers.map(({ name, realm, enabled }) => ({ name, realm, enabled })),
    "auth servers",
  ).to.deep.equal([{ name: "MicrosoftSts", realm: TENANT, enabled: true }]);
  if ("authMetadataUrl" in authServer)
    expect(authServers[0]?.authMetadataUrl, "the metadata URL").to.equal(authServer.authMetadataUrl);
  expect(
    partnerApplications.map(({ enabled }) => enabled),
    "the partner application's Enabled",
  ).to.deep.equal([true]);
  expect(pushNotificationApp, "the proxy").to.include({ enabled: true, ...proxy });
  for (const name of ["certificate", "prerequisites", "auth-server", "partner-application", "proxy"])
    expect(outputsOf(name), `${name} in the state`).to.not.equal(undefined);
}

/** After a destroy nothing works that the stack had set up, and sign-in does. */
function expectGone(stack: Stack, before: State, beginning: Kill["beginning"]): void {
  const { authConfig, authServers, pushNotificationApp } = stack.organisation;
  expect(
    stack.state.resources.filter(({ urn }) => !urn.includes("pulumi:pulumi:Stack")),
    "resources in the state",
  ).to.deep.equal([]);
  expect(pushNotificationApp?.enabled ?? false, "the proxy's Enabled").to.equal(false);
  expect(authServers, "auth servers").to.deep.equal([]);
  expect(authConfig.current, "the certificate that AuthConfig names").to.equal(before.authConfig.current);
  if (beginning === "destroy of an unused one")
    expect(ours(stack.organisation), "certificates made here").to.deep.equal([]);
}

/** The thumbprints of the certificates that this package has made. */
function ours({ authConfig, servers }: State): string[] {
  const identifiers = [1, 2, 3, 4].map((n) => series.subjectKeyIdentifierOf(authConfig.guid, n));
  const made = servers.flatMap(({ certificates }) =>
    certificates.filter(({ subjectKeyIdentifier }) => identifiers.includes(subjectKeyIdentifier)),
  );
  return [...new Set(made.map(({ thumbprint }) => thumbprint))];
}
