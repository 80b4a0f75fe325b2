import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { isOvertaken, noteWrite } from "../../../../provider/resources/push-notification-proxy/interruption";
import { printed } from "../../printed";
import { ownPulumiHome } from "../../pulumi-home";

const state = { organizationId: "3d1a4a6e-0c52-4e0e-9e53-6f2f3a1b7c11", writtenAt: "2026-11-24T12:00:00.000Z" };

describe("the note of a write that no cmdlet shows", () => {
  const home = ownPulumiHome();
  const notes = () => path.join(home.folder, "pulumi-exchange-server");
  afterEach(() => rmSync(notes(), { recursive: true, force: true }));

  it("is not there before one", () => {
    expect(isOvertaken(state)).to.equal(false);
  });

  const rows: { title: string; asked: { organizationId: string; writtenAt?: string }; expected: boolean }[] = [
    { title: "tells of the state that it was begun from", asked: state, expected: true },
    {
      title: "tells nothing of a state that was written since",
      asked: { ...state, writtenAt: "2026-11-24T12:00:00.001Z" },
      expected: false,
    },
    {
      title: "tells nothing of a state from before there was `writtenAt`",
      asked: { organizationId: state.organizationId },
      expected: false,
    },
    { title: "tells nothing of another organisation", asked: { ...state, organizationId: "another" }, expected: false },
  ];
  for (const { title, asked, expected } of rows) {
    it(title, () => {
      noteWrite(state);
      expect(isOvertaken(asked)).to.equal(expected);
    });
  }

  const disabled: { title: string; writtenAt: string | undefined; expected: boolean }[] = [
    { title: "tells of each stack that wrote it before", writtenAt: "2026-11-23T12:00:00.000Z", expected: true },
    { title: "tells of each stack that wrote it before there was `writtenAt`", writtenAt: undefined, expected: true },
    { title: "tells nothing of a stack that wrote it since", writtenAt: "2026-11-24T12:00:05.000Z", expected: false },
    {
      title: "tells nothing of a stack that wrote it in the same moment",
      writtenAt: "2026-11-24T12:00:01.000Z",
      expected: false,
    },
  ];
  for (const { title, writtenAt, expected } of disabled) {
    it(`of disabling it ${title}`, () => {
      noteWrite(state, new Date("2026-11-24T12:00:01.000Z"));
      expect(isOvertaken({ organizationId: state.organizationId, writtenAt })).to.equal(expected);
    });
  }

  it("tells of a state from before there was `writtenAt`, where it was begun from one", () => {
    noteWrite({ organizationId: state.organizationId });
    expect(isOvertaken({ organizationId: state.organizationId })).to.equal(true);
    expect(isOvertaken(state)).to.equal(false);
  });

  it("is one file an organisation, whatever its id is, and is there as a whole", () => {
    noteWrite(state);
    noteWrite({ ...state, writtenAt: "2026-11-25T12:00:00.000Z" });
    noteWrite({ organizationId: "../../another" });
    expect(readdirSync(notes()).sort()).to.deep.equal([
      "proxy-..%2F..%2Fanother.json",
      `proxy-${state.organizationId}.json`,
    ]);
  });

  it("that is damaged tells nothing", () => {
    mkdirSync(notes());
    for (const text of ["", "{", "null", "[]"]) {
      writeFileSync(path.join(notes(), `proxy-${state.organizationId}.json`), text);
      expect(isOvertaken(state), text).to.equal(false);
      expect(isOvertaken({ organizationId: state.organizationId }), text).to.equal(false);
    }
  });

  it("that cannot be written is said in a line, and stops nothing", async () => {
    // A file where the folder would be: no right of this account gets round it.
    writeFileSync(notes(), "");
    expect(await printed(async () => noteWrite(state))).to.deep.equal([
      `The note that the push notification proxy is being written could not be saved in ${notes()} ` +
        "(EEXIST): if this operation is interrupted, write the proxy again with `pulumi up --replace` and " +
        "its URN.",
    ]);
    expect(isOvertaken(state)).to.equal(false);
  });
});
