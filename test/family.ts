/**
 * A `describe` of cases that go the same way through a whole stack, or through real processes: a short run (`npm test`) takes the first of them alone,
 * `npm run test:all` each one. The first must need none of the others.
 */
export function family(title: string, define: (this: Mocha.Suite) => void): void {
  const suite = describe(title, define);
  if (process.env.TESTS === "short") suite.tests = suite.tests.slice(0, 1);
}
