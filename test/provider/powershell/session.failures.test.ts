import { expect } from "chai";
import {
  ConnectionLost,
  type ExchangeError,
  InvalidInput,
  NotAllowed,
  ProtocolError,
  TimedOut,
  Unauthorised,
  Unreachable,
  UnsupportedVersion,
} from "../../../provider/errors";
import { type Properties, Secret } from "../../../provider/powershell/protocol";
import { fixture } from "./fixture";
import { closeSessions, sessionOver } from "./sessions";

const LIMIT = { timeoutSeconds: 20 };

describe("Session, when its far end fails", () => {
  afterEach(closeSessions);

  // What the far end does, then the error that the call under way gets. A write of unknown outcome says so.
  const IN_CALL: [string, string[], string, new (...details: never[]) => ExchangeError, string, boolean][] = [
    [
      "dies with an exit code",
      fixture("dies", "3"),
      "Set-It",
      ConnectionLost,
      "Failed while running Set-It: it ended with exit code 3 before it answered; it printed: “Unhandled exception. Out of memory.” It is not known whether it was carried out: run `pulumi refresh` to find out, then try again.",
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
      "Failed while running Set-It: it ended with exit code 0 before it answered; it printed: “Unhandled exception. Out of memory.” It is not known whether it was carried out: run `pulumi refresh` to find out, then try again.",
      true,
    ],
    [
      "is killed",
      fixture("dies", "SIGKILL"),
      "Set-It",
      ConnectionLost,
      "Failed while running Set-It: it was ended by SIGKILL before it answered; it printed: “Unhandled exception. Out of memory.” It is not known whether it was carried out: run `pulumi refresh` to find out, then try again.",
      true,
    ],
    [
      "closes its standard output",
      fixture("mute"),
      "Set-It",
      ConnectionLost,
      "Failed while running Set-It: it closed its standard output before it answered. It is not known whether it was carried out: run `pulumi refresh` to find out, then try again.",
      true,
    ],
    [
      "closes its standard input",
      fixture("deaf"),
      "Set-It",
      ConnectionLost,
      "Failed while running Set-It: it closed its standard input before it answered. It is not known whether it was carried out: run `pulumi refresh` to find out, then try again.",
      true,
    ],
    [
      "sends a bad frame",
      fixture("garbage"),
      "Set-It",
      ProtocolError,
      "Failed while running Set-It: it broke the protocol: a line that is not base64. It is not known whether it was carried out: run `pulumi refresh` to find out, then try again.",
      true,
    ],
    [
      "sends a truncated frame",
      fixture("truncated"),
      "Set-It",
      ProtocolError,
      "Failed while running Set-It: it broke the protocol: a truncated frame. It is not known whether it was carried out: run `pulumi refresh` to find out, then try again.",
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
      "Failed while running Set-It: it broke the protocol: a reply to request 99 instead of 1. It is not known whether it was carried out: run `pulumi refresh` to find out, then try again.",
      true,
    ],
    [
      "gives another kind of answer",
      fixture("foreign", "type"),
      "Set-It",
      ProtocolError,
      'Failed while running Set-It: it broke the protocol: "connected" instead of "result" or "timedOut" or "refused". It is not known whether it was carried out: run `pulumi refresh` to find out, then try again.',
      true,
    ],
    [
      "says that the time limit passed",
      fixture("times-out"),
      "Set-It",
      TimedOut,
      "Failed while running Set-It: it was stopped at its time limit of 20 seconds. It is not known whether it was carried out: run `pulumi refresh` to find out, then try again; to allow more time, set exchange:timeoutSeconds or the resource's timeoutSeconds.",
      true,
    ],
    [
      "does not know the cmdlet",
      fixture("refuses", "invoke", "notAllowed"),
      "Set-It",
      NotAllowed,
      "Failed while running Set-It: the far end refused: no such luck. Use a version of that program that allows it.",
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
      const error: ExchangeError = await expect(sessionOver(command).invoke(cmdlet, {}, LIMIT)).to.be.rejectedWith(
        type,
      );
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
      'Failed while starting “there-is-no-such-program”, the program that answers for Exchange: it could not be started (ENOENT). Check exchange:command, a program that this machine can run, such as ["node", "far-end.js"].',
    ],
    [
      "has a name that none can have",
      ["a\0b"],
      Unreachable,
      'Failed while starting “a\0b”, the program that answers for Exchange: it could not be started (ERR_INVALID_ARG_VALUE). Check exchange:command, a program that this machine can run, such as ["node", "far-end.js"].',
    ],
    [
      "ends at once",
      fixture("dies-at-once"),
      Unreachable,
      `Failed while starting “${process.execPath}”, the program that answers for Exchange: it ended with exit code 7 before it was ready; it printed: “far-end.js: no such configuration”. Check exchange:command, a program that this machine can run, such as ["node", "far-end.js"].`,
    ],
    [
      "says hello in a bad frame",
      fixture("garbage-hello"),
      ProtocolError,
      `Failed while starting “${process.execPath}”, the program that answers for Exchange: it broke the protocol: a reply of a type that this version does not know. Check that exchange:command names a program that speaks this package's protocol.`,
    ],
    [
      "speaks another version",
      fixture("wrong-version"),
      UnsupportedVersion,
      `Failed while starting “${process.execPath}”, the program that answers for Exchange: “Bridge 9” speaks version 2 of the protocol, this package version 1. Install matching versions of pulumi-exchange-server and of that program.`,
    ],
    [
      "refuses our version",
      fixture("refuses", "open", "version"),
      UnsupportedVersion,
      `Failed while starting “${process.execPath}”, the program that answers for Exchange: the far end refused: no such luck. Install matching versions of pulumi-exchange-server and of that program.`,
    ],
    [
      "cannot open what is behind it",
      fixture("refuses", "connect", "unreachable"),
      Unreachable,
      `Failed while connecting to Exchange through “${process.execPath}”: the far end refused: no such luck. Correct what it names, then try again; nothing was changed.`,
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
      const error: ExchangeError = await expect(sessionOver(command).invoke("Set-It", {}, LIMIT)).to.be.rejectedWith(
        type,
      );
      expect(error.message).to.equal(message);
      expect(error.outcomeUnknown).to.equal(false);
    });
  }

  it("gives up on a far end that says no hello, and tells what it printed", async () => {
    const session = sessionOver(fixture("silent"), { open: 2_500 });
    const error: Unreachable = await expect(session.invoke("Set-It", {}, LIMIT)).to.be.rejectedWith(Unreachable);
    expect(error.message).to.equal(
      `Failed while starting “${process.execPath}”, the program that answers for Exchange: 2.5 seconds passed before it was ready; it printed: “Password for CONTOSO\\admin:”. Check exchange:command, a program that this machine can run, such as ["node", "far-end.js"].`,
    );
  });

  it("kills a far end that stays silent past the time limit and its grace", async () => {
    const session = sessionOver(fixture("forever"), { grace: 100 });
    const error: TimedOut = await expect(session.invoke("Set-It", {}, { timeoutSeconds: 1 })).to.be.rejectedWith(
      TimedOut,
    );
    expect(error.outcomeUnknown).to.equal(true);
    expect(error.message).to.equal(
      "Failed while running Set-It: no answer came within its time limit of 1 seconds and the grace period after it. It is not known whether it was carried out: run `pulumi refresh` to find out, then try again.",
    );
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
      "Failed while running Set-It: its parameters are more than 33554432 bytes. Send less data at once.",
    ],
    [
      "a longer secret than PowerShell takes",
      { Password: new Secret("x".repeat(65_537)) },
      20,
      "Failed while running Set-It: a secret has 65537 characters, and PowerShell's SecureString takes 65536 at most. Give a shorter one.",
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
      const error: InvalidInput = await expect(
        session.invoke("Set-It", parameters, { timeoutSeconds }),
      ).to.be.rejectedWith(InvalidInput);
      expect(error.message).to.equal(message);
    });
  }
});
