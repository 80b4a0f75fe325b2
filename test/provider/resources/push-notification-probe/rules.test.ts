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
  const rows: { title: string; wanted: string | undefined; expected: string }[] = [
    { title: "is the first Mailbox server in name order where none is named", wanted: undefined, expected: "MBX1" },
    { title: "is the one that is named, whatever the case", wanted: "mbx2", expected: "MBX2" },
    { title: "is the one whose full name is named", wanted: "MBX2.CORP.contoso.example", expected: "MBX2" },
  ];
  for (const { title, wanted, expected } of rows) {
    it(title, () => expect(chooseServer(among(servers), wanted).name).to.equal(expected));
  }

  it("is an ignored one only where the program names it", () => {
    const organisation = { counted: [server("MBX2")], ignored: [server("MBX1")], unmatched: [] };
    expect(chooseServer(organisation, undefined).name).to.equal("MBX2");
    expect(chooseServer(organisation, "mbx1").name).to.equal("MBX1");
  });

  const refusals: { title: string; some: ExchangeServer[]; wanted: string | undefined; answer: string }[] = [
    {
      title: "is no server of another role",
      some: servers,
      wanted: "CAS1",
      answer: "no Mailbox server is named CAS1; the Mailbox servers are MBX1, MBX2. Set `server` to one of them",
    },
    {
      title: "is none that is not there",
      some: servers,
      wanted: "MBX",
      answer: "no Mailbox server is named MBX; the Mailbox servers are MBX1, MBX2. Set `server` to one of them",
    },
    {
      title: "cannot be chosen where there is none",
      some: [server("CAS1", false)],
      wanted: undefined,
      answer:
        "the organisation has no Mailbox server of version 15 or later that is not ignored. Check `ignoreServers`, or set `server`",
    },
  ];
  for (const { title, some, wanted, answer } of refusals) {
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
  const rows: { error: Error; otherwise: boolean; restarted: boolean }[] = [
    { error: new InvalidInput(details), otherwise: true, restarted: true },
    { error: new NotFound(details), otherwise: true, restarted: true },
    { error: new CmdletFailed(details), otherwise: true, restarted: true },
    { error: new ServerUnreachable(details), otherwise: false, restarted: true },
    { error: new Unauthorised(details), otherwise: false, restarted: false },
    { error: new Throttled(details), otherwise: false, restarted: false },
    { error: new CommandNotAvailable(details), otherwise: false, restarted: false },
    { error: new NotOnServer(details), otherwise: false, restarted: false },
    { error: new TimedOut(details), otherwise: true, restarted: true },
    { error: new ConnectionLost(details), otherwise: false, restarted: false },
    { error: new Error("a defect"), otherwise: false, restarted: false },
  ];
  for (const { error, otherwise, restarted } of rows) {
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
  const advices: { title: string; result: ProbeResult; restarted?: boolean; expected: string }[] = [
    {
      title: "failed",
      result: { resultType: "Failed", error: "e", exception: "" },
      expected: "Correct what it names, then X",
    },
    {
      title: "failed after a restart",
      result: { resultType: "Failed", error: "e", exception: "" },
      restarted: true,
      expected: "Correct what it names, then X",
    },
    {
      title: "did not become known",
      result: unknown,
      expected:
        "The health manager learns of a newly enabled proxy when it is restarted: set `restartHealthService`, or restart MSExchangeHM there and X",
    },
    {
      title: "did not become known after a restart",
      result: unknown,
      restarted: true,
      expected:
        "The health manager was restarted and needs longer than `timeoutSeconds`, or is not well: look at Get-ServerHealth there, then X",
    },
  ];
  for (const { title, result, restarted = false, expected } of advices) {
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
