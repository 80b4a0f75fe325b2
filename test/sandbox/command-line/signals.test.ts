import { EventEmitter } from "node:events";
import { expect } from "chai";
import { HeldSignals } from "../../../sandbox/command-line/signals";

const ALL = ["SIGINT", "SIGINT", "SIGHUP", "SIGTERM"];

describe("the signals that would end the sandbox's command", () => {
  function hold(inTerminal: boolean) {
    const sent: string[] = [];
    const source = new EventEmitter();
    const child = { kill: (signal?: NodeJS.Signals | number) => sent.push(String(signal)) > 0 };
    return { sent, source, child, signals: new HeldSignals(inTerminal, source) };
  }

  const rows: { where: string; inTerminal: boolean; expected: string[] }[] = [
    {
      where: "outside a terminal are all passed on to the child, as often as they come",
      inTerminal: false,
      expected: ALL,
    },
    {
      where: "in a terminal are passed on where the terminal has not sent them itself",
      inTerminal: true,
      expected: ["SIGTERM"],
    },
  ];
  for (const { where, inTerminal, expected } of rows) {
    it(where, () => {
      const { sent, source, child, signals } = hold(inTerminal);
      signals.passOnTo(child);
      for (const signal of ALL) source.emit(signal);
      expect(sent).to.deep.equal(expected);
      expect(signals.early).to.equal(undefined);
    });
  }

  it("are told, the first of them, where they come before there is a child", () => {
    const { sent, source, child, signals } = hold(true);
    source.emit("SIGTERM");
    source.emit("SIGINT");
    signals.passOnTo(child);
    expect({ early: signals.early, sent }).to.deep.equal({ early: "SIGTERM", sent: [] });
  });

  it("end it again when they are released", () => {
    const { source, signals } = hold(false);
    signals.release();
    expect(source.eventNames()).to.deep.equal([]);
  });
});
