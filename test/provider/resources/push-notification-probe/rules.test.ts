import { expect } from "chai";
import {
  CmdletFailed,
  CommandNotAvailable,
  ConnectionLost,
  InvalidInput,
  NotFound,
  NotOnServer,
  ServerUnreachable,
  Throttled,
  TimedOut,
  Unauthorised,
} from "../../../../provider/errors";
import type { ProbeResult } from "../../../../provider/exchange/monitoring";
import type { ExchangeServer } from "../../../../provider/exchange/servers";
import {
  advice,
  chooseServer,
  hasSucceeded,
  isUnknown,
  mayBecomeKnown,
  unknownResult,
  verdict,
} from "../../../../provider/resources/push-notification-probe/rules";

const server = (name: string, isMailbox = true): ExchangeServer => ({
  name,
  fqdn: `${name}.corp.contoso.example`,
  domain: "corp.contoso.example",
  isMailbox,
  build: undefined,
});

const among = (counted: ExchangeServer[]) => ({ counted, ignored: [], unmatched: [] });

describe("the server that runs the probe", () => {
  const servers = [server("CAS1", false), server("MBX1"), server("MBX2")];
  const rows: [string, string | undefined, string][] = [
    ["is the first Mailbox server in name order where none is named", undefined, "MBX1"],
    ["is the one that is named, whatever the case", "mbx2", "MBX2"],
    ["is the one whose full name is named", "MBX2.CORP.contoso.example", "MBX2"],
  ];
  for (const [title, wanted, expected] of rows) {
    it(title, () => expect(chooseServer(among(servers), wanted).name).to.equal(expected));
  }

  it("is an ignored one only where the program names it", () => {
    const organisation = { counted: [server("MBX2")], ignored: [server("MBX1")], unmatched: [] };
    expect(chooseServer(organisation, undefined).name).to.equal("MBX2");
    expect(chooseServer(organisation, "mbx1").name).to.equal("MBX1");
  });

  const refusals: [string, ExchangeServer[], string | undefined, string][] = [
    [
      "is no server of another role",
      servers,
      "CAS1",
      "no Mailbox server is named CAS1; the Mailbox servers are MBX1, MBX2. Set `server` to one of them",
    ],
    [
      "is none that is not there",
      servers,
      "MBX",
      "no Mailbox server is named MBX; the Mailbox servers are MBX1, MBX2. Set `server` to one of them",
    ],
    [
      "cannot be chosen where there is none",
      [server("CAS1", false)],
      undefined,
      "the organisation has no Mailbox server of version 15 or later that is not ignored. Check `ignoreServers`, or set `server`",
    ],
  ];
  for (const [title, some, wanted, answer] of refusals) {
    it(title, () => {
      expect(() => chooseServer(among(some), wanted)).to.throw(
        NotFound,
        `Failed while choosing the server for the push notification probe: ${answer}.`,
      );
    });
  }
});

describe("a probe that fails to run", () => {
  const details = { doing: "a", answer: "b", next: "c", outcomeUnknown: false };
  const rows: [Error, boolean, boolean][] = [
    [new InvalidInput(details), true, true],
    [new NotFound(details), true, true],
    [new CmdletFailed(details), true, true],
    [new ServerUnreachable(details), false, true],
    [new Unauthorised(details), false, false],
    [new Throttled(details), false, false],
    [new CommandNotAvailable(details), false, false],
    [new NotOnServer(details), false, false],
    [new TimedOut(details), true, true],
    [new ConnectionLost(details), false, false],
    [new Error("a defect"), false, false],
  ];
  for (const [error, otherwise, restarted] of rows) {
    it(`may become known after ${error.name}: ${otherwise}, after a restart: ${restarted}`, () => {
      expect(mayBecomeKnown(error, false)).to.equal(otherwise);
      expect(mayBecomeKnown(error, true)).to.equal(restarted);
    });
  }
});

describe("the result of a probe", () => {
  it("is a success by its type alone, whatever the case", () => {
    expect(hasSucceeded({ resultType: "succeeded", error: "", exception: "" })).to.equal(true);
    expect(hasSucceeded({ resultType: "Failed", error: "", exception: "" })).to.equal(false);
    expect(hasSucceeded(unknownResult(undefined))).to.equal(false);
  });

  const unknown = unknownResult(undefined);
  const advices: [string, ProbeResult, boolean, string][] = [
    ["failed", { resultType: "Failed", error: "e", exception: "" }, false, "Correct what it names, then X"],
    [
      "failed after a restart",
      { resultType: "Failed", error: "e", exception: "" },
      true,
      "Correct what it names, then X",
    ],
    [
      "did not become known",
      unknown,
      false,
      "The health manager learns of a newly enabled proxy when it is restarted: set `restartHealthService`, or restart MSExchangeHM there and X",
    ],
    [
      "did not become known after a restart",
      unknown,
      true,
      "The health manager was restarted and needs longer than `timeoutSeconds`, or is not well: look at Get-ServerHealth there, then X",
    ],
  ];
  for (const [title, result, restarted, expected] of advices) {
    it(`says what to do where it ${title}`, () => expect(advice(result, restarted, "X")).to.equal(expected));
  }

  it("is said with what went wrong, as far as Exchange says it", () => {
    expect(verdict({ resultType: "Failed", error: "e", exception: "x" })).to.equal("Failed: e: x");
    expect(verdict({ resultType: "Failed", error: "", exception: "x" })).to.equal("Failed: x");
    expect(verdict(unknownResult(undefined))).to.equal("Unknown");
  });

  it("that did not become known in time says what Exchange answered last", () => {
    const refusal = new InvalidInput({ doing: "a", answer: "Exchange answered “No such monitor.” (X)", next: "c" });
    const result = unknownResult(refusal);
    expect(result).to.deep.equal({
      resultType: "Unknown",
      error: "Exchange answered “No such monitor.” (X)",
      exception: "",
    });
    expect(isUnknown(result)).to.equal(true);
    expect(isUnknown({ ...result, resultType: "Failed" })).to.equal(false);
  });
});
