import { inspect } from "node:util";
import { expect } from "chai";
import {
  decode,
  encode,
  MAXIMUM_DEPTH,
  MAXIMUM_LINE_BYTES,
  MalformedFrame,
  parseReply,
  parseRequest,
  type Reply,
  type Request,
  replyLine,
  requestLine,
  Secret,
  type Value,
} from "../../../provider/powershell/protocol";

const NONCE = "0123456789abcdef0123456789abcdef";
const NOW = new Date("2026-03-01T12:00:00.123Z");

/** A line whose JSON is this. */
const lineOf = (json: unknown) => Buffer.from(JSON.stringify(json)).toString("base64");

/** The message of the MalformedFrame that is thrown. */
function refusal(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof MalformedFrame) return error.message;
    throw error;
  }
  throw new Error("It was to throw.");
}

describe("Protocol", () => {
  const HOSTILE: [string, string][] = [
    ["quotes of every kind", "\"'`“”‘’«»„"],
    ["line ends", "a\r\nb\nc\rd\u2028e\u2029f\u0085g"],
    ["a NUL and other controls", "\0\u0001\u001b[31m\u007f"],
    ["a lone high surrogate", "a\ud83db"],
    ["a lone low surrogate", "a\ude00b"],
    ["emoji", "👩‍🔧🇩🇪"],
    ["Cyrillic", "Организация"],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: PowerShell's own sign.
    ["a sub-expression", "$(Remove-Item C:\\ -Recurse) `$x ${env:PATH}"],
    ["the end of a here-string", "\n'@\n\"@\n"],
    ["an ISO date", "2026-01-01T00:00:00Z"],
    ["a date of the old JSON form", "/Date(1577836800000)/"],
    ["what looks like a tag", "s:i:5"],
    ["what looks like a frame", `\n#${NONCE} e30=\n`],
    ["a byte order mark", "\ufefftext"],
    ["an empty text", ""],
    ["a megabyte", "é".repeat(512 * 1024)],
  ];
  for (const [what, text] of HOSTILE) {
    it(`carries ${what} both ways`, () => {
      const request: Request = {
        type: "invoke",
        id: 1,
        cmdlet: "Set-It",
        parameters: { Name: text },
        timeoutSeconds: 5,
      };
      const requestRead = parseRequest(requestLine(request).slice(0, -1));
      expect(requestRead.type === "invoke" && requestRead.parameters.Name === text).to.equal(true);

      const reply: Reply = { type: "result", id: 1, output: [{ Name: text }], warnings: [text], errors: [], now: NOW };
      const lines = replyLine(NONCE, reply).split("\n");
      expect(lines).to.have.lengthOf(3);
      const replyRead = parseReply(NONCE, lines[1] as string);
      expect(replyRead?.type === "result" && replyRead.warnings[0] === text).to.equal(true);
    });
  }

  const VALUES: [string, Value][] = [
    ["null", null],
    ["true", true],
    ["false", false],
    ["the largest whole number", Number.MAX_SAFE_INTEGER],
    ["the smallest whole number", Number.MIN_SAFE_INTEGER],
    ["a date", NOW],
    ["the first of dates that .NET has", new Date("0001-01-01T00:00:00.000Z")],
    ["an empty list", []],
    ["a list of lists", [[1], [[2]]]],
    ["nothing but nulls", [null, null]],
  ];
  for (const [what, value] of VALUES) {
    it(`carries ${what}`, () => {
      expect(decode(encode(value))).to.deep.equal(value);
    });
  }

  it("carries every byte", () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    expect(Uint8Array.from(decode(encode(bytes)) as Uint8Array)).to.deep.equal(bytes);
  });

  it("carries property names of any kind, and none of them reaches a prototype", () => {
    const names = ["__proto__", "constructor", "toString", "", "a b", "é"];
    const value = Object.fromEntries(names.map((name) => [name, name]));
    Object.defineProperty(value, "__proto__", { value: "__proto__", enumerable: true });
    const read = decode(encode(value)) as Record<string, Value>;
    expect(Object.getPrototypeOf(read)).to.equal(null);
    expect(Object.keys(read).sort()).to.deep.equal([...names].sort());
    expect(Object.getOwnPropertyDescriptor(read, "__proto__")?.value).to.equal("__proto__");
    expect(({} as Record<string, unknown>).polluted).to.equal(undefined);
  });

  it("carries a secret as a secret that prints nothing of itself", () => {
    const secret = decode(encode(new Secret("hunter2"))) as Secret;
    expect(secret.reveal()).to.equal("hunter2");
    expect([`${secret}`, JSON.stringify({ secret }), inspect(secret, { depth: 9, showHidden: true })].join()).to.equal(
      '[secret],{"secret":"[secret]"},[secret]',
    );
  });

  const nested = (depth: number): Value => (depth === 0 ? "leaf" : [nested(depth - 1)]);
  it("carries values as deep as is allowed and none deeper", () => {
    expect(decode(encode(nested(MAXIMUM_DEPTH)))).to.deep.equal(nested(MAXIMUM_DEPTH));
    expect(refusal(() => encode(nested(MAXIMUM_DEPTH + 1)))).to.equal("values nested more than 16 deep");
    const json = JSON.stringify(nested(MAXIMUM_DEPTH + 1)).replace("leaf", "s:leaf");
    expect(refusal(() => decode(Buffer.from(json).toString("base64")))).to.equal("values nested more than 16 deep");
  });

  it("reads a frame of the largest size that is allowed", () => {
    // Base64 of a text that fills the line to its last four characters.
    const text = "x".repeat(Math.floor(MAXIMUM_LINE_BYTES / 4) * 3 - 4);
    const line = encode(text);
    expect(line).to.have.lengthOf(MAXIMUM_LINE_BYTES);
    expect(decode(line) === text).to.equal(true);
    expect(refusal(() => decode(`${line}AAAA`))).to.equal("a line of more than 33554432 bytes");
  });

  const NOT_CARRIED: [string, unknown, string][] = [
    ["undefined", undefined, "a value of type undefined, which the protocol does not carry"],
    ["a function", () => 1, "a value of type function, which the protocol does not carry"],
    ["a fraction", 1.5, "a value of type number, which the protocol does not carry"],
    ["what is no number", Number.NaN, "a value of type number, which the protocol does not carry"],
    ["a number beyond exact ones", 2 ** 53, "a value of type number, which the protocol does not carry"],
    ["a bigint", 1n, "a value of type bigint, which the protocol does not carry"],
    ["a symbol", Symbol("s"), "a value of type symbol, which the protocol does not carry"],
    ["an invalid date", new Date(Number.NaN), "a value of type object, which the protocol does not carry"],
  ];
  for (const [what, value, message] of NOT_CARRIED) {
    it(`refuses to send ${what}`, () => {
      expect(refusal(() => encode({ inner: [value as Value] }))).to.equal(message);
    });
  }

  const DATE = "a date that is invalid or outside the years 1 to 9999";
  const LEAF = "a leaf whose type or form the protocol does not know";
  const MALFORMED: [string, string, string][] = [
    ["an empty line", "", "a line that is not base64"],
    ["what is not base64", "%%%%", "a line that is not base64"],
    ["base64 of a length that none has", "abcde", "a line that is not base64"],
    ["base64 with a space in it", "ab cd===", "a line that is not base64"],
    ["base64 for addresses", "ab-_", "a line that is not base64"],
    ["what is not JSON", Buffer.from("{").toString("base64"), "a line whose content is not JSON"],
    ["a bare number", lineOf({ a: 1 }), "a bare number where a tagged leaf was expected"],
    ["a bare truth", lineOf([true]), "a bare boolean where a tagged leaf was expected"],
    ["an untagged text", lineOf("text"), LEAF],
    ["an unknown tag", lineOf("z:1"), LEAF],
    ["a truth that is none", lineOf("b:yes"), LEAF],
    ["a number that is none", lineOf("i:1.5"), LEAF],
    ["an empty number", lineOf("i:"), LEAF],
    ["a number beyond exact ones", lineOf("i:9007199254740993"), LEAF],
    ["a date without zone", lineOf("d:2026-01-01T00:00:00"), DATE],
    ["a date that there is not", lineOf("d:2026-13-01T00:00:00Z"), DATE],
    ["a day that its month has not", lineOf("d:2026-02-30T00:00:00Z"), DATE],
    ["a date after the year 9999", lineOf("d:+010000-01-01T00:00:00Z"), DATE],
    ["a date before the year 1", lineOf("d:-000001-01-01T00:00:00Z"), DATE],
    ["a date of the year 0", lineOf("d:0000-01-01T00:00:00Z"), DATE],
    ["a date that is no number", lineOf("d:NaN"), DATE],
    ["bytes that are not base64", lineOf("x:%%%%"), LEAF],
    ["bytes cut short", lineOf("x:abcde"), LEAF],
  ];
  for (const [what, line, message] of MALFORMED) {
    it(`refuses to read ${what}`, () => {
      expect(refusal(() => decode(line))).to.equal(message);
    });
  }

  const now = "d:2026-03-01T12:00:00Z";
  const record = { reason: "s:", category: "s:", fullyQualifiedErrorId: "s:", target: "s:", message: "s:" };
  const { message: _message, ...recordWithoutMessage } = record;
  const result = { type: "s:result", id: "i:1", output: [], warnings: [], errors: [record], now };
  const field = (type: string, name: string) =>
    `a frame of type "${type}" whose field "${name}" is missing or of another type`;
  const BAD_REPLIES: [string, unknown, string][] = [
    ["a list", [], "a line that is not a reply"],
    ["null", null, "a line that is not a reply"],
    ["a secret", "p:x", "a line that is not a reply"],
    ["no type", {}, "a reply of a type that this version does not know"],
    ["an unknown type", { type: "s:bye" }, "a reply of a type that this version does not know"],
    [
      "a request",
      { type: "s:open", protocol: "i:1", nonce: "s:x" },
      "a reply of a type that this version does not know",
    ],
    [
      "a hello without a clock",
      { type: "s:hello", protocol: "i:1", name: "s:", versions: {}, processId: "i:1" },
      field("hello", "now"),
    ],
    [
      "a hello whose protocol is text",
      { type: "s:hello", protocol: "s:1", name: "s:", versions: {}, processId: "i:1", now },
      field("hello", "protocol"),
    ],
    ["a connected without id", { type: "s:connected", now }, field("connected", "id")],
    ["a timedOut without a clock", { type: "s:timedOut", id: "i:1" }, field("timedOut", "now")],
    ["a result whose output is no list", { ...result, output: {} }, field("result", "output")],
    ["a result with a warning that is no text", { ...result, warnings: ["i:1"] }, field("result", "warnings")],
    [
      "a result with a record that lacks its message",
      { ...result, errors: [recordWithoutMessage] },
      field("result", "errors"),
    ],
    ["a result with a record that is text", { ...result, errors: ["s:failed"] }, field("result", "errors")],
    ["a refusal without a reason", { type: "s:refused", id: "i:1", message: "s:", now }, field("refused", "reason")],
    [
      "a refusal for a reason that nobody knows",
      { type: "s:refused", id: "i:1", reason: "s:mood", message: "s:", now },
      field("refused", "reason"),
    ],
  ];
  for (const [what, json, message] of BAD_REPLIES) {
    it(`takes ${what} for no reply`, () => {
      expect(refusal(() => parseReply(NONCE, `#${NONCE} ${lineOf(json)}`))).to.equal(message);
    });
  }

  const BAD_REQUESTS: [string, unknown, string][] = [
    ["a reply", { type: "s:hello" }, "a request of a type that this version does not know"],
    [
      "script",
      { type: "s:script", id: "i:1", text: "s:Get-Process" },
      "a request of a type that this version does not know",
    ],
    ["a short nonce", { type: "s:open", protocol: "i:1", nonce: "s:abc" }, field("open", "nonce")],
    ["a nonce that is no text", { type: "s:open", protocol: "i:1", nonce: "i:1" }, field("open", "nonce")],
    [
      "a password in clear",
      { type: "s:connect", id: "i:1", connection: {}, userName: "s:", password: "s:hunter2" },
      field("connect", "password"),
    ],
    [
      "parameters that are a list",
      { type: "s:invoke", id: "i:1", cmdlet: "s:Get-It", parameters: [], timeoutSeconds: "i:1" },
      field("invoke", "parameters"),
    ],
    [
      "a call without time limit",
      { type: "s:invoke", id: "i:1", cmdlet: "s:Get-It", parameters: {} },
      field("invoke", "timeoutSeconds"),
    ],
  ];
  for (const [what, json, message] of BAD_REQUESTS) {
    it(`takes ${what} for no request`, () => {
      expect(refusal(() => parseRequest(lineOf(json)))).to.equal(message);
    });
  }

  const NOISE = [
    "",
    "text",
    `#${"f".repeat(32)} ${lineOf(result)}`,
    ` #${NONCE} ${lineOf(result)}`,
    `#${NONCE}`,
    `x#${NONCE} e30=`,
  ];
  for (const line of NOISE) {
    it(`takes ${JSON.stringify(line.slice(0, 40))} for noise`, () => {
      expect(parseReply(NONCE, line)).to.equal(undefined);
    });
  }

  it("never quotes a line that it refuses, since it may hold a secret", () => {
    const message = refusal(() => parseRequest(lineOf({ type: "s:connect", password: "s:hunter2" })));
    expect(message).not.to.contain("hunter2");
  });
});
