import { reachBy } from "../../stack/reach";
import { needShell } from "../shell";

/** Tests of test/stack that are not run again here, by their whole titles within a way, each with its reason. */
const LEFT_OUT: [RegExp, string][] = [
  [/^drift by time: /, "no cmdlet gives Exchange's clock: the bridge's is the machine's, which no test moves"],
  [/^a partner application whose enabling was interrupted /, "crashes.test.ts has the crashes of this way"],
  [
    /^the main job in an organisation whose certificate is on no server any more /,
    "it writes what the expired one does",
  ],
  [/^a renewal of the auth certificate /, "the whole life goes this way, and these are the same rules"],
];

/** Defines suites of test/stack once more, under the `describe` that calls this. */
export function again(around: Mocha.Suite, ...names: string[]): void {
  for (const name of names) {
    const file = require.resolve(`../../stack/${name}.test.ts`);
    delete require.cache[file];
    require(file);
  }
  const prune = (suite: Mocha.Suite, before: string) => {
    const title = (part: string) => [before, part].filter(Boolean).join(" ");
    suite.tests = suite.tests.filter((test) => !LEFT_OUT.some(([pattern]) => pattern.test(title(test.title))));
    for (const inner of suite.suites) prune(inner, title(inner.title));
  };
  prune(around, "");
}

/** Suites of test/stack, through a module by path in PowerShell. Each file has few of them: files run side by side. */
export function againThrough(way: string, module: string, ...names: string[]): void {
  describe(`through real PowerShell, with ${way}`, function () {
    before(function () {
      const shell = needShell(this);
      reachBy(() => ({ "exchange:connection": "module", "exchange:module": module, "exchange:shell": shell }));
    });
    after(() => reachBy());

    again(this, ...names);
  });
}
