import type { dynamic } from "@pulumi/pulumi";
import { expect } from "chai";
import { WrongOrganization } from "../../provider/errors";
import { exactly } from "../../provider/resources/change";
import { handlerOf } from "../../provider/resources/handler";
import { handlersOver } from "../../provider/resources/handlers";
import type { CommonInputs, CommonOutputs } from "../../provider/resources/outputs";
import { object, RecordingSession } from "./exchange/recording-session";
import { configure, freshProvider } from "./fresh-provider";
import { rejection } from "./rejection";

const HERE = "3d1a4a6e-0c52-4e0e-9e53-6f2f3a1b7c11";
const ELSEWHERE = "99999999-0c52-4e0e-9e53-6f2f3a1b7c11";

type Handler = dynamic.ResourceProvider<CommonInputs, CommonOutputs>;

const outputs: CommonOutputs = {
  organizationId: ELSEWHERE,
  schemaVersion: 1,
  provenance: "here",
  repair: [],
  warnings: [],
};

/** Operations that would reach another organisation than is meant. */
const OPERATIONS: { title: string; run(handler: Handler): unknown }[] = [
  {
    title: "create where the program declares another one",
    run: (of) => of.create({ expectedOrganizationId: ELSEWHERE }),
  },
  { title: "read of another one's state", run: (of) => of.read?.("1", outputs) },
  { title: "update of another one's state", run: (of) => of.update?.("1", outputs, {}) },
  {
    title: "update where the program declares another one",
    run: (of) => of.update?.("1", { ...outputs, organizationId: HERE }, { expectedOrganizationId: ELSEWHERE }),
  },
  { title: "delete of another one's state", run: (of) => of.delete?.("1", outputs) },
];

/** Answers nothing but which organisation it is. */
const exchange = () => new RecordingSession({ "Get-AuthConfig": { output: [object({ Guid: HERE })] } });

describe("an operation that would reach another organisation", () => {
  const kinds = Object.keys(freshProvider(exchange()).handlers) as (keyof ReturnType<typeof handlersOver>)[];
  for (const kind of kinds) {
    for (const { title, run } of OPERATIONS) {
      it(`is refused, having asked for AuthConfig alone: ${kind}, ${title}`, async () => {
        const session = exchange();
        const handler = freshProvider(session).handlers[kind] as unknown as Handler;
        await configure(handler);
        expect(await rejection(Promise.resolve(run(handler)))).to.be.instanceOf(WrongOrganization);
        expect(session.cmdlets).to.deep.equal(["Get-AuthConfig"]);
      });
    }
  }

  it("is refused in a delete of a kind that leaves nothing behind, too", async () => {
    const session = exchange();
    const { connection } = freshProvider(session);
    const none = async () => {
      throw new Error("not reached");
    };
    const handler = handlerOf<CommonInputs, CommonOutputs>(
      { fields: {}, changes: {}, create: none, read: none, update: none },
      connection,
    );
    await configure(handler);
    expect(await rejection(Promise.resolve(handler.delete?.("1", outputs)))).to.be.instanceOf(WrongOrganization);
    expect(session.cmdlets).to.deep.equal(["Get-AuthConfig"]);
  });

  for (const { title, run } of OPERATIONS) {
    it(`never reaches a lifecycle that thinks of no organisation: ${title}`, async () => {
      const reached: string[] = [];
      const { connection } = freshProvider(exchange());
      const note = (what: string) => async () => {
        reached.push(what);
        throw new Error("not reached");
      };
      const handler = handlerOf<CommonInputs, CommonOutputs>(
        {
          fields: {},
          changes: { any: exactly("update") },
          create: note("create"),
          read: note("read"),
          update: note("update"),
          delete: note("delete"),
        },
        connection,
      );
      await configure(handler);
      expect(await rejection(Promise.resolve(run(handler)))).to.be.instanceOf(WrongOrganization);
      expect(reached).to.deep.equal([]);
    });
  }
});
