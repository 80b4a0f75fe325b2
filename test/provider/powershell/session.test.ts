import { expect } from "chai";
import {
  ConnectionLost,
  type ExchangeError,
  InvalidInput,
  ProtocolError,
  TimedOut,
  Unauthorised,
  Unreachable,
  UnsupportedVersion,
} from "../../../provider/exchange/errors";
import { type Properties, Secret } from "../../../provider/powershell/protocol";
import { type Credential, createSession, type Session, type SessionLimits } from "../../../provider/powershell/session";
import { fixture, gone, isAlive, rejection } from "./fixture";

const LIMIT = { timeoutSeconds: 20 };

/** Over an open session a call is sent before the event loop turns. */
const sent = () => new Promise((resolve) => setImmediate(resolve));

describe("Session", () => {
  let sessions: Session[] = [];

  afterEach(async () => {
    await Promise.all(sessions.map((session) => session.close()));
    sessions = [];
  });

  function sessionOver(command: string[], limits: Partial<SessionLimits> = {}, credential?: Credential): Session {
    const session = createSession({ kind: "process", command }, credential, { close: 500, ...limits });
    sessions.push(session);
    return session;
  }

  async function pidOf(session: Session): Promise<number> {
    const { output } = await session.invoke("Get-Pid", {}, LIMIT);
    return output[0] as number;
  }

  it("starts nothing until the first call", async () => {
    const session = sessionOver(["there-is-no-such-program"]);
    await session.close();
  });

  it("answers with output, warnings, error records and the far end's clock", async () => {
    const session = sessionOver(fixture("echoes"));
    const { output, warnings, errors, now } = await session.invoke("Get-AuthConfig", { Server: "MBX1" }, LIMIT);
    expect({ ...(output[1] as Properties) }).to.deep.equal({ Server: "MBX1" });
    expect(warnings).to.deep.equal([]);
    expect(errors).to.deep.equal([]);
    expect(now).to.deep.equal(new Date("2026-03-01T12:00:00.000Z"));
  });

  it("asks one far end, in the order of the calls, one at a time", async () => {
    const session = sessionOver(fixture("echoes"));
    const ended: number[] = [];
    const numbers = Array.from({ length: 20 }, (_, number) => number);
    const results = await Promise.all(
      numbers.map(async (number) => {
        const { output } = await session.invoke("Get-It", { number }, LIMIT);
        ended.push((output[1] as Properties).number as number);
        return output[0];
      }),
    );
    expect(ended).to.deep.equal(numbers);
    expect(new Set(results)).to.have.lengthOf(1);
  });

  it("carries parameters as they were when the call was made", async () => {
    const session = sessionOver(fixture("echoes"));
    const parameters: Properties = { Name: "before" };
    const call = session.invoke("Set-It", parameters, LIMIT);
    parameters.Name = "after";
    const { output } = await call;
    expect((output[1] as Properties).Name).to.equal("before");
  });

  it("takes the real answer out of noise, escapes, a forged frame and Windows line ends", async () => {
    const session = sessionOver(fixture("prints"));
    const { output } = await session.invoke("Get-It", {}, LIMIT);
    expect(output).to.deep.equal(["real"]);
  });

  it("gives children neither Pulumi's nor the tenant's secrets", async () => {
    process.env.PULUMI_CONFIG_PASSPHRASE = "a passphrase";
    process.env.ARM_CLIENT_SECRET = "a client secret";
    try {
      const { output } = await sessionOver(fixture("environment")).invoke("Get-It", {}, LIMIT);
      const environment = output[0] as Properties;
      expect(environment).to.include({ TERM: "dumb", PATH: process.env.PATH });
      expect(environment).not.to.have.any.keys("PULUMI_CONFIG_PASSPHRASE", "ARM_CLIENT_SECRET");
    } finally {
      delete process.env.PULUMI_CONFIG_PASSPHRASE;
      delete process.env.ARM_CLIENT_SECRET;
    }
  });

  // What the far end does, then the error that the call under way gets. A write of unknown outcome says so.
  const IN_CALL: [string, string[], string, new (...details: never[]) => ExchangeError, string, boolean][] = [
    [
      "dies with an exit code",
      fixture("dies", "3"),
      "Set-It",
      ConnectionLost,
      "Failed while running Set-It: it ended with exit code 3 before it answered; it printed: “Unhandled exception. Out of memory.” Whether it was carried out is unknown: run `pulumi refresh` and look, then try again.",
      true,
    ],
    [
      "dies in a call that only reads",
      fixture("dies", "3"),
      "Get-It",
      ConnectionLost,
      "Failed while running Get-It: it ended with exit code 3 before it answered; it printed: “Unhandled exception. Out of memory.” It only reads, so nothing was changed; try again.",
      false,
    ],
    [
      "exits with 0",
      fixture("dies", "0"),
      "Set-It",
      ConnectionLost,
      "Failed while running Set-It: it ended with exit code 0 before it answered; it printed: “Unhandled exception. Out of memory.” Whether it was carried out is unknown: run `pulumi refresh` and look, then try again.",
      true,
    ],
    [
      "is killed",
      fixture("dies", "SIGKILL"),
      "Set-It",
      ConnectionLost,
      "Failed while running Set-It: it was ended by SIGKILL before it answered; it printed: “Unhandled exception. Out of memory.” Whether it was carried out is unknown: run `pulumi refresh` and look, then try again.",
      true,
    ],
    [
      "closes its standard output",
      fixture("mute"),
      "Set-It",
      ConnectionLost,
      "Failed while running Set-It: it closed its standard output before it answered. Whether it was carried out is unknown: run `pulumi refresh` and look, then try again.",
      true,
    ],
    [
      "closes its standard input",
      fixture("deaf"),
      "Set-It",
      ConnectionLost,
      "Failed while running Set-It: it closed its standard input before it answered. Whether it was carried out is unknown: run `pulumi refresh` and look, then try again.",
      true,
    ],
    [
      "sends a bad frame",
      fixture("garbage"),
      "Set-It",
      ProtocolError,
      "Failed while running Set-It: it broke the protocol: a line that is not base64. Whether it was carried out is unknown: run `pulumi refresh` and look, then try again.",
      true,
    ],
    [
      "sends a truncated frame",
      fixture("truncated"),
      "Set-It",
      ProtocolError,
      "Failed while running Set-It: it broke the protocol: a truncated frame. Whether it was carried out is unknown: run `pulumi refresh` and look, then try again.",
      true,
    ],
    [
      "sends an oversized frame",
      fixture("oversized"),
      "Get-It",
      ProtocolError,
      "Failed while running Get-It: it broke the protocol: a frame of more than 33554432 bytes. It only reads, so nothing was changed; try again.",
      false,
    ],
    [
      "answers another request",
      fixture("foreign", "id"),
      "Set-It",
      ProtocolError,
      "Failed while running Set-It: it broke the protocol: a reply to request 99 where 1 was asked. Whether it was carried out is unknown: run `pulumi refresh` and look, then try again.",
      true,
    ],
    [
      "gives another kind of answer",
      fixture("foreign", "type"),
      "Set-It",
      ProtocolError,
      'Failed while running Set-It: it broke the protocol: "connected" where "result" or "timedOut" or "refused" was due. Whether it was carried out is unknown: run `pulumi refresh` and look, then try again.',
      true,
    ],
    [
      "says that the time limit passed",
      fixture("times-out"),
      "Set-It",
      TimedOut,
      "Failed while running Set-It: it was stopped at its time limit of 20 seconds. Whether it was carried out is unknown: run `pulumi refresh` and look, then try again; a longer limit is set by exchange:timeoutSeconds or the resource's timeoutSeconds.",
      true,
    ],
    [
      "does not know the cmdlet",
      fixture("refuses", "invoke", "notAllowed"),
      "Set-It",
      InvalidInput,
      "Failed while running Set-It: the far end refused: no such luck. Use a far end whose list of cmdlets holds it.",
      false,
    ],
    [
      "does not understand the request",
      fixture("refuses", "invoke", "protocol"),
      "Set-It",
      ProtocolError,
      "Failed while running Set-It: the far end refused: no such luck. Check that exchange:command names a program that speaks this package's protocol.",
      false,
    ],
  ];
  for (const [what, command, cmdlet, type, message, outcomeUnknown] of IN_CALL) {
    it(`rejects a call when the far end ${what}`, async () => {
      const error = (await rejection(sessionOver(command).invoke(cmdlet, {}, LIMIT))) as ExchangeError;
      expect(error).to.be.instanceOf(type);
      expect(error.message).to.equal(message);
      expect(error.outcomeUnknown).to.equal(outcomeUnknown);
    });
  }

  // Before the first call is sent nothing can have been changed.
  const BEFORE_CALL: [string, string[], new (...details: never[]) => ExchangeError, string][] = [
    [
      "cannot be found",
      ["there-is-no-such-program"],
      Unreachable,
      'Failed while starting “there-is-no-such-program”, which is to answer for Exchange: it could not be started (ENOENT). Check exchange:command, a program that this machine can run, such as ["node", "far-end.js"].',
    ],
    [
      "has a name that none can have",
      ["a\0b"],
      Unreachable,
      'Failed while starting “a\0b”, which is to answer for Exchange: it could not be started (ERR_INVALID_ARG_VALUE). Check exchange:command, a program that this machine can run, such as ["node", "far-end.js"].',
    ],
    [
      "ends at once",
      fixture("dies-at-once"),
      Unreachable,
      `Failed while starting “${process.execPath}”, which is to answer for Exchange: it ended with exit code 7 before it said hello; it printed: “far-end.js: no such configuration”. Check exchange:command, a program that this machine can run, such as ["node", "far-end.js"].`,
    ],
    [
      "says hello in a bad frame",
      fixture("garbage-hello"),
      ProtocolError,
      `Failed while starting “${process.execPath}”, which is to answer for Exchange: it broke the protocol: a reply of a type that this version does not know. Check that exchange:command names a program that speaks this package's protocol.`,
    ],
    [
      "speaks another version",
      fixture("wrong-version"),
      UnsupportedVersion,
      `Failed while starting “${process.execPath}”, which is to answer for Exchange: “Bridge 9” speaks version 2 of the protocol, this package version 1. Install versions of pulumi-exchange-server and of that program which belong together.`,
    ],
    [
      "refuses our version",
      fixture("refuses", "open", "version"),
      UnsupportedVersion,
      `Failed while starting “${process.execPath}”, which is to answer for Exchange: the far end refused: no such luck. Install versions of pulumi-exchange-server and of that program which belong together.`,
    ],
    [
      "cannot open what is behind it",
      fixture("refuses", "connect", "unreachable"),
      Unreachable,
      `Failed while connecting to Exchange through “${process.execPath}”: the far end refused: no such luck. Put right what it names, then try again; nothing was changed.`,
    ],
    [
      "does not take the credential",
      fixture("refuses", "connect", "unauthorised"),
      Unauthorised,
      `Failed while connecting to Exchange through “${process.execPath}”: the far end refused: no such luck. Check exchange:username and exchange:password.`,
    ],
  ];
  for (const [what, command, type, message] of BEFORE_CALL) {
    it(`rejects a call when the far end ${what}`, async () => {
      const error = (await rejection(sessionOver(command).invoke("Set-It", {}, LIMIT))) as ExchangeError;
      expect(error).to.be.instanceOf(type);
      expect(error.message).to.equal(message);
      expect(error.outcomeUnknown).to.equal(false);
    });
  }

  it("gives up on a far end that says no hello, and tells what it printed", async () => {
    const session = sessionOver(fixture("silent"), { open: 1_500 });
    const error = (await rejection(session.invoke("Set-It", {}, LIMIT))) as ExchangeError;
    expect(error).to.be.instanceOf(Unreachable);
    expect(error.message).to.equal(
      `Failed while starting “${process.execPath}”, which is to answer for Exchange: 1.5 seconds passed before it said hello; it printed: “Password for CONTOSO\\admin:”. Check exchange:command, a program that this machine can run, such as ["node", "far-end.js"].`,
    );
  });

  it("kills a far end that stays silent past the time limit and its grace", async () => {
    const session = sessionOver(fixture("forever"), { grace: 100 });
    const error = (await rejection(session.invoke("Set-It", {}, { timeoutSeconds: 1 }))) as ExchangeError;
    expect(error).to.be.instanceOf(TimedOut);
    expect(error.outcomeUnknown).to.equal(true);
    expect(error.message).to.equal(
      "Failed while running Set-It: nothing came within its time limit of 1 seconds and the grace after it. Whether it was carried out is unknown: run `pulumi refresh` and look, then try again.",
    );
  });

  it("starts another far end for the next call, and never sends a call twice", async () => {
    const session = sessionOver(fixture("foreign", "twice"));
    const first = await pidOf(session);
    const second = await pidOf(session);
    expect(second).not.to.equal(first);
    await gone(first);
  });

  it("settles each of the calls that wait behind one that dies", async () => {
    const session = sessionOver(fixture("dies", "3"));
    const calls = ["Set-One", "Set-Two", "Set-Three"].map((cmdlet) => rejection(session.invoke(cmdlet, {}, LIMIT)));
    const errors = (await Promise.all(calls)) as ExchangeError[];
    expect(errors.map((error) => [error.name, error.doing])).to.deep.equal([
      ["ConnectionLost", "running Set-One"],
      ["ConnectionLost", "running Set-Two"],
      ["ConnectionLost", "running Set-Three"],
    ]);
  });

  it("takes an answer that came just before the far end ended", async () => {
    const session = sessionOver(fixture("dies-after"));
    const first = await pidOf(session);
    await gone(first);
    expect(await pidOf(session)).not.to.equal(first);
  });

  it("leaves behind a far end whose call passed the time limit", async () => {
    const session = sessionOver(fixture("times-out"));
    const first = await pidOf(session);
    expect(await rejection(session.invoke("Set-It", {}, LIMIT))).to.be.instanceOf(TimedOut);
    expect(isAlive(first)).to.equal(false);
    expect(await pidOf(session)).not.to.equal(first);
  });

  it("does not offer a refused password again, since that would lock the account", async () => {
    const credential = { userName: "CONTOSO\\admin", password: new Secret("not the right one") };
    const session = sessionOver(fixture("refuses", "connect", "unauthorised"), {}, credential);
    const first = await rejection(session.invoke("Get-It", {}, LIMIT));
    expect(await rejection(session.invoke("Get-It", {}, LIMIT))).to.equal(first);
  });

  it("ends with its whole family: the far end and what that started", async () => {
    const session = sessionOver(fixture("family"));
    const grandchild = await pidOf(session);
    expect(isAlive(grandchild)).to.equal(true);
    await session.close();
    await gone(grandchild);
  });

  it("kills a far end that does not end by itself when the session closes", async () => {
    const session = sessionOver(fixture("forever"), { close: 100 });
    const pid = await pidOf(session);
    const call = rejection(session.invoke("Set-It", {}, LIMIT));
    await sent();
    await session.close();
    const error = (await call) as ExchangeError;
    expect(error).to.be.instanceOf(ConnectionLost);
    expect(error.answer).to.equal("the session was closed before it answered");
    expect(error.outcomeUnknown).to.equal(true);
    await gone(pid);
  });

  it("still takes the answer of a call under way while it closes", async () => {
    const session = sessionOver(fixture("slow-goodbye"), { close: 5_000 });
    await pidOf(session);
    const call = session.invoke("Set-It", {}, LIMIT);
    await sent();
    await session.close();
    expect((await call).output).to.deep.equal(["finished"]);
  });

  it("rejects the calls that wait while it closes, none of which was sent", async () => {
    const session = sessionOver(fixture("forever"), { close: 100 });
    await pidOf(session);
    const first = rejection(session.invoke("Set-One", {}, LIMIT));
    const second = rejection(session.invoke("Set-Two", {}, LIMIT));
    await sent();
    await session.close();
    expect(((await first) as ExchangeError).outcomeUnknown).to.equal(true);
    expect(((await second) as ExchangeError).answer).to.equal("the session was closed before it was sent");
    expect(((await second) as ExchangeError).outcomeUnknown).to.equal(false);
  });

  it("rejects calls after it was closed, and closes twice without harm", async () => {
    const session = sessionOver(fixture("echoes"));
    await pidOf(session);
    await session.close();
    await session.close();
    const error = (await rejection(session.invoke("Set-It", {}, LIMIT))) as ExchangeError;
    expect(error).to.be.instanceOf(ConnectionLost);
    expect(error.message).to.equal(
      "Failed while running Set-It: the session was closed before it was sent. Nothing was changed; try again.",
    );
    expect(error.outcomeUnknown).to.equal(false);
  });

  const NOT_CARRIED: [string, Properties, number, string][] = [
    [
      "a fraction",
      { KeySize: 0.5 },
      20,
      "Failed while running Set-It: a parameter holds a value of type number, which the protocol does not carry. Give text, whole numbers, dates, bytes, lists or objects.",
    ],
    [
      "an invalid date",
      { Date: new Date(Number.NaN) },
      20,
      "Failed while running Set-It: a parameter holds a value of type object, which the protocol does not carry. Give text, whole numbers, dates, bytes, lists or objects.",
    ],
    [
      "more than a line may hold",
      { Name: "x".repeat(25 * 1024 * 1024) },
      20,
      "Failed while running Set-It: its parameters are more than 33554432 bytes. Give less at once.",
    ],
    [
      "no time",
      {},
      0,
      "Failed while running Set-It: timeoutSeconds is 0. Give a whole number of seconds from 1 to 3600.",
    ],
    [
      "more time than a timer can count",
      {},
      3_000_000,
      "Failed while running Set-It: timeoutSeconds is 3000000. Give a whole number of seconds from 1 to 3600.",
    ],
  ];
  for (const [what, parameters, timeoutSeconds, message] of NOT_CARRIED) {
    it(`refuses ${what} before anything is started`, async () => {
      const session = sessionOver(["there-is-no-such-program"]);
      const error = (await rejection(session.invoke("Set-It", parameters, { timeoutSeconds }))) as ExchangeError;
      expect(error).to.be.instanceOf(InvalidInput);
      expect(error.message).to.equal(message);
    });
  }

  describe("keeps secrets", () => {
    const credential = { userName: "CONTOSO\\admin", password: new Secret('hunter2 "is" bad') };
    const parameters = { Password: new Secret("one-call-only") };

    it("out of the error when the far end prints all that it was told", async () => {
      const session = sessionOver(fixture("leaks"), {}, credential);
      const error = (await rejection(session.invoke("Set-It", parameters, LIMIT))) as ExchangeError;
      expect(error.message).to.equal(
        'Failed while running Set-It: it ended with exit code 1 before it answered; it printed: “{"password":"[secret]","file":"[secret]"} … [base64] login with [secret]”. Whether it was carried out is unknown: run `pulumi refresh` and look, then try again.',
      );
    });

    it("out of warnings and error records", async () => {
      const session = sessionOver(fixture("leaks"), {}, credential);
      const { warnings, errors } = await session.invoke("Get-Answer", parameters, LIMIT);
      expect(warnings).to.deep.equal(["used [secret] and [secret]"]);
      expect(errors[0]?.message).to.equal("not [secret]");
      expect(errors[0]?.target).to.equal("[secret]");
    });

    it("when the far end is a terminal that echoes", async () => {
      const session = sessionOver(fixture("repeats-input"), { open: 1_000 }, credential);
      const error = (await rejection(session.invoke("Set-It", parameters, LIMIT))) as ExchangeError;
      expect(error.answer).to.equal("1 seconds passed before it said hello; it printed: “[base64]”");
    });
  });
});
