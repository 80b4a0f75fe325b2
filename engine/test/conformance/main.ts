// Holds the engine against recordings of Pulumi's own, and says part by part where both agree.
//
//   npm run golden -- [--in DIR] [scenario ...]
//
// DIR holds scenarios/ and golden/ (default: engine/test/golden); engine/test/golden/record.js makes both with Pulumi's CLI.
// Exit status 0 when nothing differs (what the engine refuses by name is no difference), 1 when anything does, 2 when
// the command line is wrong.
import path from "node:path";
import { parseArgs } from "node:util";
import { replay } from "../golden/replay";
import { type Agreement, agreementOf } from "./agreement";
import { KitError, type Recorded, readKit } from "./kit";
import { conclusion, headerLine, tableLine } from "./report";

/** Scenarios at the same time: each runs two or three Node processes. */
const WORKERS = 2;

function readArguments(): { folder: string; names: string[] } {
  try {
    const { values, positionals } = parseArgs({ options: { in: { type: "string" } }, allowPositionals: true });
    return { folder: path.resolve(values.in ?? path.join(__dirname, "..", "golden")), names: positionals };
  } catch (error) {
    throw new KitError(`${(error as Error).message} Usage: npm run golden -- [--in DIR] [scenario ...]`, {
      cause: error,
    });
  }
}

async function hold({ scenario, golden }: Recorded): Promise<Agreement> {
  try {
    return agreementOf(scenario.name, golden, await replay(scenario));
  } catch (error) {
    const none = agreementOf(scenario.name, [], []);
    return { ...none, differences: [`cannot be replayed: ${(error as Error).stack}`] };
  }
}

async function main(): Promise<number> {
  const { folder, names } = readArguments();
  const kit = readKit(folder, names);
  const width = Math.max("scenario".length, ...kit.map(({ scenario }) => scenario.name.length));
  const agreements: Agreement[] = [];
  const queue = kit.values();
  const work = async () => {
    for (const recorded of queue) {
      const agreement = await hold(recorded);
      agreements.push(agreement);
      console.log(tableLine(agreement, width));
    }
  };
  console.log(headerLine(width));
  await Promise.all(Array.from({ length: WORKERS }, work));
  for (const line of conclusion(agreements, width)) console.log(line);
  return agreements.some(({ differences }) => differences.length > 0) ? 1 : 0;
}

main().then(
  (exitCode) => {
    process.exitCode = exitCode;
  },
  (error: unknown) => {
    console.error(error instanceof KitError ? `error: ${error.message}` : error);
    process.exitCode = error instanceof KitError ? 2 : 1;
  },
);
