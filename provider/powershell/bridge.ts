import path from "node:path";

/** The bridge's script, which the package ships beside its built JavaScript. */
export const BRIDGE = path.join(packageFolder(), "powershell", "bridge.ps1");

/** The package's folder, seen from the sources and from the build alike. */
function packageFolder(): string {
  const parent = path.dirname(__dirname);
  return path.basename(parent) === "dist" ? path.dirname(parent) : parent;
}
