import { expect } from "chai";
import { Deployment } from "./deployment";
import { type Judged, PolicyPackHost } from "./policy-pack";

const STACK = "exchange-push-notifications/test";
const NOT_APPROVED =
  "mandatory | exchange-shared-principal | exchange-push-notifications/test is not approved to add a " +
  "key to the shared service principal, which Microsoft advises against (CVE-2025-53786). After " +
  "approval, add the stack to approvedStacks.";

// The example's pack in Pulumi's own process of policy packs, and what the stack at the root registers and deploys.
describe("the example of a policy pack", () => {
  let deployment: Deployment;
  let pack: PolicyPackHost;
  let deployed: Judged[];

  before(async () => {
    deployment = await Deployment.begin({ scenario: "ordinary", program: "root" });
    await deployment.up();
    const resources = Object.values(await deployment.resources());
    deployed = resources.map(({ urn, type, parent, outputs = {} }) => ({ urn, type, parent, properties: outputs }));
  });
  after(() => deployment.end());
  beforeEach(async () => {
    pack = await PolicyPackHost.start("examples/policy");
  });
  afterEach(() => pack.end());

  const resourceOf = (name: string): Judged => {
    const found = deployed.find(({ urn }) => urn.endsWith(`::${name}`));
    if (!found) throw new Error(`nothing of the name ${name} is deployed`);
    return found;
  };
  /** The deployed stack, with other outputs of one resource. */
  const stackWith = (name: string, outputs: object): Judged[] =>
    deployed.map((each) =>
      each === resourceOf(name) ? { ...each, properties: { ...each.properties, ...outputs } } : each,
    );
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000 + 60_000).toISOString();

  it("stops the component in a stack that is not approved, before it makes anything", async () => {
    expect(await pack.analyze(resourceOf("push-notifications"))).to.deep.equal([NOT_APPROVED]);
    await pack.configure({ "exchange-shared-principal": { approvedStacks: [STACK] } });
    expect(await pack.analyze(resourceOf("push-notifications"))).to.deep.equal([]);
  });

  it("stops a key on a principal that is said to be shared, whoever declares it", async () => {
    const key = resourceOf("push-notifications-key-credential");
    const { servicePrincipalId } = key.properties as { servicePrincipalId: string };
    expect(await pack.analyze(key)).to.deep.equal([]);
    await pack.configure({ "exchange-shared-principal": { sharedPrincipals: [servicePrincipalId] } });
    expect(await pack.analyze(key)).to.deep.equal([NOT_APPROVED]);
  });

  it("says nothing of any other resource before it is made", async () => {
    const others = deployed.filter(({ urn }) => !urn.endsWith("::push-notifications"));
    const said = await Promise.all(others.map((resource) => pack.analyze(resource)));
    expect(said.flat()).to.deep.equal([]);
  });

  it("advises a probe where the proxy is enabled without one that is required", async () => {
    const advice =
      "advisory | exchange-probe-required | push-notifications-proxy | The stack has %: set `probe: { " +
      "required: true }` of PushNotificationProxying.";
    const probe = (required: boolean): Judged => ({
      urn: "urn:pulumi:test::exchange-push-notifications::pulumi-nodejs:dynamic/exchange:PushNotificationProbe::probe",
      type: "pulumi-nodejs:dynamic/exchange:PushNotificationProbe",
      properties: { required },
    });
    expect(await pack.analyzeStack(deployed)).to.deep.equal([advice.replace("%", "no probe")]);
    expect(await pack.analyzeStack([...deployed, probe(false)])).to.deep.equal([
      advice.replace("%", "a probe that may fail"),
    ]);
    expect(await pack.analyzeStack([...deployed, probe(true)])).to.deep.equal([]);
  });

  it("refuses a certificate that is near its end, and waits for one that is not made yet", async () => {
    const { thumbprint } = resourceOf("push-notifications-certificate").properties as { thumbprint: string };
    const notAfter = inDays(59);
    const near = await pack.analyzeStack(stackWith("push-notifications-certificate", { notAfter }));
    expect(near[0]).to.equal(
      "mandatory | exchange-certificate-life | push-notifications-certificate | " +
        `${thumbprint} ends on ${notAfter}, in 59 days; at least 60 days are required.`,
    );
    await pack.configure({ "exchange-certificate-life": { minimumDays: 59 } });
    const enough = await pack.analyzeStack(stackWith("push-notifications-certificate", { notAfter }));
    const unknown = await pack.analyzeStack(stackWith("push-notifications-certificate", { notAfter: null }));
    expect([...enough, ...unknown].filter((line) => line.includes("certificate-life"))).to.deep.equal([]);
  });
});
