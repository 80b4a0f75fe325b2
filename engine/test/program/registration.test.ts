import { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import { expect } from "chai";
import { NotSupportedError } from "../../errors";
import { parseRegistration, secondsOf } from "../../program/registration";

describe("A registration", () => {
  const durations: [string, number][] = [
    ["5m", 300],
    ["1m30s", 90],
    ["1.5h", 5400],
    ["250ms", 0.25],
  ];
  for (const [text, seconds] of durations) {
    it(`has a timeout of ${seconds} s for ${text}`, () => {
      expect(secondsOf(text)).to.be.closeTo(seconds, 1e-9);
    });
  }

  it("refuses a timeout of another form", () => {
    expect(() => secondsOf("5 minutes")).to.throw(
      NotSupportedError,
      'The timeout "5 minutes" (write it as "5m" or "1m30s") is not supported by this engine. Use Pulumi\'s own CLI for it.',
    );
  });

  const refused: [string, (request: RegisterResourceRequest) => void][] = [
    ['The remote component "one"', (request) => request.setRemote(true)],
    ['The option "import" (of "one")', (request) => request.setImportid("1")],
    ['The option "replaceWith" (of "one")', (request) => request.setReplaceWithList(["urn:x"])],
  ];
  for (const [what, change] of refused) {
    it(`is refused by name: ${what}`, () => {
      const request = new RegisterResourceRequest();
      request.setName("one");
      change(request);
      expect(() => parseRegistration(request)).to.throw(NotSupportedError, `${what} is not supported`);
    });
  }

  it("leaves deleteBeforeReplace to the provider unless the program says something", () => {
    const request = new RegisterResourceRequest();
    expect(parseRegistration(request).deleteBeforeReplace).to.equal(undefined);
    request.setDeletebeforereplacedefined(true);
    expect(parseRegistration(request).deleteBeforeReplace).to.equal(false);
  });
});
