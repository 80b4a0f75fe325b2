import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Beginning, Deployment } from "./deployment";

/** A deployment that begins as the test itself says; `description` is the scenario's own. */
export async function beginWith(scenario: object, beginning: Omit<Beginning, "scenario">): Promise<Deployment> {
  const folder = mkdtempSync(path.join(tmpdir(), "scenario-"));
  try {
    const file = path.join(folder, "test.json");
    writeFileSync(file, JSON.stringify({ description: "Made by a test.", ...scenario }));
    return await Deployment.begin({ scenario: file, ...beginning });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
