import { connect } from "node:net";
import path from "node:path";
import { readAddress } from "../../entra/address";

/** Cmdlets that download a document of the tenant's. */
const DOWNLOADING = /^(New|Set)-AuthServer$/i;

/** Runs a cmdlet's work with a tenant that answers, where the cmdlet needs one: the one that runs already, else an own one. */
export async function withTenant<T>(home: string, cmdlet: string, work: () => Promise<T>): Promise<T> {
  if (!DOWNLOADING.test(cmdlet) || (await isRunning(home))) return work();
  const { startTenant } = await import("../../entra/index.js");
  const tenant = await startTenant({ home });
  try {
    return await work();
  } finally {
    await tenant.close();
  }
}

/** Whether something listens at the address that a tenant wrote down: one that was killed has left it there. */
async function isRunning(home: string): Promise<boolean> {
  const address = await readAddress(path.join(home, "entra"));
  if (!address) return false;
  const { port, hostname } = new URL(address.url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    const answer = (isListening: boolean) => {
      socket.destroy();
      resolve(isListening);
    };
    socket.once("connect", () => answer(true)).once("error", () => answer(false));
  });
}
