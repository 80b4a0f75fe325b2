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
import { NOT_KNOWN_WHETHER, ONLY_READS } from "./sentences";
import { closeSessions, sessionOver } from "./sessions";

const PRINTED = "Unhandled exception. Out of memory.";

const CHECK_COMMAND = 'Check exchange:command, a program that this machine can run, such as ["node", "far-end.js"].';

const LIMIT = { timeoutSeconds: 20 };

describe("Session, when its far end fails", () => {
  afterEach(closeSessions);

  // What the far end does, then the error that the call under way gets. A write of unknown outcome says so.
  const IN_CALL: {
    what: string;
    command: string[];
    cmdlet: string;
    type: new (...details: never[]) => ExchangeError;
    message: string;
    outcomeUnknown: boolean;
  }[] = [
    {
      what: "dies with an exit code",
      command: fixture("dies", "3"),
      cmdlet: "Set-It",
      type: ConnectionLost,
      message: `Failed while running Set-It: it ended with exit code 3 before it answered; it printed: “${PRINTED}” ${NOT_KNOWN_WHETHER}.`,
      outcomeUnknown: true,
    },
    {
      what: "dies in a call that only reads",
      command: fixture("dies", "3"),
      cmdlet: "Get-It",
      type: ConnectionLost,
      message: `Failed while running Get-It: it ended with exit code 3 before it answered; it printed: “${PRINTED}” ${ONLY_READS}`,
      outcomeUnknown: false,
    },
    {
      what: "exits with 0",
      command: fixture("dies", "0"),
      cmdlet: "Set-It",
      type: ConnectionLost,
      message: `Failed while running Set-It: it ended with exit code 0 before it answered; it printed: “${PRINTED}” ${NOT_KNOWN_WHETHER}.`,
      outcomeUnknown: true,
    },
    {
      what: "is killed",
      command: fixture("dies", "SIGKILL"),
      cmdlet: "Set-It",
      type: ConnectionLost,
      message: `Failed while running Set-It: it was ended by SIGKILL before it answered; it printed: “${PRINTED}” ${NOT_KNOWN_WHETHER}.`,
      outcomeUnknown: true,
    },
    {
      what: "closes its standard output",
      command: fixture("mute"),
      cmdlet: "Set-It",
      type: ConnectionLost,
      message: `Failed while running Set-It: it closed its standard output before it answered. ${NOT_KNOWN_WHETHER}.`,
      outcomeUnknown: true,
    },
    {
      what: "closes its standard input",
      command: fixture("deaf"),
      cmdlet: "Set-It",
      type: ConnectionLost,
      message: `Failed while running Set-It: it closed its standard input before it answered. ${NOT_KNOWN_WHETHER}.`,
      outcomeUnknown: true,
    },
    {
      what: "sends a bad frame",
      command: fixture("garbage"),
      cmdlet: "Set-It",
      type: ProtocolError,
      message: `Failed while running Set-It: it broke the protocol: a line that is not base64. ${NOT_KNOWN_WHETHER}.`,
      outcomeUnknown: true,
    },
    {
      what: "sends a truncated frame",
      command: fixture("truncated"),
      cmdlet: "Set-It",
      type: ProtocolError,
      message: `Failed while running Set-It: it broke the protocol: a truncated frame. ${NOT_KNOWN_WHETHER}.`,
      outcomeUnknown: true,
    },
    {
      what: "sends an oversized frame",
      command: fixture("oversized"),
      cmdlet: "Get-It",
      type: ProtocolError,
      message: `Failed while running Get-It: it broke the protocol: a frame of more than 33554432 bytes. ${ONLY_READS}`,
      outcomeUnknown: false,
    },
    {
      what: "answers another request",
      command: fixture("foreign", "id"),
      cmdlet: "Set-It",
      type: ProtocolError,
      message: `Failed while running Set-It: it broke the protocol: a reply to request 99 instead of 1. ${NOT_KNOWN_WHETHER}.`,
      outcomeUnknown: true,
    },
    {
      what: "gives another kind of answer",
      command: fixture("foreign", "type"),
      cmdlet: "Set-It",
      type: ProtocolError,
      message: `Failed while running Set-It: it broke the protocol: "connected" instead of "result" or "timedOut" or "refused". ${NOT_KNOWN_WHETHER}.`,
      outcomeUnknown: true,
    },
    {
      what: "says that the time limit passed",
      command: fixture("times-out"),
      cmdlet: "Set-It",
      type: TimedOut,
      message:
        "Failed while running Set-It: it was stopped at its time limit of 20 seconds. It is not known whether it was carried out: run `pulumi refresh` to find out, then try again; to allow more time, set exchange:timeoutSeconds or the resource's timeoutSeconds.",
      outcomeUnknown: true,
    },
    {
      what: "does not know the cmdlet",
      command: fixture("refuses", "invoke", "notAllowed"),
      cmdlet: "Set-It",
      type: NotAllowed,
      message:
        "Failed while running Set-It: the far end refused: no such luck. Use a version of that program that allows it.",
      outcomeUnknown: false,
    },
    {
      what: "does not understand the request",
      command: fixture("refuses", "invoke", "protocol"),
      cmdlet: "Set-It",
      type: ProtocolError,
      message:
        "Failed while running Set-It: the far end refused: no such luck. Check that exchange:command names a program that speaks this package's protocol.",
      outcomeUnknown: false,
    },
  ];
  for (const { what, command, cmdlet, type, message, outcomeUnknown } of IN_CALL) {
    it(`rejects a call when the far end ${what}`, async () => {
      const error: ExchangeError = await expect(sessionOver(command).invoke(cmdlet, {}, LIMIT)).to.be.rejectedWith(
        type,
      );
      expect(error.message).to.equal(message);
      expect(error.outcomeUnknown).to.equal(outcomeUnknown);
    });
  }

  // Before the first call is sent nothing can have been changed.
  const BEFORE_CALL: {
    what: string;
    command: string[];
    type: new (...details: never[]) => ExchangeError;
    message: string;
  }[] = [
    {
      what: "cannot be found",
      command: ["there-is-no-such-program"],
      type: Unreachable,
      message: `Failed while starting “there-is-no-such-program”, the program that answers for Exchange: it could not be started (ENOENT). ${CHECK_COMMAND}`,
    },
    {
      what: "has a name that none can have",
      command: ["a\0b"],
      type: Unreachable,
      message: `Failed while starting “a\0b”, the program that answers for Exchange: it could not be started (ERR_INVALID_ARG_VALUE). ${CHECK_COMMAND}`,
    },
    {
      what: "ends at once",
      command: fixture("dies-at-once"),
      type: Unreachable,
      message: `Failed while starting “${process.execPath}”, the program that answers for Exchange: it ended with exit code 7 before it was ready; it printed: “far-end.js: no such configuration”. ${CHECK_COMMAND}`,
    },
    {
      what: "says hello in a bad frame",
      command: fixture("garbage-hello"),
      type: ProtocolError,
      message: `Failed while starting “${process.execPath}”, the program that answers for Exchange: it broke the protocol: a reply of a type that this version does not know. Check that exchange:command names a program that speaks this package's protocol.`,
    },
    {
      what: "speaks another version",
      command: fixture("wrong-version"),
      type: UnsupportedVersion,
      message: `Failed while starting “${process.execPath}”, the program that answers for Exchange: “Bridge 9” speaks version 2 of the protocol, this package version 1. Install matching versions of pulumi-exchange-server and of that program.`,
    },
    {
      what: "refuses our version",
      command: fixture("refuses", "open", "version"),
      type: UnsupportedVersion,
      message: `Failed while starting “${process.execPath}”, the program that answers for Exchange: the far end refused: no such luck. Install matching versions of pulumi-exchange-server and of that program.`,
    },
    {
      what: "cannot open what is behind it",
      command: fixture("refuses", "connect", "unreachable"),
      type: Unreachable,
      message: `Failed while connecting to Exchange through “${process.execPath}”: the far end refused: no such luck. Correct what it names, then try again; nothing was changed.`,
    },
    {
      what: "does not take the credential",
      command: fixture("refuses", "connect", "unauthorised"),
      type: Unauthorised,
      message: `Failed while connecting to Exchange through “${process.execPath}”: the far end refused: no such luck. Check exchange:username and exchange:password.`,
    },
  ];
  for (const { what, command, type, message } of BEFORE_CALL) {
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
      `Failed while starting “${process.execPath}”, the program that answers for Exchange: 2.5 seconds passed before it was ready; it printed: “Password for CONTOSO\\admin:”. ${CHECK_COMMAND}`,
    );
  });

  it("kills a far end that stays silent past the time limit and its grace", async () => {
    const session = sessionOver(fixture("forever"), { grace: 100 });
    const error: TimedOut = await expect(session.invoke("Set-It", {}, { timeoutSeconds: 1 })).to.be.rejectedWith(
      TimedOut,
    );
    expect(error.outcomeUnknown).to.equal(true);
    expect(error.message).to.equal(
      `Failed while running Set-It: no answer came within its time limit of 1 seconds and the grace period after it. ${NOT_KNOWN_WHETHER}.`,
    );
  });

  const NOT_CARRIED: { what: string; parameters?: Properties; timeoutSeconds: number; message: string }[] = [
    {
      what: "a fraction",
      parameters: { KeySize: 0.5 },
      timeoutSeconds: 20,
      message:
        "Failed while running Set-It: a parameter holds a value of type number, which the protocol does not carry. Give text, whole numbers, dates, bytes, lists or objects.",
    },
    {
      what: "an invalid date",
      parameters: { Date: new Date(Number.NaN) },
      timeoutSeconds: 20,
      message:
        "Failed while running Set-It: a parameter holds a value of type object, which the protocol does not carry. Give text, whole numbers, dates, bytes, lists or objects.",
    },
    {
      what: "more than a line may hold",
      parameters: { Name: "x".repeat(25 * 1024 * 1024) },
      timeoutSeconds: 20,
      message: "Failed while running Set-It: its parameters are more than 33554432 bytes. Send less data at once.",
    },
    {
      what: "a longer secret than PowerShell takes",
      parameters: { Password: new Secret("x".repeat(65_537)) },
      timeoutSeconds: 20,
      message:
        "Failed while running Set-It: a secret has 65537 characters, and PowerShell's SecureString takes 65536 at most. Give a shorter one.",
    },
    {
      what: "no time",
      timeoutSeconds: 0,
      message: "Failed while running Set-It: timeoutSeconds is 0. Give a whole number of seconds from 1 to 3600.",
    },
    {
      what: "more time than a timer can count",
      timeoutSeconds: 3_000_000,
      message: "Failed while running Set-It: timeoutSeconds is 3000000. Give a whole number of seconds from 1 to 3600.",
    },
  ];
  for (const { what, parameters = {}, timeoutSeconds, message } of NOT_CARRIED) {
    it(`refuses ${what} before anything is started`, async () => {
      const session = sessionOver(["there-is-no-such-program"]);
      const error: InvalidInput = await expect(
        session.invoke("Set-It", parameters, { timeoutSeconds }),
      ).to.be.rejectedWith(InvalidInput);
      expect(error.message).to.equal(message);
    });
  }
});
