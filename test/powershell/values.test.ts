import { expect } from "chai";
import { type Properties, Secret, type Value } from "../../provider/powershell/protocol";
import { hostileStrings, PIECES } from "./hostile-strings";
import { moduleOf, ShellSession } from "./sessions";

const SEED = 20260102;
const COUNT = 2_000;
const BATCH = 100;

describe("values through the bridge", () => {
  const session = new ShellSession();
  before(function () {
    session.open(this, moduleOf("echo"));
  });
  after(() => session.close());

  async function echoed(parameters: Properties): Promise<Properties> {
    const { output, errors } = await session.invoke("New-ExchangeCertificate", parameters);
    expect(errors).to.deep.equal([]);
    expect(output.length).to.equal(1);
    return output[0] as Properties;
  }

  it(`are the same both ways for every piece of hostile text, and for ${COUNT} strings of them (seed ${SEED})`, async () => {
    const strings = [...PIECES, ...hostileStrings(COUNT, SEED)];
    for (let start = 0; start < strings.length; start += BATCH) {
      const batch = strings.slice(start, start + BATCH);
      const { DomainName } = await echoed({ DomainName: batch });
      expect(DomainName).to.deep.equal(batch);
    }
  });

  it("are the same for hostile text that stands alone", async () => {
    for (const text of hostileStrings(40, SEED + 1)) {
      expect((await echoed({ SubjectName: text })).SubjectName).to.equal(text);
    }
  });

  it("are the same for a megabyte of each kind of character", async () => {
    for (const character of ["x", "я", "\u{1f600}", "\n", "\0"]) {
      const text = character.repeat(1024 * 1024);
      expect((await echoed({ SubjectName: text })).SubjectName === text, JSON.stringify(character)).to.equal(true);
    }
  });

  const TYPES: { what: string; sent: Value; received: Value; type: string | undefined }[] = [
    {
      what: "text that looks like a date",
      sent: "2026-01-02T03:04:05Z",
      received: "2026-01-02T03:04:05Z",
      type: "String",
    },
    { what: "an empty text", sent: "", received: "", type: "String" },
    { what: "a whole number", sent: 2048, received: 2048, type: "Int32" },
    {
      what: "a number beyond 32 bits, which comes back as text",
      sent: 2 ** 40,
      received: "1099511627776",
      type: "Int64",
    },
    { what: "true", sent: true, received: true, type: "Boolean" },
    { what: "false", sent: false, received: false, type: "Boolean" },
    {
      what: "a date",
      sent: new Date("2026-01-02T03:04:05.678Z"),
      received: new Date("2026-01-02T03:04:05.678Z"),
      type: "DateTime",
    },
    {
      what: "bytes",
      sent: Buffer.from([0, 1, 127, 128, 255]),
      received: Buffer.from([0, 1, 127, 128, 255]),
      type: "Byte[]",
    },
    { what: "no bytes", sent: Buffer.alloc(0), received: Buffer.alloc(0), type: "Byte[]" },
    { what: "null", sent: null, received: null, type: undefined },
    { what: "a list of one", sent: ["a"], received: ["a"], type: "Object[]" },
    { what: "an empty list", sent: [], received: [], type: "Object[]" },
    { what: "lists in a list", sent: [["a"], []], received: [["a"], []], type: "Object[]" },
    { what: "a list with null", sent: [null, "a"], received: [null, "a"], type: "Object[]" },
  ];
  for (const { what, sent, received, type } of TYPES) {
    it(`keep their type: ${what}`, async () => {
      const { Server, TypeOfServer } = await echoed({ Server: sent });
      expect(Server).to.deep.equal(received);
      expect(TypeOfServer).to.equal(type);
    });
  }

  it("keep the type of a table, as Add and Remove of a list", async () => {
    const { Server, TypeOfServer } = await echoed({ Server: { Add: ["a"], Remove: "b" } });
    expect(Server).to.deep.equal(bag({ Add: ["a"], Remove: "b" }));
    expect(TypeOfServer).to.equal("Hashtable");
  });

  it("make a SecureString of a secret", async () => {
    const { output } = await session.invoke("Import-ExchangeCertificate", {
      FileData: Buffer.from("a"),
      Password: new Secret("pä$s`'\ud800"),
    });
    expect(output).to.deep.equal([
      bag({ FileData: Buffer.from("a"), PasswordLength: 7, PasswordType: "SecureString" }),
    ]);
  });

  const OUTPUTS: { what: string; name: string; expected: Value[] }[] = [
    {
      what: "names that mean something to JavaScript or JSON",
      name: "names",
      expected: [
        bag({
          ["__proto__"]: "__proto__",
          constructor: "constructor",
          "a b": "a b",
          "quote\"s'": "quote\"s'",
          "line\nfeed": "line\nfeed",
        }),
      ],
    },
    { what: "what Exchange's session adds, which is left out", name: "omitted", expected: [bag({ Name: "kept" })] },
    {
      what: "numbers: whole ones of up to 32 bits, all others as text",
      name: "numbers",
      expected: [
        bag({
          Int: 7,
          Byte: 7,
          Negative: -7,
          Long: "9007199254740993",
          Double: "0.1",
          Decimal: "1.50",
          Infinity: "Infinity",
          Char: "x",
          Unsigned: 4294967295,
        }),
      ],
    },
    {
      what: "guids, versions, addresses, spans and enumerations as text",
      name: "texts",
      expected: [
        bag({
          Guid: "00000002-0000-0ff1-ce00-000000000000",
          Version: "15.2.1.2",
          Uri: "https://a.example/b?c=d",
          TimeSpan: "01:30:00",
          Enum: "Friday",
          Null: null,
          Type: "System.Int32",
          Script: " 1 ",
        }),
      ],
    },
    {
      what: "dates in UTC, from the first to the last",
      name: "dates",
      expected: [
        bag({
          Utc: new Date("2026-01-02T03:04:05.006Z"),
          Local: new Date("2026-01-02T03:04:05.006Z"),
          Offset: new Date("2026-01-01T22:04:05.006Z"),
          Text: "2026-01-02T03:04:05Z",
          First: new Date("0001-01-01T00:00:00.000Z"),
          Last: new Date("9999-12-31T23:59:59.999Z"),
        }),
      ],
    },
    {
      what: "lists, of one and of none too",
      name: "lists",
      expected: [
        bag({
          Empty: [],
          One: ["a"],
          Nested: [[1, 2], [3]],
          Nulls: [null, "a"],
          Bytes: Buffer.from([0, 127, 255]),
          List: ["a", "b"],
          Table: bag({ Add: "x", Remove: ["y"] }),
        }),
      ],
    },
    {
      what: "plain values",
      name: "scalars",
      expected: ["text", 7, true, null, Buffer.from([1, 2]), "00000000-0000-0000-0000-000000000000"],
    },
    { what: "nothing", name: "nothing", expected: [] },
  ];
  for (const { what, name, expected } of OUTPUTS) {
    it(`come back: ${what}`, async () => {
      const { output, errors } = await session.invoke("Get-AuthServer", { DomainController: name });
      expect(errors).to.deep.equal([]);
      expect(output).to.deep.equal(expected);
    });
  }

  it("end at a depth, so that a circle has an end", async () => {
    const { output, errors } = await session.invoke("Get-AuthServer", { DomainController: "nested" });
    expect(errors).to.deep.equal([]);
    const [{ Deep, Circle, Process }] = output as [Properties];
    expect(Process).to.equal("an object is its text");
    expect([depthOf(Deep as Value), depthOf(Circle as Value)]).to.deep.equal([11, 11]);
  });

  it("make null of a property that cannot be read, and keep the others", async () => {
    const { output, errors } = await session.invoke("Get-AuthServer", { DomainController: "failing" });
    expect(errors).to.deep.equal([]);
    expect(output).to.deep.equal([
      bag({ Outer: "kept", Inner: bag({ Name: "kept", Fails: null }) }),
      bag({ Name: "kept", Fails: null }),
    ]);
  });
});

function depthOf(value: Value): number {
  if (typeof value !== "object" || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

function bag(properties: Properties): Properties {
  const made: Properties = Object.create(null);
  for (const [name, value] of Object.entries(properties)) made[name] = value;
  return made;
}
