// Runs one operation in a process of its own, so that a test can kill it: run-operation.ts REQUEST_FILE EVENT_FILE
import { appendFileSync, readFileSync } from "node:fs";
import { runOperation } from "../..";

const [requestFile = "", eventFile = ""] = process.argv.slice(2);

async function main(): Promise<void> {
  const request = JSON.parse(readFileSync(requestFile, "utf8"));
  const onEvent = (event: unknown) => appendFileSync(eventFile, `${JSON.stringify(event)}\n`);
  const { exitCode } = await runOperation({ ...request, onEvent });
  process.exitCode = exitCode;
}

main();
