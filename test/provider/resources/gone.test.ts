import { expect } from "chai";
import { CmdletFailed, NotFound } from "../../../provider/errors";
import { unlessGone } from "../../../provider/resources/gone";

const details = { doing: "removing it", answer: "no", next: "look" };

describe("a write of a delete", () => {
  it("has been carried out where nothing is said", async () => {
    expect(await unlessGone(async () => {})).to.equal(true);
  });

  it("has nothing left to do where the object does not exist", async () => {
    expect(await unlessGone(() => Promise.reject(new NotFound(details)))).to.equal(false);
  });

  it("fails for every other reason", async () => {
    const failure = new CmdletFailed(details);
    await expect(unlessGone(() => Promise.reject(failure))).to.be.rejectedWith(failure);
  });
});
