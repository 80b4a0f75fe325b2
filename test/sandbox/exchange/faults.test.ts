import { expect } from "chai";
import { CmdletError, ProcessFault } from "../../../sandbox/exchange/errors";
import { type Fault, faultsOf, strike } from "../../../sandbox/exchange/faults";

const CALL = { cmdlet: "Set-AuthServer", server: "MBX1" };
const CRASH: Fault = { cmdlet: "Set-AuthServer", when: "before", kind: "crash" };
const NEVER = new AbortController().signal;

describe("faults", () => {
  const rows: [string, Fault, boolean, Fault[]][] = [
    ["strike once and are gone", CRASH, true, []],
    ["strike the cmdlet without regard to case", { ...CRASH, cmdlet: "set-authserver" }, true, []],
    ["strike any cmdlet by *", { ...CRASH, cmdlet: "*" }, true, []],
    [
      "leave other cmdlets alone",
      { ...CRASH, cmdlet: "Get-AuthServer" },
      false,
      [{ ...CRASH, cmdlet: "Get-AuthServer" }],
    ],
    ["strike calls for their server", { ...CRASH, server: "mbx1" }, true, []],
    ["leave calls for other servers alone", { ...CRASH, server: "MBX2" }, false, [{ ...CRASH, server: "MBX2" }]],
    ["count down their times", { ...CRASH, times: 3 }, true, [{ ...CRASH, times: 2 }]],
    ["let calls pass first", { ...CRASH, skip: 2 }, false, [{ ...CRASH, skip: 1 }]],
    ["strike when enough have passed", { ...CRASH, skip: 0, times: 1 }, true, []],
  ];
  for (const [title, fault, strikes, left] of rows) {
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

  const records: [Fault["kind"], string, string][] = [
    ["throttle", "OverBudgetException", "LimitsExceeded"],
    ["unreachable", "RpcClientException", "ResourceUnavailable"],
    ["error", "TaskException", "NotSpecified"],
  ];
  for (const [kind, reason, category] of records) {
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
