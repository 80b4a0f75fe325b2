import { CommandNotAvailable, NotFound } from "../errors";
import type { ExchangeClient } from "./client";
import type { Known } from "./properties";

/**
 * Whether the hybrid wizard set the organisation up, by `Get-HybridConfiguration`; unknown where the account may not run
 * that cmdlet.
 */
export async function getHybrid(client: ExchangeClient): Promise<Known> {
  try {
    const { objects } = await client.run("Get-HybridConfiguration", {}, "reading the hybrid configuration");
    return objects.length > 0 ? "yes" : "no";
  } catch (error) {
    if (error instanceof NotFound) return "no";
    if (error instanceof CommandNotAvailable) return "unknown";
    throw error;
  }
}
