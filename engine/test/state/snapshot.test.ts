import { expect } from "chai";
import type { Deployment, ResourceState } from "../../state/resource";
import { Snapshot } from "../../state/snapshot";

const state = (urn: string, fields: Partial<ResourceState> = {}): ResourceState => ({
  urn,
  custom: true,
  type: "t",
  id: `${urn}-1`,
  ...fields,
});

function snapshotOf(resources: ResourceState[], pendingOperations: Deployment["pendingOperations"] = []) {
  const saved: Deployment[] = [];
  const snapshot = new Snapshot({ resources, pendingOperations }, async (deployment) => {
    saved.push(deployment);
  });
  return { snapshot, saved, urns: () => snapshot.deployment.resources.map(({ urn, id }) => `${urn} ${id}`) };
}

describe("The state in the middle of an operation", () => {
  it("is what is registered anew, then what is left of the former state", () => {
    const [one, two] = [state("one"), state("two")];
    const { snapshot, urns } = snapshotOf([one, two]);
    snapshot.finish(one);
    snapshot.add(state("new"));
    expect(urns()).to.deep.equal(["new new-1", "two two-1"]);
  });

  it("holds a replaced one beside the new until it is deleted", () => {
    const one = state("one");
    const { snapshot, urns } = snapshotOf([one]);
    snapshot.add(state("one", { id: "one-2" }));
    snapshot.flag(one, { delete: true });
    expect(urns()).to.deep.equal(["one one-2", "one one-1"]);
    expect(snapshot.deployment.resources[1]?.delete).to.equal(true);
    snapshot.finish(one);
    expect(urns()).to.deep.equal(["one one-2"]);
  });

  it("notes what is under way before it begins, and not after it has ended", async () => {
    const { snapshot, saved } = snapshotOf([]);
    const one = state("one", { id: undefined });
    await snapshot.begin("creating", one);
    expect(saved[0]?.pendingOperations).to.deep.equal([
      { type: "creating", resource: { urn: "one", custom: true, type: "t" } },
    ]);
    snapshot.end(one);
    expect(snapshot.deployment.pendingOperations).to.deep.equal([]);
  });

  it("keeps what an earlier run has left under way, until it is forgotten", () => {
    const left = { type: "creating" as const, resource: state("lost") };
    const { snapshot } = snapshotOf([], [left]);
    expect(snapshot.deployment.pendingOperations).to.deep.equal([left]);
    snapshot.forgetInterrupted(({ type }) => type !== "creating");
    expect(snapshot.interrupted).to.deep.equal([left]);
    snapshot.forgetInterrupted(() => true);
    expect(snapshot.deployment.pendingOperations).to.deep.equal([]);
  });

  for (const [type, isKept] of [
    ["creating", true],
    ["updating", false],
    ["deleting", false],
    ["reading", false],
  ] as const) {
    it(`${isKept ? "keeps" : "forgets"} what was interrupted while ${type} once the resource is dealt with`, () => {
      const [one, other] = [state("one"), state("other")];
      const left = [one, other].map((resource) => ({ type, resource }));
      const { snapshot } = snapshotOf([one, other], left);
      snapshot.finish(one);
      expect(snapshot.interrupted).to.deep.equal(isKept ? left : [left[1]]);
    });
  }

  it("gives the last registered of a URN its outputs", () => {
    const { snapshot } = snapshotOf([]);
    snapshot.add(state("stack", { custom: false, id: undefined }));
    expect(snapshot.amend("stack", { outputs: { a: 1 } })?.outputs).to.deep.equal({ a: 1 });
    expect(snapshot.amend("other", { outputs: {} })).to.equal(undefined);
    expect(snapshot.deployment.resources[0]?.outputs).to.deep.equal({ a: 1 });
  });

  it("names renamed resources by their new URN in what is left", () => {
    const child = state("child", {
      parent: "old",
      dependencies: ["old", "other"],
      propertyDependencies: { value: ["old"] },
      provider: "old::id",
      deletedWith: "old",
    });
    const { snapshot } = snapshotOf([child]);
    snapshot.rename("old", "new");
    expect(snapshot.deployment.resources[0]).to.deep.equal({
      ...child,
      parent: "new",
      dependencies: ["new", "other"],
      propertyDependencies: { value: ["new"] },
      provider: "new::id",
      deletedWith: "new",
    });
  });

  it("is saved once for each change", async () => {
    const { snapshot, saved } = snapshotOf([]);
    snapshot.add(state("one"));
    await Promise.all([snapshot.save(), snapshot.save()]);
    await snapshot.save();
    expect(saved.length).to.equal(1);
    snapshot.add(state("two"));
    await snapshot.save();
    expect(saved.map(({ resources }) => resources.length)).to.deep.equal([1, 2]);
  });

  it("is saved again where that has failed", async () => {
    let tries = 0;
    const save = async () => {
      tries++;
      if (tries === 1) throw new Error("the disk is full");
    };
    const snapshot = new Snapshot({ resources: [], pendingOperations: [] }, save);
    const failure = await snapshot.save().catch((error: Error) => error.message);
    expect(failure).to.equal("the disk is full");
    await snapshot.save();
    expect(tries).to.equal(2);
  });

  it("is not saved any more once it is frozen", async () => {
    const { snapshot, saved } = snapshotOf([]);
    snapshot.freeze();
    await snapshot.save();
    expect(saved).to.deep.equal([]);
  });
});
