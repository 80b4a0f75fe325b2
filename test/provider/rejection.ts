/** The error with which a promise rejects; the test fails where it does not reject with one. */
export async function rejection(promise: Promise<unknown>): Promise<Error> {
  let value: unknown;
  try {
    value = await promise;
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
  throw new Error(`expected a rejection, and got ${JSON.stringify(value)}`);
}
