const path = require("node:path");
const pulumi = require("@pulumi/pulumi");

// Chains of ten, so that there are dependents, and many that depend on nothing.
const CHAIN = 10;
// Constant, as that of every provider which is a module.
const PROVIDER = `exports.handler=()=>require(${JSON.stringify(path.join(__dirname, "thing.js"))}).thing;`;

class Thing extends pulumi.CustomResource {
  constructor(name, args) {
    super("pulumi-nodejs:dynamic/bench:Thing", name, { echo: undefined, ...args, __provider: PROVIDER });
  }
}

let former;
for (let number = 0; number < Number(process.env.BENCH_RESOURCES); number++) {
  const value = number % CHAIN === 0 ? "first" : former.echo;
  former = new Thing(`thing-${number}`, { name: `thing-${number}`, value, text: "x".repeat(200) });
}
