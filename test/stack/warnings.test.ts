import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { Deployment, messages, type Run } from "./deployment";

/** The beginning of each warning, by its name. */
const WARNINGS: Record<string, RegExp> = {
  hybrid: /^The hybrid wizard set this organisation up: .* See https:/,
  endOfSupport: /^Microsoft no longer supports MBX2 \(Exchange Server 2016, 15\.1\.2507\.6\): .* See https:/,
  coexistence: /^Cumulative update 2 of Exchange Server Subscription Edition, .* still has MBX2 .* See https:/,
  certificateExpires: /^The auth certificate [0-9A-F]{40} expires on \d{4}-\d\d-\d\d\. .* See https:/,
  retiredClients: /^The clients that push notification proxying was made for, .* May 2018: .* See https:/,
};

/** The names of the warnings of a run, sorted; a text that is none of them stays as it is. */
function warned(run: Run): string[] {
  const nameOf = (text: string) => Object.keys(WARNINGS).find((name) => WARNINGS[name]?.test(text)) ?? text;
  return messages(run, "warning").map(nameOf).sort();
}

describe("the warnings", () => {
  let deployment: Deployment;
  const all = Object.keys(WARNINGS).sort();

  before(async () => {
    deployment = await Deployment.begin({ scenario: "warnings", program: "component" });
  });
  after(() => deployment.end());

  it("come one of each, once, in the update that learns of them", async () => {
    const run = await deployment.up();
    expect(messages(run, "error")).to.deep.equal([]);
    expect(warned(run)).to.deep.equal(all);
  });

  it("come again in each preview and each update, though Exchange is not asked", async () => {
    for (const run of [await deployment.preview(), await deployment.up()]) {
      expect(run.calls).to.deep.equal([]);
      expect(warned(run)).to.deep.equal(all);
    }
  });

  for (const name of all) {
    it(`are silenced one by one: ${name}`, async () => {
      deployment.declared = { component: { acknowledge: [name] } };
      const run = await deployment.preview();
      expect(warned(run)).to.deep.equal(all.filter((other) => other !== name));
      expect(run.events.flatMap(({ summaryEvent }) => (summaryEvent ? [summaryEvent.resourceChanges] : []))).to.satisfy(
        (changes: Record<string, number>[]) => changes.every((change) => Object.keys(change).join() === "same"),
      );
    });
  }

  it("are not silenced by an unknown name", async () => {
    deployment.declared = { component: { acknowledge: ["all"] } };
    const run = await deployment.preview();
    expect(messages(run, "error").join("\n")).to.include(
      "acknowledge: it must be a list of warnings by name, each of hybrid, endOfSupport,",
    );
  });
});

describe("the warning of a certificate near its end", () => {
  const DAY = 24 * 60 * 60 * 1000;
  let folder: string;
  let deployment: Deployment;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "warnings-"));
    const scenario = path.join(folder, "clock-behind.json");
    const clock = new Date(Date.now() - 100 * DAY).toISOString();
    const certificates = [{ key: "auth", notAfter: 150.5 }];
    await writeFile(scenario, JSON.stringify({ description: "100 days ago.", clock, certificates }));
    deployment = await Deployment.begin({ scenario, program: "resources" });
    deployment.declared = { certificate: {} };
  });
  after(async () => {
    await deployment.end();
    await rm(folder, { recursive: true });
  });

  it("comes by this machine's clock where the last look at Exchange was too early for it", async () => {
    const run = await deployment.up();
    expect(messages(run, "error")).to.deep.equal([]);
    expect((await deployment.outputsOf("certificate")).warnings).to.deep.equal([]);
    const texts = messages(run, "warning");
    expect(texts).to.have.length(1);
    expect(texts[0]).to.match(/^The auth certificate [0-9A-F]{40} expires on /);
  });
});
