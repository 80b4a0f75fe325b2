import { expect } from "chai";
import { CmdletError, ProcessFault } from "../../../sandbox/exchange/errors";
import { type Fault, faultsOf, strike } from "../../../sandbox/exchange/faults";

const CALL = { cmdlet: "Set-AuthServer", server: "MBX1" };
const CRASH: Fault = { cmdlet: "Set-AuthServer", when: "before", kind: "crash" };
const NEVER = new AbortController().signal;

describe("faults", () => {
  const rows: { title: string; fault: Fault; strikes: boolean; left: Fault[] }[] = [
    { title: "strike once and are gone", fault: CRASH, strikes: true, left: [] },
    {
      title: "strike the cmdlet without regard to case",
      fault: { ...CRASH, cmdlet: "set-authserver" },
      strikes: true,
      left: [],
    },
    { title: "strike any cmdlet by *", fault: { ...CRASH, cmdlet: "*" }, strikes: true, left: [] },
    {
      title: "leave other cmdlets alone",
      fault: { ...CRASH, cmdlet: "Get-AuthServer" },
      strikes: false,
      left: [{ ...CRASH, cmdlet: "Get-AuthServer" }],
    },
    { title: "strike calls for their server", fault: { ...CRASH, server: "mbx1" }, strikes: true, left: [] },
    {
      title: "leave calls for other servers alone",
      fault: { ...CRASH, server: "MBX2" },
      strikes: false,
      left: [{ ...CRASH, server: "MBX2" }],
    },
    { title: "count down their times", fault: { ...CRASH, times: 3 }, strikes: true, left: [{ ...CRASH, times: 2 }] },
    { title: "let calls pass first", fault: { ...CRASH, skip: 2 }, strikes: false, left: [{ ...CRASH, skip: 1 }] },
    { title: "strike when enough have passed", fault: { ...CRASH, skip: 0, times: 1 }, strikes: true, left: [] },
  ];
  for (const { title, fault, strikes, left } of rows) {
    it(title, () => expect(faultsOf([fault], CALL)).to.deep.equal({ struck: strikes ? [fault] : [], left }));
  }

  for (const kind of ["crash", "killParent", "garbage"] as const) {
    it(`of kind ${kind} are left to whoever runs the process`, async () => {
      const error = await strike([{ ...CRASH, kind }], "before", CALL, NEVER).catch((thrown) => thrown);
      expect(error).to.be.instanceOf(ProcessFault);
      expect(error).to.include({
        kind,
        message: `A fault that the sandbox was asked for: "${kind}" at Set-AuthServer.`,
      });
    });
  }

  const records: { kind: Fault["kind"]; reason: string; category: string }[] = [
    { kind: "throttle", reason: "OverBudgetException", category: "LimitsExceeded" },
    { kind: "unreachable", reason: "RpcClientException", category: "ResourceUnavailable" },
    { kind: "error", reason: "TaskException", category: "NotSpecified" },
  ];
  for (const { kind, reason, category } of records) {
    it(`of kind ${kind} are an error record`, async () => {
      const error = await strike([{ ...CRASH, kind }], "before", CALL, NEVER).catch((thrown) => thrown);
      expect(error).to.be.instanceOf(CmdletError);
      expect(error.failure).to.deep.include({ reason, category });
    });
  }

  it("may say the record themselves", async () => {
    const record = { reason: "ADTransientException", category: "WriteError", message: "busy" };
    const error = await strike([{ ...CRASH, kind: "error", error: record }], "before", CALL, NEVER).catch(
      (thrown) => thrown,
    );
    expect(error.failure).to.deep.equal(record);
  });

  it("strike at their own moment only", async () => {
    await strike([CRASH], "after", CALL, NEVER);
  });

  for (const kind of ["hang", "delay"] as const) {
    it(`of kind ${kind} end with the signal's reason`, async () => {
      const limit = new AbortController();
      const reason = new Error("the limit");
      const pending = strike([{ ...CRASH, kind, milliseconds: 60_000 }], "before", CALL, limit.signal).catch(
        (thrown) => thrown,
      );
      limit.abort(reason);
      expect(await pending).to.equal(reason);
    });
  }
});
