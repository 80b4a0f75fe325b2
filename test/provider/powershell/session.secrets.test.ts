import { expect } from "chai";
import { ExchangeError } from "../../../provider/errors";
import { Secret } from "../../../provider/powershell/protocol";
import { fixture } from "./fixture";
import { NOT_KNOWN_WHETHER } from "./sentences";
import { closeSessions, sessionOver } from "./sessions";

const LIMIT = { timeoutSeconds: 20 };

describe("Session, keeping secrets", () => {
  afterEach(closeSessions);

  const credential = { userName: "CONTOSO\\admin", password: new Secret('hunter2 "is" bad') };
  const parameters = { Password: new Secret("one-call-only") };

  it("out of the error when the far end prints all that it was told", async () => {
    const session = sessionOver(fixture("leaks"), {}, credential);
    const error: ExchangeError = await expect(session.invoke("Set-It", parameters, LIMIT)).to.be.rejectedWith(
      ExchangeError,
    );
    expect(error.message).to.equal(
      `Failed while running Set-It: it ended with exit code 1 before it answered; it printed: “{"password":"[secret]","file":"[secret]"} … [base64] login with [secret]”. ${NOT_KNOWN_WHETHER}.`,
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
    const session = sessionOver(fixture("repeats-input"), { open: 2_000 }, credential);
    const error: ExchangeError = await expect(session.invoke("Set-It", parameters, LIMIT)).to.be.rejectedWith(
      ExchangeError,
    );
    expect(error.answer).to.equal("2 seconds passed before it was ready; it printed: “[base64]”");
  });
});
