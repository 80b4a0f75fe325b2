import path from "node:path";
import { expect } from "chai";
import { begin, type Crash, crash, expectConverged, titleOf } from "../stack/crashes";
import { type Declared, type Deployment, messages, writes } from "../stack/deployment";
import { reachBy } from "../stack/reach";
import { needShell } from "./shell";

const MODULE = path.resolve(__dirname, "../../sandbox/powershell");

/** Each write of a create, in its order, with the resource that must be declared for it. */
const WRITES: [string, keyof Declared][] = [
  ["New-ExchangeCertificate", "certificate"],
  ["Import-ExchangeCertificate", "certificate"],
  ["Set-AuthConfig", "certificate"],
  ["New-AuthServer", "authServer"],
  ["Enable-PushNotificationProxy", "proxy"],
];

/** Before and after what it changes; by turns Exchange's process dies, and the shell that started it with it. */
const CRASHES = WRITES.flatMap(([cmdlet, resource], index) => {
  const kinds = index % 2 === 0 ? (["crash", "killParent"] as const) : (["killParent", "crash"] as const);
  return [
    [{ cmdlet, when: "before", kind: kinds[0] }, resource],
    [{ cmdlet, when: "after", kind: kinds[1] }, resource],
  ] as [Crash, keyof Declared][];
});

const titleHere = (fault: Crash) => titleOf(fault).replace("the provider", "the shell");

// One deployment that is cut short again and again: what each up leaves is what the next one finds.
describe("a create through real PowerShell that is cut short at every write", () => {
  let deployment: Deployment | undefined;
  let whole: Declared;

  before(async function () {
    const shell = needShell(this);
    reachBy(() => ({ "exchange:connection": "module", "exchange:module": MODULE, "exchange:shell": shell }));
    deployment = await begin();
    whole = deployment.declared;
    deployment.declared = {};
  });
  after(async () => {
    reachBy();
    await deployment?.end();
  });

  for (const [fault, resource] of CRASHES) {
    it(`fails, says so and leaves no process: ${titleHere(fault)}`, async () => {
      if (!deployment) throw new Error("There is no deployment.");
      deployment.declared = { ...deployment.declared, [resource]: whole[resource] };
      const cut = deployment;
      await crash(cut, fault, () => cut.up());
    });
  }

  it("converges at the next up, with nothing twice, and the one after that writes nothing", async () => {
    if (!deployment) throw new Error("There is no deployment.");
    expect(messages(await deployment.up(), "error")).to.deep.equal([]);
    await expectConverged(deployment);
    expect((await deployment.outputsOf("certificate")).provenance).to.equal("here");
    expect(writes(await deployment.up())).to.deep.equal([]);
  });
});
