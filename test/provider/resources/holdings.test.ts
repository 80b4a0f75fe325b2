import { expect } from "chai";
import { exactly } from "../../../provider/resources/change";
import { UNKNOWN } from "../../../provider/resources/check";
import { HalfMade } from "../../../provider/resources/half-made";
import { handlerOf } from "../../../provider/resources/handler";
import type { Lifecycle } from "../../../provider/resources/lifecycle";
import type { CommonOutputs } from "../../../provider/resources/outputs";
import { object, RecordingSession } from "../exchange/recording-session";
import { configure, freshProvider } from "../fresh-provider";
import { printed } from "../printed";

const ORGANISATION = "3d1a4a6e-0c52-4e0e-9e53-6f2f3a1b7c11";

interface Inputs {
  colour: string;
  place: string;
  timeoutSeconds?: number;
}
type Outputs = CommonOutputs & Inputs & { guid: string; adopted?: object; written?: object };

const inputs: Inputs = { colour: "red", place: "here" };
const outputs: Outputs = {
  ...inputs,
  organizationId: ORGANISATION,
  schemaVersion: 1,
  provenance: "unknown",
  repair: [],
  warnings: [],
  guid: "g1",
};
const STAYS = "The thing g1 stays: another resource of this program manages it now.";
const LOST =
  `${STAYS} That resource does not know who created it or its former values, so its destroy may leave ` +
  "it as it is; with an alias, a resource that is renamed or moved keeps what it knows.";

/** A handler in a provider process that has just started, and the Guids that its deletes were asked to take back. */
async function started(parts: Partial<Lifecycle<Inputs, Outputs>> = {}) {
  const { connection } = freshProvider(
    new RecordingSession({ "Get-AuthConfig": { output: [object({ Guid: ORGANISATION })] } }),
  );
  const deleted: string[] = [];
  const lifecycle: Lifecycle<Inputs, Outputs> = {
    nameOf: ({ guid }) => `The thing ${guid}`,
    fields: { colour: { reason: () => undefined }, place: { reason: () => undefined } },
    changes: { colour: exactly("update"), place: exactly("replace") },
    create: async () => ({ id: "g1", outputs }),
    read: async (_organization, id, olds) => ({ id, outputs: olds as Outputs }),
    update: async () => outputs,
    delete: async (_organization, { guid }) => {
      deleted.push(guid);
    },
    ...parts,
  };
  const handler = handlerOf(lifecycle, connection);
  await configure(handler);
  return {
    deleted,
    create: () => handler.create(inputs),
    check: (olds: object, news: object = inputs) => handler.check?.(olds as Inputs, news as Inputs),
    diff: (olds: object = {}, news: object = {}) =>
      handler.diff?.("g1", { ...outputs, ...olds }, { ...inputs, ...news }),
    read: (olds: object = {}) => handler.read?.("g1", { ...outputs, ...olds }),
    update: (olds: object = {}) => handler.update?.("g1", { ...outputs, ...olds }, inputs),
    delete: (olds: object = {}) => printed(async () => handler.delete?.("g1", { ...outputs, ...olds })),
  };
}

type Started = Awaited<ReturnType<typeof started>>;

describe("an object that is to be deleted", () => {
  const held: [string, (run: Started) => Promise<unknown>][] = [
    ["was created by another resource in this run", (run) => run.create()],
    [
      "is that of a resource that the program declares unchanged",
      async (run) => {
        await run.check(inputs);
        await run.diff();
      },
    ],
    ["was updated by another resource in this run", async (run) => run.update()],
    ["was taken by an update that was for another one until then", async (run) => run.update({ guid: "g2" })],
  ];
  for (const [title, take] of held) {
    it(`stays where it ${title}`, async () => {
      const run = await started();
      await take(run);
      expect(await run.delete()).to.deep.equal([STAYS]);
      expect(await run.delete({ guid: "G1", organizationId: ORGANISATION.toUpperCase() })).to.deep.equal([
        STAYS.replace("g1", "G1"),
      ]);
      expect(run.deleted).to.deep.equal([]);
    });
  }

  const free: [string, (run: Started) => Promise<unknown>][] = [
    ["no resource of the program has it", async () => {}],
    ["it was only refreshed, which asks for a diff as well", async (run) => [await run.read(), await run.diff()]],
    [
      "it is to be replaced: it goes first",
      async (run) => [await run.check(inputs), await run.diff({}, { place: "there" }), await run.check({})],
    ],
    [
      "it is to be replaced because the user asks for it, whatever its diff says: it goes first",
      async (run) => [await run.check(inputs), await run.diff(), await run.check({})],
    ],
    [
      "it hangs on one that is replaced, of which the engine asks with values that are not known",
      async (run) => [await run.check(inputs), await run.diff({}, { colour: UNKNOWN })],
    ],
  ];
  for (const [title, come] of free) {
    it(`is deleted where ${title}`, async () => {
      const run = await started();
      await come(run);
      expect(await run.delete()).to.deep.equal([]);
      expect(run.deleted).to.deep.equal(["g1"]);
    });
  }

  it("is deleted where another object was taken", async () => {
    const run = await started();
    await run.create();
    await run.delete({ guid: "g2" });
    expect(run.deleted).to.deep.equal(["g2"]);
  });

  it("is deleted where the create that was to take it failed", async () => {
    const run = await started({ create: () => Promise.reject(new TypeError("no")) });
    await expect(run.create()).to.be.rejectedWith(Error);
    await run.delete();
    expect(run.deleted).to.deep.equal(["g1"]);
  });

  it("stays where an update of the resource that has it failed", async () => {
    const run = await started({ update: () => Promise.reject(new TypeError("no")) });
    await expect(Promise.resolve(run.update())).to.be.rejectedWith(Error);
    expect(await run.delete()).to.deep.equal([STAYS]);
    expect(run.deleted).to.deep.equal([]);
  });

  it("stays where the create that took it is half made: the state has it", async () => {
    const run: Started = await started({
      create: async () => {
        throw new HalfMade("g1", outputs, ["not all of it"], undefined);
      },
    });
    await expect(run.create()).to.be.rejectedWith(Error);
    expect(await run.delete()).to.deep.equal([STAYS]);
  });

  it("is named with what is lost, where the state knew more of its past than the other one", async () => {
    const run = await started();
    await run.create();
    expect(await run.delete({ provenance: "here" })).to.deep.equal([LOST]);
    expect(await run.delete({ adopted: { Enabled: false } })).to.deep.equal([LOST]);
  });

  it("is passed over in silence where a delete changes nothing", async () => {
    const run = await started({ nameOf: undefined });
    await run.create();
    expect(await run.delete()).to.deep.equal([]);
    expect(run.deleted).to.deep.equal(["g1"]);
  });
});

describe("an object that an update comes away from", () => {
  it("is left, with a line, only where another resource has it", async () => {
    const left: boolean[] = [];
    const run = await started({
      update: async (_organization, _olds, _news, leave) => {
        left.push(leave !== undefined);
        leave?.();
        return { ...outputs, guid: "g2" };
      },
    });
    await run.check(inputs);
    await run.diff({}, { colour: "blue" });
    expect(await printed(async () => run.update())).to.deep.equal([]);
    await run.create();
    expect(await printed(async () => run.update())).to.deep.equal([STAYS]);
    expect(left).to.deep.equal([false, true]);
  });
});

describe("an object that a create takes over", () => {
  const rows: { title: string; former: object; created: object; together: object }[] = [
    {
      title: "was made here",
      former: { provenance: "here" },
      created: { adopted: { Enabled: true } },
      together: { provenance: "here" },
    },
    {
      title: "was found: earlier former values win, and later written ones",
      former: { provenance: "found", adopted: { Enabled: false }, written: { Enabled: true } },
      created: { provenance: "found", adopted: { Enabled: true, Url: "a" }, written: { Url: "b" } },
      together: { provenance: "found", adopted: { Enabled: false, Url: "a" }, written: { Enabled: true, Url: "b" } },
    },
    {
      title: "is of unknown making",
      former: { provenance: "unknown" },
      created: { provenance: "found", adopted: { Enabled: false }, written: { Enabled: true } },
      together: { provenance: "unknown", adopted: { Enabled: false }, written: { Enabled: true } },
    },
  ];
  for (const { title, former, created, together } of rows) {
    it(`keeps what a refresh of the same run saw in the state: it ${title}`, async () => {
      const run = await started({ create: async () => ({ id: "g1", outputs: { ...outputs, ...created } }) });
      await run.read(former);
      await run.check({});
      expect((await run.create()).outs).to.deep.equal({ ...outputs, ...together });
      expect(await run.delete(together)).to.deep.equal([STAYS]);
    });
  }

  it("has its own past where the former one was deleted before", async () => {
    const run = await started();
    await run.read({ provenance: "here" });
    await run.delete({ provenance: "here" });
    expect((await run.create()).outs).to.deep.equal(outputs);
  });
});

describe("an object that a create found exactly as wanted", () => {
  it("is warned of: it may belong to another stack", async () => {
    const run = await started({ mayBeAnothers: ({ provenance }) => provenance === "unknown" });
    expect((await run.create()).outs?.warnings).to.deep.equal([
      {
        name: "otherStack",
        text:
          "The thing g1 was there exactly as this program wants it. If another stack manages it, a destroy of that " +
          "one takes it away from this one, too: declare it in one stack, and read that one's outputs elsewhere. If " +
          "a script or an earlier run of this stack made it, or it only has a new name in this program, nothing is " +
          "to be done.",
        link: "",
      },
    ]);
  });
});
