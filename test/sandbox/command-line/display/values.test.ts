import { expect } from "chai";
import type { EventState, StepMetadata } from "pulumi-local-engine";
import { SECRET, SIGNATURE, UNKNOWN } from "../../../../engine/values/property";
import { valueLines } from "../../../../sandbox/command-line/display/values";

const state = (inputs: EventState["inputs"], outputs: EventState["outputs"] = {}) =>
  ({ inputs, outputs }) as EventState;

const HIDDEN = { [SIGNATURE]: SECRET, ciphertext: "[secret]" };

describe("the old and new values of a step", () => {
  const table: { title: string; metadata: Partial<StepMetadata>; isFinished?: boolean; lines: string[] }[] = [
    {
      title: "are all arguments of what is made, but the engine's own",
      metadata: { new: state({ enabled: true, names: ["a", "b"], __provider: "exports" }) },
      lines: ["       + enabled: true", '       + names: ["a","b"]'],
    },
    { title: "are none of what is deleted", metadata: { old: state({ enabled: true }) }, lines: [] },
    {
      title: "are those of the arguments that differ",
      metadata: {
        old: state({ uri: "https://a", gone: 1, same: 2 }),
        new: state({ uri: "https://b", same: 2, added: 3 }),
      },
      lines: ['       ~ uri: "https://a" => "https://b"', "       + added: 3", "       - gone: 1"],
    },
    {
      title: "are those of the outputs, too, once these are known",
      metadata: { old: state({}, { repair: ["expired"] }), new: state({}, { repair: [] }) },
      isFinished: true,
      lines: ['       ~ repair: ["expired"] => []'],
    },
    {
      title: "never show a secret, and have a word for what is not known yet",
      metadata: {
        old: state({ password: HIDDEN, realm: "a", list: ["a"] }),
        new: state({ password: { ...HIDDEN, changed: 1 }, realm: UNKNOWN, list: [UNKNOWN] }),
      },
      lines: [
        '       ~ password: "[secret]" => "[secret]"',
        '       ~ realm: "a" => "[unknown]"',
        '       ~ list: ["a"] => ["[unknown]"]',
      ],
    },
    {
      title: "tell a text of several lines by its first",
      metadata: { new: state({ value: "-----BEGIN CERTIFICATE-----\nMII\n" }) },
      lines: ['       + value: "-----BEGIN CERTIFICATE----- … (32 characters)"'],
    },
    {
      title: "are none of a property that only the provider names",
      metadata: { old: state({}), new: state({}), diffs: ["certificate"] },
      lines: [],
    },
  ];
  for (const { title, metadata, isFinished = false, lines } of table) {
    it(title, () => {
      expect(valueLines(metadata as StepMetadata, isFinished).sort()).to.deep.equal([...lines].sort());
    });
  }
});
