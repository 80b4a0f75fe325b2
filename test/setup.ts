import { AssertionError, use } from "chai";
import chaiAsPromised from "chai-as-promised";

use(chaiAsPromised);

/**
 * An assertion about a promise that its test does not await fails the run too: of what rejects unheard mocha says nothing.
 * A hook, since mocha's workers drop every listener between two files. Other reasons are left alone: a failed output of
 * Pulumi's has promises that nobody asked for.
 */
export const mochaHooks = {
  beforeAll(): void {
    process.on("unhandledRejection", failOverAssertion);
  },
  afterAll(): void {
    process.off("unhandledRejection", failOverAssertion);
  },
};

function failOverAssertion(reason: unknown): void {
  if (reason instanceof AssertionError) throw reason;
}
