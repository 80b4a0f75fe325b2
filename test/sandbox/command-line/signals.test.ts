import { EventEmitter } from "node:events";
import { expect } from "chai";
import { passOnSignals } from "../../../sandbox/command-line/signals";

describe("the signals that are passed on to a command", () => {
  function passedOn(inTerminal: boolean): { sent: string[]; source: EventEmitter; stop: () => void } {
    const sent: string[] = [];
    const source = new EventEmitter();
    const kill = (signal?: NodeJS.Signals | number) => sent.push(String(signal)) > 0;
    return { sent, source, stop: passOnSignals({ kill }, inTerminal, source) };
  }

  const rows: [where: string, inTerminal: boolean, sent: string[]][] = [
    ["outside a terminal are all of them, as often as they come", false, ["SIGINT", "SIGINT", "SIGHUP", "SIGTERM"]],
    ["in a terminal are those alone that the terminal has not sent to it itself", true, ["SIGTERM"]],
  ];
  for (const [where, inTerminal, expected] of rows) {
    it(where, () => {
      const { sent, source } = passedOn(inTerminal);
      for (const signal of ["SIGINT", "SIGINT", "SIGHUP", "SIGTERM"]) source.emit(signal);
      expect(sent).to.deep.equal(expected);
    });
  }

  it("end us again when the command has ended", () => {
    const { source, stop } = passedOn(false);
    stop();
    expect(source.eventNames()).to.deep.equal([]);
  });
});
