import { InvalidInput } from "../errors";
import { MAXIMUM_TIMEOUT_SECONDS } from "./connection";
import { MAXIMUM_LINE_BYTES, MalformedFrame, type Request, requestLine, type Value } from "./protocol";
import { secretsIn } from "./redaction";

/** What a SecureString of .NET can hold. */
const MAXIMUM_SECRET_CHARACTERS = 65_536;

/**
 * A request's line, line feed included.
 * @throws InvalidInput for what the protocol cannot carry; nothing is sent then.
 */
export function checkedLine(request: Request): string {
  const doing = request.type === "invoke" ? `running ${request.cmdlet}` : "opening the session";
  const refuse = (answer: string, next: string) => new InvalidInput({ doing, answer, next });
  if (request.type === "invoke") {
    const { timeoutSeconds } = request;
    if (!Number.isInteger(timeoutSeconds) || timeoutSeconds < 1 || timeoutSeconds > MAXIMUM_TIMEOUT_SECONDS)
      throw refuse(
        `timeoutSeconds is ${timeoutSeconds}`,
        `give a whole number of seconds from 1 to ${MAXIMUM_TIMEOUT_SECONDS}`,
      );
  }
  const longest = Math.max(0, ...secretsIn(request as unknown as Value).map((secret) => secret.length));
  if (longest > MAXIMUM_SECRET_CHARACTERS)
    throw refuse(
      `a secret has ${longest} characters, and PowerShell's SecureString takes ${MAXIMUM_SECRET_CHARACTERS} at most`,
      "give a shorter one",
    );
  try {
    const line = requestLine(request);
    if (line.length <= MAXIMUM_LINE_BYTES) return line;
  } catch (error) {
    if (!(error instanceof MalformedFrame)) throw error;
    throw refuse(`a parameter holds ${error.message}`, "give text, whole numbers, dates, bytes, lists or objects");
  }
  throw refuse(`its parameters are more than ${MAXIMUM_LINE_BYTES} bytes`, "send less data at once");
}
