import { expect } from "chai";
import { styleOf } from "../../../../sandbox/command-line/display/style";

describe("colour", () => {
  const green = "\u001B[32mx\u001B[39m";
  const table: { title: string; isTTY: boolean; environment?: NodeJS.ProcessEnv; text: string }[] = [
    { title: "is for terminals", isTTY: true, text: green },
    { title: "is not for files and pipes", isTTY: false, text: "x" },
    { title: "is not for whoever sets NO_COLOR", isTTY: true, environment: { NO_COLOR: "1" }, text: "x" },
    { title: "is not switched off by an empty NO_COLOR", isTTY: true, environment: { NO_COLOR: "" }, text: green },
    { title: "is not for a dumb terminal", isTTY: true, environment: { TERM: "dumb" }, text: "x" },
  ];
  for (const { title, isTTY, environment = {}, text } of table) {
    it(title, () => {
      expect(styleOf({ isTTY }, environment)("green", "x")).to.equal(text);
    });
  }
});
