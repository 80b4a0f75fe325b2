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
  const rows: { title: string; answer: Answer; expected: string }[] = [
    {
      title: "yes, where there is a configuration",
      answer: { output: [object({ Name: "Hybrid Configuration" })] },
      expected: "yes",
    },
    { title: "no, where there is none", answer: { output: [] }, expected: "no" },
    { title: "no, where it is not found", answer: new NotFound(details), expected: "no" },
    {
      title: "unknown, where the account may not run the cmdlet",
      answer: new CommandNotAvailable(details),
      expected: "unknown",
    },
  ];
  for (const { title, answer, expected } of rows) {
    it(`is ${title}`, async () => expect(await ask(answer)).to.equal(expected));
  }

  it("is an error where Exchange refuses to say", async () => {
    const error = new Unauthorised(details);
    await expect(ask(error)).to.be.rejectedWith(error);
  });
});
