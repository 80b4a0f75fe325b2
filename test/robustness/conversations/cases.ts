/** One thing that a far end does wrong. */
export interface Misbehaviour {
  id: string;
  /** Whether it is a program, or takes the place of a PowerShell of this machine. */
  way: "process" | "shell";
  step: "open" | "connect" | "invoke";
  act: string;
  /** What `[echo]` in the changes stands for: how the secret is written, or a text. */
  text?: string;
  /** Fields of the reply, in the protocol's form. */
  changes?: object;
}

const STEPS = ["open", "connect", "invoke"] as const;

const ACTS = [
  "garbage",
  "no json",
  "a list",
  "nested",
  "truncated",
  "truncated and staying",
  "oversized",
  "without an end",
  "foreign",
  "twice",
  "another type",
  "unknown type",
  "another request",
  "silence",
  "silence and deaf",
  "end with 0",
  "end with 3",
  "end by a signal",
  "closed output",
  "closed input",
  "slowly",
  "flood of errors",
  "flood of lines",
  "flood without lines",
  "flood and end",
  "control characters",
  "a child that stays",
];

/** Process ids that a far end can say: 1 is what a container's first process says, the others are nobody's or ours. */
const PROCESS_IDS = [1, 0, -1, 2, process.pid, process.ppid, -process.pid, 2 ** 31, 2 ** 22, Number.MAX_SAFE_INTEGER];

const ENCODINGS = [
  "plain",
  "json",
  "xml",
  "url",
  "form",
  "single quotes",
  "backticks",
  "hex",
  "upper-case hex",
  "base64",
  "base64 of utf-16",
  "wrapped",
  "wrapped by Windows",
];

const record = { reason: "s:R", category: "s:C", fullyQualifiedErrorId: "s:F", target: "s:", message: "s:no" };
const refused = { type: "s:refused", id: "i:1", reason: "s:unauthorised", message: "s:login with [echo] failed" };

/** Where the secret may come back. */
const CHANNELS: Pick<Misbehaviour, "step" | "act" | "changes">[] = [
  { step: "connect", act: "echo on errors" },
  { step: "connect", act: "echo on output" },
  { step: "invoke", act: "echo on errors" },
  { step: "invoke", act: "echo on output" },
  { step: "connect", act: "answer", changes: refused },
  { step: "invoke", act: "answer", changes: { warnings: ["s:login with [echo] failed"] } },
  ...["message", "target", "reason", "fullyQualifiedErrorId", "category"].map((field) => ({
    step: "invoke" as const,
    act: "answer",
    changes: { errors: [{ ...record, [field]: "s:login with [echo] failed" }] },
  })),
];

/** Fields that are not what the protocol says. */
const FIELDS: [Misbehaviour["step"], object][] = [
  ...["protocol", "name", "versions", "processId", "now"].flatMap((field): [Misbehaviour["step"], object][] =>
    [null, "s:x", "i:-1", "b:true", [], {}, "z:", `s:${"x".repeat(100_000)}`, "d:0001-01-01T00:00:00Z"].map((value) => [
      "open",
      { [field]: value },
    ]),
  ),
  ...["output", "warnings", "errors", "now", "id"].flatMap((field): [Misbehaviour["step"], object][] =>
    [null, "s:x", "i:-1", [null], ["i:7"], [[]], {}, { __proto__: null, length: "i:3" }, "d:9999-12-31T23:59:59Z"].map(
      (value) => ["invoke", { [field]: value }],
    ),
  ),
  ...["version", "throttled", "__proto__", "toString", "unreachable"].map((reason): [Misbehaviour["step"], object] => [
    "connect",
    { ...refused, reason: `s:${reason}`, message: `s:${"长".repeat(100_000)}` },
  ]),
];

const ALL: readonly Omit<Misbehaviour, "way">[] = [
  ...PROCESS_IDS.map((id, index) => ({
    // Two of them are another number at every run.
    id: `hello with the process id ${["1", "0", "-1", "2", "ours", "our parent's", "our group's"][index] ?? id}`,
    step: "open" as const,
    act: "answer",
    changes: { processId: `i:${id}` },
  })),
  ...STEPS.flatMap((step) => ACTS.map((act) => ({ id: `${step}: ${act}`, step, act }))),
  ...FIELDS.map(([step, changes]) => ({
    id: `${step}: ${JSON.stringify(changes).slice(0, 80)}`,
    step,
    act: "answer",
    changes,
  })),
  ...CHANNELS.flatMap(({ step, act, changes }, number) =>
    ENCODINGS.map((text) => ({
      id: `${step}: ${act} ${number}, the password as ${text}`,
      step,
      act,
      text,
      changes,
    })),
  ),
];

export const MISBEHAVIOURS: readonly Misbehaviour[] = ALL.flatMap((each) =>
  (["process", "shell"] as const).map((way) => ({ ...each, way, id: `${way}, ${each.id}` })),
);
