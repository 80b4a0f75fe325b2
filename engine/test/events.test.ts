import { expect } from "chai";
import { type EngineEvent, EventEmitter } from "../events";
import { secret, UNKNOWN } from "../values/property";

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

describe("Events", () => {
  let events: EngineEvent[] = [];
  const emitter = (isPreview = false) => {
    events = [];
    return new EventEmitter((event) => events.push(event), isPreview);
  };

  it("are numbered, and hide secrets but not what is unknown", () => {
    const state = {
      urn: "urn:one",
      custom: true,
      type: "t",
      id: "1",
      outputs: { hidden: secret("x"), later: secret({ a: UNKNOWN }), open: "o" },
    };
    emitter().end({ op: "create", urn: "urn:one", type: "t", old: undefined, new: state });
    expect(events[0]?.sequence).to.equal(0);
    expect(events[0]?.resOutputsEvent).to.deep.equal({
      metadata: {
        op: "create",
        urn: "urn:one",
        type: "t",
        new: {
          type: "t",
          urn: "urn:one",
          custom: true,
          id: "1",
          parent: "",
          inputs: {},
          outputs: { hidden: { [SIGNATURE]: SECRET, ciphertext: "[secret]" }, later: UNKNOWN, open: "o" },
          provider: "",
        },
        provider: "",
      },
    });
  });

  it("of diagnostics have neither Pulumi's markup nor escape sequences for colours", () => {
    emitter().diagnose("error", "<{%fg 1%}>red<{%reset%}> and \u001b[36mblue\u001b[39m", "urn:one");
    expect(events[0]?.diagnosticEvent).to.deep.equal({
      urn: "urn:one",
      message: "red and blue\n",
      color: "never",
      severity: "error",
    });
  });

  it("sum up what was done, but for the engine's own providers", () => {
    const emit = emitter(true);
    emit.count("create", "urn:pulumi:s::p::pulumi:providers:azuread::default_6_9_1");
    emit.count("create", "urn:pulumi:s::p::t:i:T::one");
    emit.count("same", "urn:pulumi:s::p::t:i:T::two");
    emit.count("same", "urn:pulumi:s::p::t:i:T::three");
    emit.summary("succeeded");
    expect(events[0]?.summaryEvent).to.deep.equal({
      isPreview: true,
      maybeCorrupt: false,
      durationSeconds: 0,
      resourceChanges: { create: 1, same: 2 },
      result: "succeeded",
    });
  });
});
