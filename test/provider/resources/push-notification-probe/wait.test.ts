import { expect } from "chai";
import { waitFor } from "../../../../provider/resources/push-notification-probe/wait";

class Passing extends Error {}

function attempts(...outcomes: (string | Error)[]) {
  const made: number[] = [];
  return {
    made,
    attempt: async () => {
      const outcome = outcomes[made.length] ?? new Passing();
      made.push(performance.now());
      if (outcome instanceof Error) throw outcome;
      return outcome;
    },
  };
}

describe("waiting for a probe", () => {
  const wait = (seconds: number, progress: number[] = []) => ({
    seconds,
    mayPass: (error: unknown) => error instanceof Passing,
    onProgress: (elapsed: number) => progress.push(elapsed),
  });

  it("takes what the first try gives, and says nothing", async () => {
    const { attempt, made } = attempts("known");
    const progress: number[] = [];
    expect(await waitFor(attempt, wait(60, progress))).to.deep.equal({ value: "known" });
    expect(made).to.have.length(1);
    expect(progress).to.deep.equal([]);
  });

  it("tries again after a pause, and says so before it", async () => {
    const { attempt, made } = attempts(new Passing(), "known");
    const progress: number[] = [];
    expect(await waitFor(attempt, wait(60, progress))).to.deep.equal({ value: "known" });
    expect((made[1] as number) - (made[0] as number)).to.be.greaterThan(1900);
    expect(progress).to.deep.equal([0]);
  });

  it("ends when its time is up, after one last try, with what that came to", async () => {
    const last = new Passing();
    const { attempt, made } = attempts(new Passing(), last);
    const outcome = await waitFor(attempt, wait(0.2));
    expect("failure" in outcome && outcome.failure).to.equal(last);
    expect(made).to.have.length(2);
  });

  it("ends at once with an error that does not pass by itself", async () => {
    const { attempt } = attempts(new Error("refused"));
    await expect(waitFor(attempt, wait(60))).to.be.rejected.and.eventually.have.property("message", "refused");
  });
});
