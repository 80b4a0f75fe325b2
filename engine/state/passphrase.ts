import { createCipheriv, createDecipheriv, pbkdf2, randomBytes } from "node:crypto";
import { promisify } from "node:util";
import { StateError, WrongPassphrase } from "../errors";

const ROUNDS = 1_000_000;
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Encrypts and decrypts the secrets of one stack as Pulumi's passphrase provider does. */
export interface Crypter {
  /** `v1:<salt>:<check value>`, as state and stack configuration keep it. */
  readonly salt: string;
  encrypt(text: string): string;
  /** Throws a StateError where the text was encrypted with another passphrase or is damaged. */
  decrypt(ciphertext: string): string;
}

/**
 * The crypter of a passphrase and a salt (a new one if there is none). Deriving the key takes about a second of one core,
 * off the main thread; it is done once a process for each salt. Throws a StateError for a wrong passphrase.
 */
export async function crypterOf(passphrase: string, salt: string | undefined): Promise<Crypter> {
  const saltBytes = salt === undefined ? randomBytes(8) : saltOf(salt);
  const key = await keyOf(passphrase, saltBytes);
  const encrypt = (text: string) => {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv("aes-256-gcm", key, nonce);
    const data = Buffer.concat([cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
    return `v1:${nonce.toString("base64")}:${data.toString("base64")}`;
  };
  if (salt === undefined) {
    return {
      salt: `v1:${saltBytes.toString("base64")}:${encrypt("pulumi")}`,
      encrypt,
      decrypt: (text) => decrypt(key, text),
    };
  }
  if (decrypt(key, checkOf(salt)) !== "pulumi") throw new WrongPassphrase();
  return { salt, encrypt, decrypt: (text) => decrypt(key, text) };
}

/** Whether a text has the form of a salt: `v1:<salt>:<check value>`, where the check value is a ciphertext. */
export const isSalt = (text: unknown): text is string =>
  typeof text === "string" && /^v1:[^:]+:/.test(text) && isCiphertext(checkOf(text));

/** Whether a text has the form of an encrypted secret: `v1:<nonce>:<ciphertext>`. */
export const isCiphertext = (text: unknown): text is string =>
  typeof text === "string" && /^v1:[^:]+:[^:]+$/.test(text);

const checkOf = (salt: string) => salt.split(":").slice(2).join(":");

function saltOf(salt: string): Buffer {
  if (!isSalt(salt)) throw new StateError(`The encryption salt "${salt}" is not of the form v1:<salt>:<check value>.`);
  return Buffer.from(salt.split(":")[1] as string, "base64");
}

const derive = promisify(pbkdf2);
const keys = new Map<string, Promise<Buffer>>();

function keyOf(passphrase: string, salt: Buffer): Promise<Buffer> {
  const name = `${salt.toString("base64")}:${passphrase}`;
  let key = keys.get(name);
  if (!key) {
    key = derive(passphrase, salt, ROUNDS, KEY_BYTES, "sha256");
    keys.set(name, key);
  }
  return key;
}

function decrypt(key: Buffer, ciphertext: string): string {
  if (!isCiphertext(ciphertext)) throw new StateError("A secret is not of the form v1:<nonce>:<ciphertext>.");
  const [, nonce, data] = ciphertext.split(":") as [string, string, string];
  const bytes = Buffer.from(data, "base64");
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, Buffer.from(nonce, "base64"));
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(bytes.subarray(0, -TAG_BYTES)), decipher.final()]).toString("utf8");
  } catch (error) {
    throw new WrongPassphrase({ cause: error });
  }
}
