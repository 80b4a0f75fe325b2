import { NotFound } from "../errors";

/**
 * Runs a write of a delete.
 * @returns false where Exchange answers that the object does not exist: then there is nothing left to take back.
 */
export async function unlessGone(write: () => Promise<void>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (error instanceof NotFound) return false;
    throw error;
  }
}
