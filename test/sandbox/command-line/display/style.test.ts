import { expect } from "chai";
import { styleOf } from "../../../../sandbox/command-line/display/style";

describe("colour", () => {
  const green = "\u001B[32mx\u001B[39m";
  const table: [title: string, isTTY: boolean, environment: NodeJS.ProcessEnv, text: string][] = [
    ["is for terminals", true, {}, green],
    ["is not for files and pipes", false, {}, "x"],
    ["is not for whoever sets NO_COLOR", true, { NO_COLOR: "1" }, "x"],
    ["is not switched off by an empty NO_COLOR", true, { NO_COLOR: "" }, green],
    ["is not for a dumb terminal", true, { TERM: "dumb" }, "x"],
  ];
  for (const [title, isTTY, environment, text] of table) {
    it(title, () => {
      expect(styleOf({ isTTY }, environment)("green", "x")).to.equal(text);
    });
  }
});
