import { inspect } from "node:util";
import { expect } from "chai";
import * as errors from "../../provider/errors";

const DETAILS = { doing: "reading AuthConfig", answer: "nothing came", next: "try again" };

describe("Errors", () => {
  const { ExchangeError, ...classes } = errors;
  for (const [name, type] of Object.entries(classes)) {
    it(`${name} says its class, what was being done, what was answered and what to do next`, () => {
      const cause = new Error("behind it");
      const error = new type({ ...DETAILS, cause, outcomeUnknown: true });
      expect(error).to.be.instanceOf(ExchangeError);
      expect(error.name).to.equal(name);
      expect(error.message).to.equal("Failed while reading AuthConfig: nothing came. Try again.");
      expect({ doing: error.doing, answer: error.answer, next: error.next }).to.deep.equal(DETAILS);
      expect(error.outcomeUnknown).to.equal(true);
      expect(error.cause).to.equal(cause);
    });
  }

  it("know that nothing was changed unless told otherwise", () => {
    expect(new errors.NotFound(DETAILS).outcomeUnknown).to.equal(false);
    expect(new errors.Unreachable(DETAILS).outcomeUnknown).to.equal(false);
  });

  it("show no cause where there is none", () => {
    expect(inspect(new errors.NotFound(DETAILS))).not.to.contain("cause");
  });

  const MESSAGES: { what: string; answer: string; message: string }[] = [
    {
      what: "ends in a full stop",
      answer: "It failed.",
      message: "Failed while reading AuthConfig: It failed. Try again.",
    },
    {
      what: "ends in a quoted full stop",
      answer: "Exchange answered “No.”",
      message: "Failed while reading AuthConfig: Exchange answered “No.” Try again.",
    },
    {
      what: "has several lines",
      answer: "first\r\n  second",
      message: "Failed while reading AuthConfig: first second. Try again.",
    },
  ];
  for (const { what, answer, message } of MESSAGES) {
    it(`are one readable line when the answer ${what}`, () => {
      expect(new errors.CmdletFailed({ ...DETAILS, answer }).message).to.equal(message);
    });
  }
});
