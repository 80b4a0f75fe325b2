import { expect } from "chai";
import { CommandNotAvailable, NotFound, Unauthorised } from "../../../provider/errors";
import { ExchangeClient } from "../../../provider/exchange/client";
import { getHybrid } from "../../../provider/exchange/hybrid";
import { type Answer, object, RecordingSession } from "./recording-session";

const details = { doing: "a", answer: "b", next: "c" };
const ask = (answer: Answer) =>
  getHybrid(
    new ExchangeClient(new RecordingSession({ "Get-HybridConfiguration": answer }), { timeoutSeconds: 300 }, {}),
  );

describe("whether an organisation is hybrid", () => {
  const rows: [string, Answer, string][] = [
    ["yes, where there is a configuration", { output: [object({ Name: "Hybrid Configuration" })] }, "yes"],
    ["no, where there is none", { output: [] }, "no"],
    ["no, where it is not found", new NotFound(details), "no"],
    ["unknown, where the account may not run the cmdlet", new CommandNotAvailable(details), "unknown"],
  ];
  for (const [title, answer, expected] of rows) {
    it(`is ${title}`, async () => expect(await ask(answer)).to.equal(expected));
  }

  it("is an error where Exchange refuses to say", async () => {
    const error = new Unauthorised(details);
    await expect(ask(error)).to.be.rejectedWith(error);
  });
});
