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

  const NOT_CARRIED: { what: string; value: unknown; message: string }[] = [
    { what: "undefined", value: undefined, message: "a value of type undefined, which the protocol does not carry" },
    { what: "a function", value: () => 1, message: "a value of type function, which the protocol does not carry" },
    { what: "a fraction", value: 1.5, message: "a value of type number, which the protocol does not carry" },
    {
      what: "what is no number",
      value: Number.NaN,
      message: "a value of type number, which the protocol does not carry",
    },
    {
      what: "a number beyond exact ones",
      value: 2 ** 53,
      message: "a value of type number, which the protocol does not carry",
    },
    { what: "a bigint", value: 1n, message: "a value of type bigint, which the protocol does not carry" },
    { what: "a symbol", value: Symbol("s"), message: "a value of type symbol, which the protocol does not carry" },
    {
      what: "an invalid date",
      value: new Date(Number.NaN),
      message: "a value of type object, which the protocol does not carry",
    },
  ];
  for (const { what, value, message } of NOT_CARRIED) {
    it(`refuses to send ${what}`, () => {
      expect(refusal(() => encode({ inner: [value as Value] }))).to.equal(message);
    });
  }

  const DATE = "a date that is invalid or outside the years 1 to 9999";
  const LEAF = "a leaf whose type or form the protocol does not know";
  const MALFORMED: { what: string; line: string; message: string }[] = [
    { what: "an empty line", line: "", message: "a line that is not base64" },
    { what: "what is not base64", line: "%%%%", message: "a line that is not base64" },
    { what: "base64 of a length that none has", line: "abcde", message: "a line that is not base64" },
    { what: "base64 with a space in it", line: "ab cd===", message: "a line that is not base64" },
    { what: "base64 for addresses", line: "ab-_", message: "a line that is not base64" },
    {
      what: "what is not JSON",
      line: Buffer.from("{").toString("base64"),
      message: "a line whose content is not JSON",
    },
    { what: "a bare number", line: lineOf({ a: 1 }), message: "a bare number where a tagged leaf was expected" },
    { what: "a bare truth", line: lineOf([true]), message: "a bare boolean where a tagged leaf was expected" },
    { what: "an untagged text", line: lineOf("text"), message: LEAF },
    { what: "an unknown tag", line: lineOf("z:1"), message: LEAF },
    { what: "a truth that is none", line: lineOf("b:yes"), message: LEAF },
    { what: "a number that is none", line: lineOf("i:1.5"), message: LEAF },
    { what: "an empty number", line: lineOf("i:"), message: LEAF },
    { what: "a number beyond exact ones", line: lineOf("i:9007199254740993"), message: LEAF },
    { what: "a date without zone", line: lineOf("d:2026-01-01T00:00:00"), message: DATE },
    { what: "a date that there is not", line: lineOf("d:2026-13-01T00:00:00Z"), message: DATE },
    { what: "a day that its month has not", line: lineOf("d:2026-02-30T00:00:00Z"), message: DATE },
    { what: "a date after the year 9999", line: lineOf("d:+010000-01-01T00:00:00Z"), message: DATE },
    { what: "a date before the year 1", line: lineOf("d:-000001-01-01T00:00:00Z"), message: DATE },
    { what: "a date of the year 0", line: lineOf("d:0000-01-01T00:00:00Z"), message: DATE },
    { what: "a date that is no number", line: lineOf("d:NaN"), message: DATE },
    { what: "bytes that are not base64", line: lineOf("x:%%%%"), message: LEAF },
    { what: "bytes cut short", line: lineOf("x:abcde"), message: LEAF },
  ];
  for (const { what, line, message } of MALFORMED) {
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
  const BAD_REPLIES: { what: string; json: unknown; message: string }[] = [
    { what: "a list", json: [], message: "a line that is not a reply" },
    { what: "null", json: null, message: "a line that is not a reply" },
    { what: "a secret", json: "p:x", message: "a line that is not a reply" },
    { what: "no type", json: {}, message: "a reply of a type that this version does not know" },
    { what: "an unknown type", json: { type: "s:bye" }, message: "a reply of a type that this version does not know" },
    {
      what: "a request",
      json: { type: "s:open", protocol: "i:1", nonce: "s:x" },
      message: "a reply of a type that this version does not know",
    },
    {
      what: "a hello without a clock",
      json: { type: "s:hello", protocol: "i:1", name: "s:", versions: {}, processId: "i:1" },
      message: field("hello", "now"),
    },
    {
      what: "a hello whose protocol is text",
      json: { type: "s:hello", protocol: "s:1", name: "s:", versions: {}, processId: "i:1", now },
      message: field("hello", "protocol"),
    },
    { what: "a connected without id", json: { type: "s:connected", now }, message: field("connected", "id") },
    { what: "a timedOut without a clock", json: { type: "s:timedOut", id: "i:1" }, message: field("timedOut", "now") },
    { what: "a result whose output is no list", json: { ...result, output: {} }, message: field("result", "output") },
    {
      what: "a result with a warning that is no text",
      json: { ...result, warnings: ["i:1"] },
      message: field("result", "warnings"),
    },
    {
      what: "a result with a record that lacks its message",
      json: { ...result, errors: [recordWithoutMessage] },
      message: field("result", "errors"),
    },
    {
      what: "a result with a record that is text",
      json: { ...result, errors: ["s:failed"] },
      message: field("result", "errors"),
    },
    {
      what: "a refusal without a reason",
      json: { type: "s:refused", id: "i:1", message: "s:", now },
      message: field("refused", "reason"),
    },
    {
      what: "a refusal for a reason that nobody knows",
      json: { type: "s:refused", id: "i:1", reason: "s:mood", message: "s:", now },
      message: field("refused", "reason"),
    },
  ];
  for (const { what, json, message } of BAD_REPLIES) {
    it(`takes ${what} for no reply`, () => {
      expect(refusal(() => parseReply(NONCE, `#${NONCE} ${lineOf(json)}`))).to.equal(message);
    });
  }

  const BAD_REQUESTS: { what: string; json: unknown; message: string }[] = [
    { what: "a reply", json: { type: "s:hello" }, message: "a request of a type that this version does not know" },
    {
      what: "script",
      json: { type: "s:script", id: "i:1", text: "s:Get-Process" },
      message: "a request of a type that this version does not know",
    },
    {
      what: "a short nonce",
      json: { type: "s:open", protocol: "i:1", nonce: "s:abc" },
      message: field("open", "nonce"),
    },
    {
      what: "a nonce that is no text",
      json: { type: "s:open", protocol: "i:1", nonce: "i:1" },
      message: field("open", "nonce"),
    },
    {
      what: "a password in clear",
      json: { type: "s:connect", id: "i:1", connection: {}, userName: "s:", password: "s:hunter2" },
      message: field("connect", "password"),
    },
    {
      what: "parameters that are a list",
      json: { type: "s:invoke", id: "i:1", cmdlet: "s:Get-It", parameters: [], timeoutSeconds: "i:1" },
      message: field("invoke", "parameters"),
    },
    {
      what: "a call without time limit",
      json: { type: "s:invoke", id: "i:1", cmdlet: "s:Get-It", parameters: {} },
      message: field("invoke", "timeoutSeconds"),
    },
  ];
  for (const { what, json, message } of BAD_REQUESTS) {
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
