import path from "node:path";
import { PowerShell } from "node-powershell";
import { NotAllowed } from "../../provider/errors";
import { createSession, type Session } from "../../provider/powershell/session";
import { SHELL } from "../../test/powershell/shell";
import { EchoShell, shellPerCall } from "./shells";

// npm run bench:session [-- <calls for the memory row>]
// Everything in one run, so that each figure has its baseline beside it.
const MANY = Number(process.argv[2] ?? 10_000);
const ROUNDS = 300;

interface Row {
  what: string;
  milliseconds: number[];
}

async function measure(what: string, rounds: number, work: () => Promise<unknown>): Promise<Row> {
  // A shell compiles what it runs often while it runs: the first hundreds of calls are slower.
  const warmUp = rounds === ROUNDS ? 1_000 : Math.ceil(rounds / 2);
  for (let warm = 0; warm < warmUp; warm++) await work();
  const milliseconds: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const begin = performance.now();
    await work();
    milliseconds.push(performance.now() - begin);
  }
  const row = { what, milliseconds: milliseconds.sort((one, other) => one - other) };
  print(row);
  return row;
}

const at = ({ milliseconds }: Row, share: number) =>
  milliseconds[Math.min(milliseconds.length - 1, Math.floor(milliseconds.length * share))] as number;
const median = (row: Row) => at(row, 0.5);

function print(row: Row): void {
  console.log(`${row.what.padEnd(58)} ${median(row).toFixed(2).padStart(9)} ms   p99 ${at(row, 0.99).toFixed(2)} ms`);
}

function verdict(what: string, holds: boolean, figures: string): void {
  console.log(`${holds ? "holds" : "FAILS"}  ${what}: ${figures}`);
}

async function main(shell: string): Promise<void> {
  const bench = open(shell, path.join(__dirname, "module.psm1"));
  const limit = { timeoutSeconds: 60 };

  const begin = performance.now();
  await bench.invoke("Get-AuthConfig", {}, limit);
  console.log(`${"start-up to the first answer".padEnd(58)} ${(performance.now() - begin).toFixed(0).padStart(9)} ms`);

  const echo = new EchoShell(shell);
  const line = Buffer.alloc(180, "x").toString();
  const echoed = await measure("echo by the same reading loop, no frames", ROUNDS, () => echo.ask(line));
  const nothing = await measure("framed call of a cmdlet that does nothing", ROUNDS, () =>
    bench.invoke("Set-AuthConfig", {}, limit),
  );
  const authConfig = await measure("framed Get-AuthConfig, an object with 25 properties", ROUNDS, () =>
    bench.invoke("Get-AuthConfig", {}, limit),
  );
  // A call that the list refuses goes both ways in frames, and runs nothing. After the others: a shell goes on compiling
  // what it runs for thousands of calls.
  const noOp = await measure("framed no-op (a call that is refused)", ROUNDS, () => refused(bench));
  await echo.close();

  const sandbox = open(shell, path.join(__dirname, "../../sandbox/powershell"));
  await measure("Get-AuthConfig of the sandbox, through its module", 100, () =>
    sandbox.invoke("Get-AuthConfig", {}, limit),
  );
  await sandbox.close();

  // On any other terminal PowerShell prints escapes, among which node-powershell loses answers.
  const own = new PowerShell({
    executable: shell,
    executableOptions: { "-NoProfile": true },
    spawnOptions: { env: { ...process.env, TERM: "dumb" } },
  });
  await measure("node-powershell's own invoke of 'x'", 100, () => own.invoke("'x'"));
  await own.dispose();
  const cold = await measure("a shell a call", 3, () => shellPerCall(shell));

  const sizes: [number, number][] = [];
  for (const size of [1e3, 1e4, 1e5, 1e6, 1e7]) {
    const row = await measure(`${size / 1e3} kB of output`, size < 1e6 ? 30 : 5, () =>
      bench.invoke("Get-AuthServer", { DomainController: String(size) }, limit),
    );
    sizes.push([size, median(row)]);
  }

  await bench.close();

  // A shell of its own: the sizes before leave megabytes behind that a collection takes at any time.
  const long = open(shell, path.join(__dirname, "module.psm1"));
  for (let warm = 0; warm < 500; warm++) await long.invoke("Get-AuthConfig", {}, limit);
  const before = await memory(long);
  for (let call = 0; call < MANY; call++) await long.invoke("Get-AuthConfig", {}, limit);
  const after = await memory(long);
  await long.close();

  console.log();
  const bound = 2 * median(echoed) + 1;
  verdict(
    "no-op within 2 echoes and 1 ms",
    median(noOp) <= bound,
    `${median(noOp).toFixed(2)} of ${bound.toFixed(2)} ms`,
  );
  for (const [what, row] of [
    ["the no-op", noOp],
    ["Get-AuthConfig", authConfig],
  ] as const) {
    // What the machine itself does to a tail is in the echo's.
    const [tail, bare] = [row, echoed].map((each) => at(each, 0.99) / median(each)) as [number, number];
    verdict(`p99 of ${what} within 10 medians`, tail <= 10, `${tail.toFixed(1)} (the echo's: ${bare.toFixed(1)})`);
  }
  const faster = median(cold) / median(nothing);
  verdict("100 times faster than a shell a call", faster >= 100, `${faster.toFixed(0)} times`);
  const figures = `${before.toFixed(1)} MB of live objects before, ${after.toFixed(1)} MB after`;
  verdict(`memory flat over ${MANY} calls`, after - before < 5, figures);
  // Over two decades, in which the collections of one row weigh little: what is quadratic would be 10 000 times.
  const [[small, smallTime], [large, largeTime]] = [sizes.at(-3), sizes.at(-1)] as [[number, number], [number, number]];
  const [times, growth] = [large / small, largeTime / smallTime];
  verdict(
    "linear from 100 kB to 10 MB",
    growth < 1.5 * times,
    `${growth.toFixed(0)} times for ${times} times the size`,
  );
}

function open(shell: string, module: string): Session {
  return createSession({ kind: "module", shell, opening: { module } });
}

/** The shell's live objects, in MB, after a collection. */
async function memory(session: Session): Promise<number> {
  const { output } = await session.invoke("Get-ExchangeServer", {}, { timeoutSeconds: 60 });
  return Number(output[0]) / 1024 / 1024;
}

async function refused(session: Session): Promise<void> {
  try {
    await session.invoke("Get-Nothing", {}, { timeoutSeconds: 60 });
  } catch (error) {
    if (error instanceof NotAllowed) return;
    throw error;
  }
  throw new Error("It was to be refused.");
}

if ("path" in SHELL) void main(SHELL.path);
else {
  console.error(`There is no PowerShell: ${SHELL.missing}`);
  process.exitCode = 1;
}
