import { expect } from "chai";
import { type ExchangeError, Unauthorised, Unreachable } from "../../../provider/errors";
import { errorOfEnd } from "../../../provider/powershell/failures";

const STAGE = {
  kind: "opening" as const,
  connection: { kind: "ssh" as const, destination: "mbx1", opening: { authentication: "Kerberos" as const } },
};

type Failure = new (...details: never[]) => ExchangeError;

describe("an ssh that ends before the bridge says hello", () => {
  // What OpenSSH 9.2 prints, recorded; then the beginning of the answer.
  const ROWS: [number, string, Failure, string][] = [
    [
      255,
      "@@@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @@@ Host key verification failed.",
      Unreachable,
      "the host key of the other machine has changed",
    ],
    [
      255,
      "Host key for [h]:22 has changed and you have requested strict checking. Host key verification failed.",
      Unreachable,
      "the host key of the other machine has changed",
    ],
    [
      255,
      "No ED25519 host key is known for h and you have requested strict checking. Host key verification failed.",
      Unreachable,
      "the host key of the other machine is unknown",
    ],
    [
      255,
      "admin@h: Permission denied (publickey).",
      Unauthorised,
      "the other machine refused the SSH key or the account",
    ],
    [
      255,
      'WARNING: UNPROTECTED PRIVATE KEY FILE! Load key "f": bad permissions admin@h: Permission denied (publickey).',
      Unauthorised,
      "the other machine refused the SSH key or the account",
    ],
    [
      255,
      "Received disconnect: Too many authentication failures",
      Unauthorised,
      "the other machine refused the SSH key or the account",
    ],
    [255, "ssh: connect to host h port 22: Connection refused", Unreachable, "nothing listens on that port"],
    [
      255,
      "ssh: Could not resolve hostname h: Name or service not known",
      Unreachable,
      "the host name cannot be resolved",
    ],
    [255, "Connection timed out during banner exchange", Unreachable, "the host does not answer"],
    [255, "ssh: connect to host h port 22: No route to host", Unreachable, "the host does not answer"],
    [127, "bash: pwsh: command not found", Unreachable, "there is no such PowerShell on the other machine"],
    [9009, "'pwsh' is not recognized", Unreachable, "there is no such PowerShell on the other machine"],
    [126, "/etc/passwd: Permission denied", Unreachable, "the PowerShell on the other machine cannot be executed"],
    [255, "", Unreachable, "it ended with exit code 255"],
    [77, "The bridge did not arrive as it was sent.", Unreachable, "it ended with exit code 77"],
    // The remote program's own words mean nothing of ssh's.
    [1, "Permission denied", Unreachable, "it ended with exit code 1"],
  ];
  for (const [code, printed, type, answer] of ROWS) {
    it(`with ${code} and “${printed}” means: ${answer}`, () => {
      const ending = { kind: "exited" as const, code, signal: null };
      const error = errorOfEnd(STAGE, { kind: "ended", ending }, printed);
      expect(error).to.be.instanceOf(type);
      expect(error.answer.startsWith(answer), error.answer).to.equal(true);
      expect(error.outcomeUnknown).to.equal(false);
    });
  }
});
