// Imported before anything else: an old Node would fail in the middle of an operation, on what it lacks.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`The sandbox requires Node.js 20.19 or later, but this is Node.js ${process.versions.node}.\n`);
  process.exit(1);
}
