import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { DeploymentWriter } from "../state/deployment-format";
import { crypterOf } from "../state/passphrase";
import type { ResourceState } from "../state/resource";
import { StackSaver } from "../state/saver";
import { Snapshot } from "../state/snapshot";
import { figuresOf, figuresText, printTable } from "./figures";

const SIZES = [10, 100, 1_000];
const ROUNDS = 5;
/** How long the far end takes for one resource. */
const MILLISECONDS = 2;

/** The state of a stack in which so many resources are made, and nothing else: what it costs for each of them. */
export async function benchStateWrites(): Promise<void> {
  console.log("\nState writes alone, for each resource made (two saves; the far end takes 2 ms)");
  const rows = [["at the same time", "resources", "ms", "CPU ms", "writes", "KB written"]];
  for (const parallel of [8, 1]) {
    for (const size of SIZES) {
      const rounds: Written[] = [];
      for (let round = 0; round < ROUNDS; round++) rounds.push(await makeResources(size, parallel));
      const each = (pick: (one: Written) => number) => figuresText(figuresOf(rounds.map((one) => pick(one) / size)));
      rows.push([
        String(parallel),
        String(size),
        each(({ milliseconds }) => milliseconds),
        each(({ cpuMilliseconds }) => cpuMilliseconds),
        each(({ writes }) => writes),
        each(({ bytes }) => bytes / 1_000),
      ]);
    }
  }
  printTable(rows);
}

interface Written {
  milliseconds: number;
  cpuMilliseconds: number;
  writes: number;
  bytes: number;
}

class CountingWriter extends DeploymentWriter {
  writes = 0;
  bytes = 0;

  override stackFile(...list: Parameters<DeploymentWriter["stackFile"]>): string {
    const contents = super.stackFile(...list);
    this.writes++;
    this.bytes += Buffer.byteLength(contents);
    return contents;
  }
}

async function makeResources(size: number, parallel: number): Promise<Written> {
  const folder = await mkdtemp(path.join(tmpdir(), "bench-state-"));
  const writer = new CountingWriter(await crypterOf("bench", undefined));
  const saver = new StackSaver(path.join(folder, "dev.json"), "organization/bench/dev", writer);
  const snapshot = new Snapshot({ resources: [], pendingOperations: [] }, (deployment) => saver.save(deployment));
  const left = Array.from({ length: size }, (_, number) => resource(number)).values();
  const work = async () => {
    for (const declared of left) {
      await snapshot.begin("creating", declared);
      await pause(MILLISECONDS);
      snapshot.add({ ...declared, outputs: declared.inputs ?? {} });
      snapshot.end(declared);
      await snapshot.save();
    }
  };
  const cpu = process.cpuUsage();
  const begin = performance.now();
  await Promise.all(Array.from({ length: parallel }, work));
  const milliseconds = performance.now() - begin;
  const { user, system } = process.cpuUsage(cpu);
  await rm(folder, { recursive: true });
  return { milliseconds, cpuMilliseconds: (user + system) / 1_000, writes: writer.writes, bytes: writer.bytes };
}

function resource(number: number): ResourceState {
  const type = "pulumi-nodejs:dynamic/bench:Thing";
  return {
    urn: `urn:pulumi:dev::bench::${type}::thing-${number}`,
    custom: true,
    id: `thing-${number}-1`,
    type,
    inputs: { name: `thing-${number}`, value: "first", text: "x".repeat(200) },
    dependencies: [`urn:pulumi:dev::bench::${type}::thing-${number - 1}`],
  };
}
