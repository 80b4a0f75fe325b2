import { InvalidInput, ProtocolError } from "../errors";
import type { Answer } from "./client";
import { readCertificate, type StoredCertificate } from "./stored-certificate";

/** What a new certificate shall be. */
export interface CertificateRequest {
  domainName: string;
  subjectName: string;
  friendlyName: string;
  keySize: number;
  subjectKeyIdentifier: string;
}

/**
 * The certificate that a command made of a request.
 * @param asked the command, and what it is for, as it follows "while".
 * @throws InvalidInput, naming the arguments of a program that it was given, where the request is refused;
 * ProtocolError where nothing that can be read was returned.
 */
export async function madeCertificate(
  request: CertificateRequest,
  { cmdlet, doing }: { cmdlet: string; doing: string },
  work: () => Promise<Answer>,
): Promise<StoredCertificate> {
  const { objects } = await explained(request, work);
  const made = objects.map(readCertificate).find((entry) => typeof entry !== "string");
  if (made) return made;
  throw new ProtocolError({
    doing,
    answer: `${cmdlet} returned no certificate`,
    next: "run `pulumi up` again: it looks for the certificate before it creates one",
    outcomeUnknown: true,
  });
}

/** What is refused is one of the arguments, and the domain may be one that no program gave. */
async function explained<T>({ domainName }: CertificateRequest, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    throw new InvalidInput({
      doing: error.doing,
      answer: error.answer,
      next:
        `correct the value that Exchange rejects: \`domainName\` (${domainName}; the default is the server's own domain, and ` +
        "a name with non-ASCII letters needs its xn-- form), `subjectName`, `friendlyName` or `keySize`",
      cause: error,
      outcomeUnknown: error.outcomeUnknown,
    });
  }
}
