import type { ErrorRecord, Value } from "../../../provider/powershell/protocol";
import { certificateDer } from "../../provider/x509/certificate-der";

/** A value that stands where another one is due; undefined where nothing stands there. */
export interface Wrong {
  name: string;
  value: Value | undefined;
  /** What it is, to tell what can be read from what cannot. */
  form: "absent" | "null" | "text" | "number" | "truth" | "list" | "object" | "date" | "bytes";
}

const text = (name: string, value: string): Wrong => ({ name, value, form: "text" });
const MEGABYTES = 2 * 2 ** 20;

/** In place of one property. */
export const WRONG_VALUES: readonly Wrong[] = [
  { name: "absent", value: undefined, form: "absent" },
  { name: "null", value: null, form: "null" },
  text("empty", ""),
  text("space", " "),
  text("word", "Wort"),
  text("long", "a long text. ".repeat(5_000)),
  text("cjk", "交换服务器".repeat(6_000)),
  text("megabytes", "x".repeat(MEGABYTES)),
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a shell's own sign.
  text("control characters", "\u0000\u001b[31m\r\n\u2028\u202e%s${0}`$(whoami)"),
  text("proto", "__proto__"),
  text("constructor", "constructor"),
  text("lone surrogate", "\ud800"),
  text("guid", "11111111-2222-3333-4444-555555555555"),
  text("thumbprint", "0123456789ABCDEF0123456789ABCDEF01234567"),
  text("marked thumbprint", "\u200e01 23 45 67 89 ab cd ef 01 23 45 67 89 ab cd ef 01 23 45 67"),
  text("date", "9999-12-31T23:59:59Z"),
  text("truth as text", "True"),
  { name: "number", value: 7, form: "number" },
  { name: "large number", value: Number.MIN_SAFE_INTEGER, form: "number" },
  { name: "true", value: true, form: "truth" },
  { name: "false", value: false, form: "truth" },
  { name: "empty list", value: [], form: "list" },
  { name: "list of texts", value: ["", "Wort"], form: "list" },
  { name: "list of nulls", value: [null, null], form: "list" },
  { name: "empty object", value: {}, form: "object" },
  { name: "object", value: JSON.parse('{"__proto__":{"Enabled":true},"toString":"x","length":40}'), form: "object" },
  { name: "first date", value: new Date("0001-01-01T00:00:00Z"), form: "date" },
  { name: "last date", value: new Date("9999-12-31T23:59:59Z"), form: "date" },
  { name: "no bytes", value: new Uint8Array(), form: "bytes" },
  { name: "bytes", value: Buffer.from("30820122300d06092a864886f70d01010105000382010f00", "hex"), form: "bytes" },
  { name: "many bytes", value: Buffer.alloc(200_000, 0x30), form: "bytes" },
  { name: "another certificate", value: certificateDer({ serial: "0badc0de" }), form: "bytes" },
];

/** In place of one object of the output. */
export const WRONG_OBJECTS: readonly Wrong[] = WRONG_VALUES.filter(({ name }) =>
  ["null", "empty", "word", "number", "true", "list of texts", "empty object", "object", "bytes"].includes(name),
);

/** In place of the whole output: a list of what is no object. */
export const WRONG_OUTPUTS: readonly { name: string; output: Value[] }[] = [
  { name: "texts", output: ["one", "two"] },
  { name: "nulls", output: [null] },
  { name: "numbers", output: [1, 2, 3] },
  { name: "lists", output: [[], [[]]] },
  { name: "dates", output: [new Date("2026-01-01T00:00:00Z")] },
  { name: "bytes", output: [new Uint8Array([1])] },
];

/** The far end's clock. */
export const WRONG_CLOCKS: readonly { name: string; date: Date }[] = [
  { name: "first", date: new Date("0001-01-01T00:00:00Z") },
  { name: "epoch", date: new Date(0) },
  { name: "behind", date: new Date("2019-06-01T00:00:00Z") },
  { name: "ahead", date: new Date("2099-06-01T00:00:00Z") },
  { name: "last", date: new Date("9999-12-31T23:59:59Z") },
];

/** Texts that a far end prints beside its objects. */
export const WRONG_TEXTS: readonly { name: string; text: string }[] = WRONG_VALUES.flatMap(({ name, value }) =>
  typeof value === "string" ? [{ name, text: value }] : [],
);

const record = (changes: Partial<ErrorRecord>): ErrorRecord => ({
  reason: "TaskException",
  category: "NotSpecified",
  fullyQualifiedErrorId: "[Server=MBX1,RequestId=1,TimeStamp=2] [FailureCategory=Cmdlet-TaskException] 1A2B3C4D,X.Y",
  target: "",
  message: "Es geht nicht.",
  ...changes,
});

// Each is an answer that Exchange, PowerShell or something in their place might give, or an id that only looks like one.
const IDS = [
  ["nothing", ""],
  ["comma", ","],
  ["sentence", "Es geht nicht, leider."],
  ["open brackets", "[FailureCategory=Cmdlet-".repeat(5_000)],
  ["commas", ",".repeat(130_000)],
  ["brackets and spaces", `[FailureCategory=Cmdlet-${"] ".repeat(65_000)}`],
  ["categories", "[FailureCategory=Cmdlet-x] ".repeat(5_000)],
] as const;

export const WRONG_RECORDS: readonly { name: string; record: ErrorRecord }[] = [
  ...[
    ["NotSpecified", "TaskException"],
    ["InvalidArgument", "InvalidOperationException"],
    ["InvalidOperation", "InvalidOperationException"],
    ["ObjectNotFound", "ManagementObjectNotFoundException"],
    ["ObjectNotFound", "CommandNotFoundException"],
    ["ResourceUnavailable", "RpcClientException"],
    ["PermissionDenied", "UnauthorizedAccessException"],
    ["LimitsExceeded", "OverBudgetException"],
    ["OperationTimeout", "TimeoutException"],
    ["ResourceExists", "ADObjectAlreadyExistsException"],
    ["ConnectionError", "PSRemotingTransportException"],
    ["ParserError", "ParameterBindingException"],
    ["SecurityError", "SecurityException"],
  ].map(([category = "", reason = ""]) => ({
    name: `${category} ${reason}`,
    record: record({
      category,
      reason,
      fullyQualifiedErrorId: `[Server=MBX1,RequestId=1,TimeStamp=2] [FailureCategory=Cmdlet-${reason}] 1A2B3C4D,X.Y`,
    }),
  })),
  ...["toString", "constructor", "__proto__", "hasOwnProperty", "valueOf", ""].flatMap((word) => [
    { name: `category ${word}`, record: record({ category: word }) },
    { name: `reason ${word}`, record: record({ reason: word }) },
  ]),
  ...IDS.map(([name, id]) => ({ name: `id ${name}`, record: record({ fullyQualifiedErrorId: id }) })),
  ...WRONG_TEXTS.map(({ name, text: message }) => ({ name: `message ${name}`, record: record({ message }) })),
  ...WRONG_TEXTS.map(({ name, text: reason }) => ({ name: `reason ${name}`, record: record({ reason }) })),
  ...WRONG_TEXTS.map(({ name, text: target }) => ({ name: `target ${name}`, record: record({ target }) })),
];

/** What a session throws in place of an answer, before or after the call was carried out. */
export const FAULTS = ["TimedOut", "ConnectionLost", "ProtocolError"] as const;
