// A far end that does one thing wrong: its argument says at which request, and what, as JSON.
const { frame, serve, stay } = require("../../provider/powershell/fixtures/speak.js");

const { step, act, text = "", changes = {} } = JSON.parse(process.argv[2]);
let password = "";

const replies = {
  open: { type: "s:hello", protocol: "i:1", name: "s:far end", versions: {}, processId: `i:${process.pid}` },
  connect: { type: "s:connected" },
  invoke: { type: "s:result", output: [], warnings: [], errors: [] },
};

/** How the secret may come back. */
const encodings = {
  plain: (secret) => secret,
  json: (secret) => JSON.stringify(secret),
  xml: (secret) =>
    secret.replace(
      /[&<>"']/g,
      (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;" })[sign],
    ),
  url: (secret) => encodeURIComponent(secret),
  form: (secret) => new URLSearchParams({ secret }).toString().slice("secret=".length),
  "single quotes": (secret) => `'${secret.replaceAll("'", "''")}'`,
  backticks: (secret) => `"${secret.replace(/["`$]/g, "`$&")}"`,
  hex: (secret) => Buffer.from(secret).toString("hex"),
  "upper-case hex": (secret) => Buffer.from(secret).toString("hex").toUpperCase(),
  base64: (secret) => Buffer.from(secret).toString("base64"),
  "base64 of utf-16": (secret) => Buffer.from(secret, "utf16le").toString("base64"),
  wrapped: (secret) => secret.replace(/^(.{9})/, "$1\n"),
  "wrapped by Windows": (secret) => secret.replace(/^(.{9})/, "$1\r\n"),
};

const fill = (value) => {
  if (typeof value === "string") return value.replace("[echo]", () => encodings[text]?.(password) ?? text);
  if (Array.isArray(value)) return value.map(fill);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, fill(inner)]));
};

const acts = {
  answer: (reply, send) => send(fill({ ...reply, ...changes })),
  garbage: (_reply, _send, nonce) => process.stdout.write(`\n#${nonce} %%%%\n`),
  "no json": (_reply, _send, nonce) => process.stdout.write(`\n#${nonce} ${Buffer.from("{").toString("base64")}\n`),
  "a list": (_reply, _send, nonce) => process.stdout.write(`\n#${nonce} ${Buffer.from("[]").toString("base64")}\n`),
  nested: (_reply, _send, nonce) => {
    const json = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
    process.stdout.write(`\n#${nonce} ${Buffer.from(json).toString("base64")}\n`);
  },
  truncated: (reply, _send, nonce) => process.stdout.write(frame(nonce, reply).slice(0, -20), () => process.exit(0)),
  "truncated and staying": (reply, _send, nonce) => process.stdout.write(frame(nonce, reply).slice(0, -20)),
  oversized: (_reply, _send, nonce) => {
    process.stdout.write(`\n#${nonce} `);
    for (let megabyte = 0; megabyte < 33; megabyte += 1) process.stdout.write("A".repeat(2 ** 20));
  },
  "without an end": () => {
    const write = () => process.stdout.write("A".repeat(2 ** 16), (error) => error || setImmediate(write));
    write();
  },
  foreign: (reply) => process.stdout.write(frame("0".repeat(32), reply)),
  twice: (reply, send) => {
    send(reply);
    send(reply);
  },
  "another type": (reply, send) => send({ ...reply, type: "s:timedOut" }),
  "unknown type": (reply, send) => send({ ...reply, type: "s:__proto__" }),
  "another request": (reply, send) => send({ ...reply, id: "i:77" }),
  silence: () => undefined,
  "silence and deaf": () => stay(),
  "end with 0": () => process.exit(0),
  "end with 3": () => process.exit(3),
  "end by a signal": () => process.kill(process.pid, "SIGKILL"),
  "closed output": () => {
    require("node:fs").closeSync(1);
    stay();
  },
  "closed input": () => {
    process.stdin.destroy();
    stay();
  },
  slowly: (reply, _send, nonce) => {
    const bytes = frame(nonce, reply);
    const next = (at) => at < bytes.length && process.stdout.write(bytes[at], () => setTimeout(next, 5, at + 1));
    next(0);
  },
  "flood of errors": (reply, send) => process.stderr.write("e".repeat(5 * 2 ** 20), () => send(reply)),
  "flood of lines": (reply, send) => process.stdout.write("line\n".repeat(2 ** 20), () => send(reply)),
  "flood without lines": (reply, send) => process.stdout.write("x".repeat(5 * 2 ** 20), () => send(reply)),
  "flood and end": () => process.stderr.write("交换".repeat(2 ** 20), () => process.exit(1)),
  "control characters": (reply, send) => process.stdout.write("\0\u001b]0;x\u0007\r\b\u009b31m", () => send(reply)),
  "echo on errors": () => process.stderr.write(`${fill("login with [echo] failed")}\n`, () => process.exit(1)),
  "echo on output": () => process.stdout.write(`${fill("login with [echo] failed")}\n`, () => process.exit(1)),
  "a child that stays": (reply, send) => {
    const { spawn } = require("node:child_process");
    // Its words tell whose it is.
    spawn(process.execPath, ["-e", "setInterval(() => undefined, 60000)", process.argv[3]], { stdio: "inherit" });
    send(reply);
    process.exit(0);
  },
};

const handle = (name) => (request, send, nonce) => {
  if (name === "connect") password = request.password?.slice(2) ?? "";
  const reply = { ...replies[name], ...(name === "open" ? {} : { id: request.id }) };
  if (name === step) acts[act](reply, send, nonce);
  else send(reply);
};

serve({ open: handle("open"), connect: handle("connect"), invoke: handle("invoke") });
