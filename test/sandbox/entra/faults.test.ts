import { expect } from "chai";
import { type GraphCall, type TenantFault, takeFault } from "../../../sandbox/entra/faults";

describe("the tenant's faults", () => {
  const rows: [string, TenantFault[], GraphCall, TenantFault | undefined, TenantFault[]][] = [
    ["nothing strikes where nothing waits", [], "readPrincipal", undefined, []],
    ["strikes once and is gone", [{ kind: "denied" }], "patchPrincipal", { kind: "denied" }, []],
    [
      "is counted down",
      [{ kind: "staleRead", times: 3 }],
      "readPrincipal",
      { kind: "staleRead", times: 3 },
      [{ kind: "staleRead", times: 2 }],
    ],
    [
      "lets calls pass first",
      [{ kind: "staleRead", after: 2 }],
      "readPrincipal",
      undefined,
      [{ kind: "staleRead", after: 1 }],
    ],
    [
      "waits for the kind of call it is meant for",
      [{ kind: "staleRead", after: 2 }],
      "patchPrincipal",
      undefined,
      [{ kind: "staleRead", after: 2 }],
    ],
    ["throttles any call", [{ kind: "throttled" }], "other", { kind: "throttled" }, []],
    [
      "strikes one at a time, the first that is due",
      [{ kind: "notFound", after: 1 }, { kind: "staleRead" }, { kind: "throttled" }],
      "readPrincipal",
      { kind: "staleRead" },
      [{ kind: "notFound", after: 0 }, { kind: "throttled" }],
    ],
  ];
  for (const [what, faults, call, struck, remaining] of rows) {
    it(what, () => {
      expect(takeFault(faults, call)).to.deep.equal({ struck, remaining });
    });
  }
});
