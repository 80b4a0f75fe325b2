import { Endpoint } from "./endpoint";
import { sandboxHome } from "./home";

// The organisation as a process that speaks the provider's protocol on standard input and output.
// SANDBOX_HOME is its folder, SANDBOX_SCENARIO what a new organisation begins as.

const CRASHED = 70;

const parent = process.ppid;

const endpoint = new Endpoint(sandboxHome(), process.stdout, {
  crash: () => process.exit(CRASHED),
  killParent: () => {
    // Where it has ended, our parent is the system's first process, or whoever takes in orphans.
    if (process.ppid === parent && parent > 1) process.kill(parent, "SIGKILL");
    process.exit(CRASHED);
  },
});

// Whoever asked is gone: nobody reads the answer, and that is not an error.
process.stdout.on("error", () => process.exit(0));
process.on("SIGINT", () => process.exit(130));
process.on("SIGTERM", () => process.exit(143));

endpoint.serve(process.stdin).then(
  () => process.exit(0),
  (error: Error) => {
    process.stderr.write(`Exchange sandbox: ${error.stack}\n`);
    process.exit(1);
  },
);
