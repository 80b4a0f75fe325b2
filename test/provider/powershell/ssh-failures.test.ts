import { expect } from "chai";
import { type ExchangeError, Unauthorised, Unreachable } from "../../../provider/errors";
import { errorOfEnd } from "../../../provider/powershell/failures";

const REFUSED = "the other machine refused the SSH key or the account";

const STAGE = {
  kind: "opening" as const,
  connection: { kind: "ssh" as const, destination: "mbx1", opening: { authentication: "Kerberos" as const } },
};

type Failure = new (...details: never[]) => ExchangeError;

describe("an ssh that ends before the bridge says hello", () => {
  // What OpenSSH 9.2 prints, recorded; then the beginning of the answer.
  const ROWS: { code: number; printed: string; type: Failure; answer: string }[] = [
    {
      code: 255,
      printed: "@@@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @@@ Host key verification failed.",
      type: Unreachable,
      answer: "the host key of the other machine has changed",
    },
    {
      code: 255,
      printed: "Host key for [h]:22 has changed and you have requested strict checking. Host key verification failed.",
      type: Unreachable,
      answer: "the host key of the other machine has changed",
    },
    {
      code: 255,
      printed:
        "No ED25519 host key is known for h and you have requested strict checking. Host key verification failed.",
      type: Unreachable,
      answer: "the host key of the other machine is unknown",
    },
    {
      code: 255,
      printed: "admin@h: Permission denied (publickey).",
      type: Unauthorised,
      answer: REFUSED,
    },
    {
      code: 255,
      printed:
        'WARNING: UNPROTECTED PRIVATE KEY FILE! Load key "f": bad permissions admin@h: Permission denied (publickey).',
      type: Unauthorised,
      answer: REFUSED,
    },
    {
      code: 255,
      printed: "Received disconnect: Too many authentication failures",
      type: Unauthorised,
      answer: REFUSED,
    },
    {
      code: 255,
      printed: "ssh: connect to host h port 22: Connection refused",
      type: Unreachable,
      answer: "nothing listens on that port",
    },
    {
      code: 255,
      printed: "ssh: Could not resolve hostname h: Name or service not known",
      type: Unreachable,
      answer: "the host name cannot be resolved",
    },
    {
      code: 255,
      printed: "Connection timed out during banner exchange",
      type: Unreachable,
      answer: "the host does not answer",
    },
    {
      code: 255,
      printed: "ssh: connect to host h port 22: No route to host",
      type: Unreachable,
      answer: "the host does not answer",
    },
    {
      code: 127,
      printed: "bash: pwsh: command not found",
      type: Unreachable,
      answer: "there is no such PowerShell on the other machine",
    },
    {
      code: 9009,
      printed: "'pwsh' is not recognized",
      type: Unreachable,
      answer: "there is no such PowerShell on the other machine",
    },
    {
      code: 126,
      printed: "/etc/passwd: Permission denied",
      type: Unreachable,
      answer: "the PowerShell on the other machine cannot be executed",
    },
    { code: 255, printed: "", type: Unreachable, answer: "it ended with exit code 255" },
    {
      code: 77,
      printed: "The bridge did not arrive as it was sent.",
      type: Unreachable,
      answer: "it ended with exit code 77",
    },
    // The remote program's own words mean nothing of ssh's.
    { code: 1, printed: "Permission denied", type: Unreachable, answer: "it ended with exit code 1" },
  ];
  for (const { code, printed, type, answer } of ROWS) {
    it(`with ${code} and “${printed}” means: ${answer}`, () => {
      const ending = { kind: "exited" as const, code, signal: null };
      const error = errorOfEnd(STAGE, { kind: "ended", ending }, printed);
      expect(error).to.be.instanceOf(type);
      expect(error.answer.startsWith(answer), error.answer).to.equal(true);
      expect(error.outcomeUnknown).to.equal(false);
    });
  }
});
