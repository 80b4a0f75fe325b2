import { expect } from "chai";
import { StateError } from "../../errors";
import { crypterOf } from "../../state/passphrase";

// A salt that Pulumi's CLI made for the passphrase "password".
const SALT = "v1:fozI5u6B030=:v1:F+6ZduKKd8G0/V7L:PGMFeIzwobWRKmEAzUdaQHqC5mMRIQ==";

const failure = async (work: Promise<unknown>): Promise<Error> => {
  try {
    await work;
  } catch (error) {
    return error as Error;
  }
  throw new Error("it did not fail");
};

describe("The passphrase", () => {
  it("fits a salt that Pulumi's CLI has made", async () => {
    const crypter = await crypterOf("password", SALT);
    expect(crypter.salt).to.equal(SALT);
    expect(crypter.decrypt("v1:F+6ZduKKd8G0/V7L:PGMFeIzwobWRKmEAzUdaQHqC5mMRIQ==")).to.equal("pulumi");
  });

  it("decrypts what it has encrypted, each time with another nonce", async () => {
    const { encrypt, decrypt } = await crypterOf("password", SALT);
    const [one, other] = [encrypt('"grün"'), encrypt('"grün"')];
    expect(one).to.not.equal(other);
    expect([decrypt(one), decrypt(other)]).to.deep.equal(['"grün"', '"grün"']);
  });

  it("makes a new salt that it fits, and another passphrase does not", async () => {
    const { salt } = await crypterOf("one", undefined);
    expect((await crypterOf("one", salt)).salt).to.equal(salt);
    const error = await failure(crypterOf("other", salt));
    expect(error).to.be.instanceOf(StateError);
    expect(error.message).to.equal("The passphrase does not fit the stack's encryption salt.");
  });

  it("refuses a salt of another form", async () => {
    const error = await failure(crypterOf("password", "v2:abc"));
    expect(error.message).to.equal('The encryption salt "v2:abc" is not of the form v1:<salt>:<check value>.');
  });

  it("refuses a secret of another form", async () => {
    const { decrypt } = await crypterOf("password", SALT);
    expect(() => decrypt("plain")).to.throw(StateError, "A secret is not of the form v1:<nonce>:<ciphertext>.");
  });
});
