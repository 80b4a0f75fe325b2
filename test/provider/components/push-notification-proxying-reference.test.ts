import { readFileSync } from "node:fs";
import path from "node:path";
import { RunError } from "@pulumi/pulumi";
import { expect } from "chai";
import { PushNotificationProxyingReference } from "../../../provider/components/push-notification-proxying-reference";
import { recordRegistrations, settled } from "./recording-mocks";

const STACK = "organization/exchange-push-notifications/production";
const outputs = {
  certificateThumbprint: "D0D6",
  certificatePem: "-----BEGIN CERTIFICATE-----\n",
  certificateNotAfter: "2028-01-05T09:04:48Z",
  authServerName: "MicrosoftSts",
  authServerRealm: "11111111-2222-3333-4444-555555555555",
  servicePrincipalObjectId: "sp",
  keyCredentialId: "key",
  proxyOrganization: "contoso.example",
  proxyUri: "https://outlook.office365.com/PushNotifications",
  proxyEnabled: true,
  proxyStateSource: "last known",
  probeResult: "Succeeded",
  organizationId: "org",
};
type Name = keyof typeof outputs;

/** The reference to a stack with these outputs. */
async function reference(of: object): Promise<PushNotificationProxyingReference> {
  await recordRegistrations({ outputs: { "pulumi:pulumi:StackReference": { outputs: of } } });
  return new PushNotificationProxyingReference(STACK);
}

/** The error of one of its outputs. Every other one is right, so none is left to fail unseen. */
async function errorOf(name: Name, value: unknown): Promise<Error> {
  const given = await reference({ ...outputs, [name]: value });
  const output: unknown = given[name];
  const { promise } = output as { promise(): Promise<unknown> };
  return promise.call(output).then(
    () => expect.fail(`${name} is right`),
    (error: Error) => error,
  );
}

describe("the reference to a stack of PushNotificationProxying", () => {
  it("gives each output of that stack", async () => {
    const given = await reference(outputs);
    const names = Object.keys(outputs) as Name[];
    const values = await Promise.all(names.map(async (name) => [name, await settled<unknown>(given[name])]));
    expect(Object.fromEntries(values)).to.deep.equal(outputs);
  });

  it("gives what later versions added, where it is asked for", async () => {
    const later = { servers: [{ name: "MBX1" }], hybrid: "no", partnerApplicationEnabled: true };
    const given = await reference({ ...outputs, ...later });
    expect(await settled<unknown>(given.servers)).to.deep.equal(later.servers);
    expect(await settled(given.hybrid)).to.equal("no");
    expect(await settled(given.partnerApplicationEnabled)).to.equal(true);
  });

  it("gives what AuthConfig will switch to, where that stack exports it", async () => {
    const next = { certificateNextThumbprint: "A1B2", certificateNextEffectiveDate: "" };
    const given = await reference({ ...outputs, ...next });
    expect(await settled(given.certificateNextThumbprint)).to.equal("A1B2");
    expect(await settled(given.certificateNextEffectiveDate)).to.equal("");
  });

  it("shows none of its outputs to what goes through its properties: nothing is asked of the stack by that", async () => {
    expect(Object.keys(await reference(outputs))).to.deep.equal([]);
  });

  it("has what the program at the repository's root exports, each under its own name, and three outputs more", () => {
    const program = readFileSync(path.join(__dirname, "../../../index.ts"), "utf8");
    const exported = [...program.matchAll(/^export const (\w+) = (.*);$/gm)];
    expect(exported.filter(([, name, value]) => value !== `proxying.${name}`)).to.deep.equal([]);
    const { constructor: _, ...given } = Object.getOwnPropertyDescriptors(PushNotificationProxyingReference.prototype);
    expect([
      ...exported.map(([, name]) => name),
      // A new export is a change in the next preview of everyone who deploys that program.
      "certificateNextThumbprint",
      "certificateNextEffectiveDate",
      "certificateGenerations",
    ]).to.have.members(Object.keys(given));
  });

  it("fails over what an earlier version has not, only where that is asked for", async () => {
    const output: unknown = (await reference(outputs)).servers;
    const { promise } = output as { promise(): Promise<unknown> };
    const error: Error = await expect(promise.call(output)).to.be.rejectedWith(Error);
    expect(error.message).to.equal(
      `The stack "${STACK}" should have the output "servers" of type list, but it has none. ` +
        "Deploy a PushNotificationProxying there and export its outputs under their own names.",
    );
  });

  const wrong: { title: string; name: Name; value: unknown; found: string }[] = [
    { title: "is missing", name: "certificateThumbprint", value: undefined, found: "string, but it has none" },
    { title: "is null", name: "organizationId", value: null, found: "string, but it has none" },
    { title: "is a number", name: "certificatePem", value: 5, found: "string, but its value is of type number" },
    { title: "is an object", name: "proxyUri", value: { a: 1 }, found: "string, but its value is of type object" },
    {
      title: "is text where a truth is meant",
      name: "proxyEnabled",
      value: "true",
      found: "boolean, but its value is of type string",
    },
  ];
  for (const { title, name, value, found } of wrong) {
    it(`fails with the names of stack and output where one ${title}`, async () => {
      const error = await errorOf(name, value);
      expect(error).to.be.instanceOf(RunError);
      expect(error.message).to.equal(
        `The stack "${STACK}" should have the output "${name}" of type ${found}. ` +
          "Deploy a PushNotificationProxying there and export its outputs under their own names.",
      );
    });

    it(`fails without a stack that takes Node minutes to show, where one ${title}`, async () => {
      const { message, stack } = await errorOf(name, value);
      expect(stack).to.equal(message);
    });
  }
});
