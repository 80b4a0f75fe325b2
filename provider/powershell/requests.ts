import { InvalidInput } from "../exchange/errors";
import { MAXIMUM_TIMEOUT_SECONDS } from "./connections";
import { MAXIMUM_LINE_BYTES, MalformedFrame, type Request, requestLine } from "./protocol";

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
  try {
    const line = requestLine(request);
    if (line.length <= MAXIMUM_LINE_BYTES) return line;
  } catch (error) {
    if (!(error instanceof MalformedFrame)) throw error;
    throw refuse(`a parameter holds ${error.message}`, "give text, whole numbers, dates, bytes, lists or objects");
  }
  throw refuse(`its parameters are more than ${MAXIMUM_LINE_BYTES} bytes`, "give less at once");
}
