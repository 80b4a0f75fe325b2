import { expect } from "chai";
import { ProviderError, ProviderUnavailable } from "../../errors";
import { type EngineEvent, EventEmitter } from "../../events";
import { type Step, StepExecutor, Stopped } from "../../execution/executor";
import { InitializationError } from "../../plugins/answers";

/** A step that ends when the test says so. */
class Gate {
  begun = false;
  end: () => void = () => undefined;
  readonly step: Step;

  constructor(name: string, op: Step["op"] = "create", failure?: Error) {
    const ended = new Promise<void>((resolve) => {
      this.end = resolve;
    });
    this.step = {
      op,
      urn: `urn:pulumi:s::p::t:i:T::${name}`,
      type: "t:i:T",
      old: undefined,
      new: { urn: name, custom: true, type: "t:i:T" },
      counted: () => op,
      apply: async () => {
        this.begun = true;
        await ended;
        if (failure) throw failure;
      },
    };
  }
}

function executorOf(parallel: number, isPreview = false) {
  const events: EngineEvent[] = [];
  const emitter = new EventEmitter((event) => events.push(event), isPreview);
  const told = () =>
    events.map(({ resourcePreEvent, resOutputsEvent, resOpFailedEvent, diagnosticEvent }) => {
      const name = (metadata?: { urn: string }) => metadata?.urn.split("::").at(-1);
      if (resourcePreEvent) return `begin ${name(resourcePreEvent.metadata)}`;
      if (resOutputsEvent) return `end ${name(resOutputsEvent.metadata)}`;
      if (resOpFailedEvent) return `failed ${name(resOpFailedEvent.metadata)}`;
      return diagnosticEvent?.message.trimEnd();
    });
  return { executor: new StepExecutor(parallel, emitter, isPreview), emitter, told };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));
const outcome = (work: Promise<void>) =>
  work.then(
    () => "done",
    (error: Error) => error.name,
  );

describe("The executor of steps", () => {
  it("runs no more chains at a time than it may, and the steps of a chain in order", async () => {
    const { executor, told } = executorOf(1);
    const [one, two, three] = [new Gate("one"), new Gate("two"), new Gate("three")];
    const runs = [executor.run([one.step, two.step]), executor.run([three.step])];
    await turn();
    expect([one.begun, two.begun, three.begun]).to.deep.equal([true, false, false]);
    for (const gate of [one, two, three]) gate.end();
    await Promise.all(runs);
    expect(told()).to.deep.equal(["begin one", "end one", "begin two", "end two", "begin three", "end three"]);
  });

  it("runs as many as it may at the same time", async () => {
    const { executor } = executorOf(2);
    const gates = [new Gate("one"), new Gate("two"), new Gate("three")];
    const runs = gates.map(({ step }) => executor.run([step]));
    await turn();
    expect(gates.map(({ begun }) => begun)).to.deep.equal([true, true, false]);
    for (const gate of gates) gate.end();
    await Promise.all(runs);
  });

  it("begins nothing after a failure, waits for what is running, and tells the reason", async () => {
    const { executor, emitter, told } = executorOf(2);
    const [bad, slow, later] = [
      new Gate("bad", "create", new ProviderError("the server refused")),
      new Gate("slow"),
      new Gate("later"),
    ];
    const runs = [bad, slow, later].map(({ step }) => outcome(executor.run([step])));
    await turn();
    bad.end();
    await executor.stopped;
    slow.end();
    await executor.idle();
    expect(await Promise.all(runs)).to.deep.equal(["Stopped", "done", "Stopped"]);
    expect(told()).to.deep.equal(["begin bad", "begin slow", "the server refused", "failed bad", "end slow"]);
    expect([executor.hasStepFailed, emitter.maybeCorrupt]).to.deep.equal([true, false]);
  });

  it("goes on after a failure where it is told to", async () => {
    const { executor } = executorOf(1);
    const [bad, good] = [new Gate("bad", "create", new Error("no")), new Gate("good")];
    bad.end();
    good.end();
    expect(await outcome(executor.run([bad.step], { continueOnError: true }))).to.equal("Stopped");
    expect(await outcome(executor.run([good.step]))).to.equal("done");
    expect([executor.hasFailed, executor.isStopped]).to.deep.equal([true, false]);
  });

  for (const [op, isUnclear] of [
    ["create", false],
    ["update", true],
    ["delete", true],
    ["refresh", true],
    ["read", true],
  ] as const) {
    it(`${isUnclear ? "doubts" : "does not doubt"} the state after a failed ${op}`, async () => {
      const { executor, emitter } = executorOf(1);
      const bad = new Gate("bad", op, new ProviderError("no"));
      bad.end();
      await outcome(executor.run([bad.step]));
      expect(emitter.maybeCorrupt).to.equal(isUnclear);
    });
  }

  for (const op of ["update", "delete"] as const) {
    it(`does not doubt the state after the provider has exited in the middle of ${op === "update" ? "an update" : "a delete"}`, async () => {
      const { executor, emitter } = executorOf(1);
      const bad = new Gate("bad", op, new ProviderUnavailable("error reading from server: EOF"));
      bad.end();
      await outcome(executor.run([bad.step]));
      expect(emitter.maybeCorrupt).to.equal(false);
    });
  }

  it("does not doubt the state after an update that has failed in part", async () => {
    const { executor, emitter } = executorOf(1);
    const bad = new Gate("bad", "update", new InitializationError("1", {}, undefined, ["the probe failed"]));
    bad.end();
    await outcome(executor.run([bad.step]));
    expect(emitter.maybeCorrupt).to.equal(false);
  });

  it("tells of a failure in a preview without a failed step", async () => {
    const { executor, told } = executorOf(1, true);
    const bad = new Gate("bad", "delete", new Error("no"));
    bad.end();
    await outcome(executor.run([bad.step]));
    expect(told()).to.deep.equal(["begin bad", "Preview failed: no"]);
  });

  it("waits for nothing once what is running is abandoned, and tells nothing more", async () => {
    const { executor, told } = executorOf(1);
    const slow = new Gate("slow", "create", new Error("lost"));
    const run = outcome(executor.run([slow.step]));
    await turn();
    executor.abandon();
    expect(await run).to.equal("Stopped");
    expect(await outcome(executor.idle())).to.equal("Stopped");
    slow.end();
    await turn();
    expect(told()).to.deep.equal(["begin slow"]);
    expect(await outcome(executor.run([new Gate("next").step]))).to.equal("Stopped");
    expect(new Stopped().name).to.equal("Stopped");
  });
});
