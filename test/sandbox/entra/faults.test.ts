import { expect } from "chai";
import { type GraphCall, type TenantFault, takeFault } from "../../../sandbox/entra/faults";

describe("the tenant's faults", () => {
  const rows: {
    what: string;
    faults: TenantFault[];
    call: GraphCall;
    struck?: TenantFault;
    remaining: TenantFault[];
  }[] = [
    { what: "nothing strikes where nothing waits", faults: [], call: "readPrincipal", remaining: [] },
    {
      what: "strikes once and is gone",
      faults: [{ kind: "denied" }],
      call: "patchPrincipal",
      struck: { kind: "denied" },
      remaining: [],
    },
    {
      what: "is counted down",
      faults: [{ kind: "staleRead", times: 3 }],
      call: "readPrincipal",
      struck: { kind: "staleRead", times: 3 },
      remaining: [{ kind: "staleRead", times: 2 }],
    },
    {
      what: "lets calls pass first",
      faults: [{ kind: "staleRead", after: 2 }],
      call: "readPrincipal",
      remaining: [{ kind: "staleRead", after: 1 }],
    },
    {
      what: "waits for the kind of call it is meant for",
      faults: [{ kind: "staleRead", after: 2 }],
      call: "patchPrincipal",
      remaining: [{ kind: "staleRead", after: 2 }],
    },
    {
      what: "throttles any call",
      faults: [{ kind: "throttled" }],
      call: "other",
      struck: { kind: "throttled" },
      remaining: [],
    },
    {
      what: "strikes one at a time, the first that is due",
      faults: [{ kind: "notFound", after: 1 }, { kind: "staleRead" }, { kind: "throttled" }],
      call: "readPrincipal",
      struck: { kind: "staleRead" },
      remaining: [{ kind: "notFound", after: 0 }, { kind: "throttled" }],
    },
  ];
  for (const { what, faults, call, struck, remaining } of rows) {
    it(what, () => {
      expect(takeFault(faults, call)).to.deep.equal({ struck, remaining });
    });
  }
});
