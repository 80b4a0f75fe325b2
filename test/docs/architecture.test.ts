import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { ROOT } from "../../docs/reference/sources";

const PAGE = readFileSync(path.join(ROOT, "docs/architecture.md"), "utf8");

// The paths that the page shows for any resource, as they are for one that there is.
const EXAMPLE: Record<string, string> = {
  "<name>": "partner-application",
  "<object>": "partner-application",
  "<objects>": "partner-applications",
};

/** What is written as code and is a path of this repository. */
const PATHS = [...PAGE.matchAll(/`([\w.-]+\/[\w./<>-]*)`/g)]
  .map(([, name = ""]) => name.replace(/<\w+>/g, (part) => EXAMPLE[part] ?? part))
  .filter((name) => !name.startsWith("pulumi-exchange-server/"));

function foldersIn(folder: string): string[] {
  return readdirSync(path.join(ROOT, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !["dist", "node_modules"].includes(entry.name))
    .map(({ name }) => `${folder}/${name}/`);
}

/** The folders and files of the package that the files of one folder import. */
function importsOf(room: string): Set<string> {
  const folder = path.join(ROOT, "provider", room);
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  const targets = files.flatMap((file) => {
    const text = readFileSync(path.join(folder, file), "utf8");
    return [...text.matchAll(/ from "(\.[^"]*)"/g)].map(([, from = ""]) => path.join(room, path.dirname(file), from));
  });
  return new Set(targets.map((target) => target.split(path.sep)[0] ?? "").filter((name) => name !== room));
}

describe("the page about the architecture", () => {
  it("names only files and folders that exist", () => {
    expect(PATHS.length).to.be.greaterThan(40);
    expect(PATHS.filter((name) => !existsSync(path.join(ROOT, name)))).to.deep.equal([]);
  });

  it("has a row for each folder of the package and of the sandbox", () => {
    const folders = ["provider", "sandbox"].flatMap((room) => [`${room}/`, ...foldersIn(room)]);
    expect(folders.filter((folder) => !PAGE.includes(`\n| \`${folder}\` |`))).to.deep.equal([]);
  });

  it("says of each room of the package which others it imports, types included", () => {
    const rooms = foldersIn("provider").map((folder) => path.basename(folder));
    for (const room of rooms) {
      const mayKnow = PAGE.match(new RegExp(`^\\| \`provider/${room}/\` \\|.*\\|([^|]*)\\|$`, "m"))?.[1] ?? "";
      const named = rooms.filter((other) => mayKnow.includes(`\`${other}\``));
      expect([...importsOf(room)].filter((other) => rooms.includes(other)).sort(), room).to.deep.equal(named.sort());
    }
  });

  it("says what is in each resource's folder", () => {
    const folders = foldersIn("provider/resources");
    expect(folders).to.not.deep.equal([]);
    const wanted = folders.flatMap((folder) =>
      ["fields", "rules", "lifecycle", path.basename(folder)].map((file) => `${folder}${file}.ts`),
    );
    expect(wanted.filter((file) => !existsSync(path.join(ROOT, file)))).to.deep.equal([]);
  });

  it("is right that no resource imports a session or a connection", () => {
    const folder = path.join(ROOT, "provider/resources");
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
    // By name, since where these are declared is no matter of this page. A type makes nothing.
    const makesOne = /^import \{[^}]*(?<!type )\b(createSession|ExchangeConnection|ExchangeClient|Exchange)\b[^}]*\}/m;
    expect(files).to.include(path.join("partner-application", "lifecycle.ts"));
    expect(files.filter((file) => makesOne.test(readFileSync(path.join(folder, file), "utf8")))).to.deep.equal([]);
  });

  it("explains each word once, in the order of the alphabet", () => {
    const table = PAGE.slice(PAGE.indexOf("## Words"), PAGE.indexOf("## How to add"));
    const words = [...table.matchAll(/^\| ([a-z][^|]*?) \|/gm)].map(([, word]) => word).slice(1);
    expect(words).to.deep.equal([...new Set(words)].sort());
  });
});
