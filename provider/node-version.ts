const LEAST = [20, 19] as const;

/** Why a version of Node is refused; undefined where it is not. Bun and Deno say which Node they stand for. */
export function nodeReason(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major > LEAST[0] || (major === LEAST[0] && minor >= LEAST[1])) return undefined;
  return `pulumi-exchange-server requires Node.js ${LEAST.join(".")} or later, but this is Node.js ${version}. Install a later version and put it first on PATH.`;
}

// Each entry of the package imports this before anything else: else an old Node fails in mid-call, on what it lacks.
const reason = nodeReason(process.versions.node);
if (reason !== undefined) throw Object.assign(new Error(reason), { stack: reason });
