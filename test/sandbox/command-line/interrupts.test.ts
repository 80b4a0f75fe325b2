import { EventEmitter } from "node:events";
import { expect } from "chai";
import { onInterrupts } from "../../../sandbox/command-line/interrupts";

describe("interrupts", () => {
  function listen() {
    const source = new EventEmitter();
    const told: string[] = [];
    const clock = { now: 0 };
    const stop = onInterrupts(
      { once: () => told.push("once"), again: () => told.push("again") },
      source,
      () => clock.now,
    );
    const interrupt = (signal: string, now: number) => {
      clock.now = now;
      source.emit(signal);
    };
    return { source, told, stop, interrupt };
  }

  it("tells a first and a second interrupt apart", () => {
    const { told, interrupt } = listen();
    interrupt("SIGINT", 0);
    interrupt("SIGINT", 500);
    expect(told).to.deep.equal(["once", "again"]);
  });

  it("take a signal that npm passes on with the terminal's for the same interrupt", () => {
    const { told, interrupt } = listen();
    interrupt("SIGINT", 0);
    interrupt("SIGINT", 499);
    expect(told).to.deep.equal(["once"]);
  });

  it("are not told a third time, as npm passes on the second, too", () => {
    const { told, interrupt } = listen();
    interrupt("SIGINT", 0);
    interrupt("SIGINT", 500);
    interrupt("SIGINT", 501);
    interrupt("SIGINT", 5000);
    expect(told).to.deep.equal(["once", "again"]);
  });

  it("count SIGTERM as SIGINT", () => {
    const { told, interrupt } = listen();
    interrupt("SIGTERM", 0);
    interrupt("SIGINT", 900);
    expect(told).to.deep.equal(["once", "again"]);
  });

  it("are no longer listened to once the operation has ended", () => {
    const { source, stop } = listen();
    stop();
    expect(source.eventNames()).to.deep.equal([]);
  });
});
