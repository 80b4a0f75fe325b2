import { createHash, randomUUID } from "node:crypto";
import type { ErrorRecord } from "pulumi-exchange-server/protocol";

/** What one error of a cmdlet or of PowerShell's parameter binder says. */
export interface Failure {
  /** The exception's class name, without its namespace. */
  reason: string;
  /** PowerShell's ErrorCategory. */
  category: string;
  message: string;
  /** `CategoryInfo.TargetName`. */
  target?: string;
  /** The whole FullyQualifiedErrorId, where PowerShell itself made it; Exchange's own form without it. */
  fullyQualifiedErrorId?: string;
}

/** A cmdlet's refusal: it ends the cmdlet, and nothing of what it changed is kept. */
export class CmdletError extends Error {
  override readonly name = "CmdletError";
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

/** A fault that ends or garbles the process which runs the cmdlet; whoever runs it carries it out. */
export class ProcessFault extends Error {
  override readonly name = "ProcessFault";
  readonly kind: "crash" | "killParent" | "garbage";

  constructor(kind: ProcessFault["kind"], cmdlet: string) {
    super(`A fault that the sandbox was asked for: "${kind}" at ${cmdlet}.`);
    this.kind = kind;
  }
}

/**
 * The record of a failure as Exchange writes it. Source: public samples of Exchange 2013 to 2019, such as
 * `[Server=EX1,RequestId=<guid>,TimeStamp=7/5/2018 7:45:01 AM] [FailureCategory=Cmdlet-InvalidOperationException]
 * DCA528C3,Microsoft.Exchange.Management.SystemConfigurationTasks.RemoveExchangeCertificate`. What the hash is made of
 * is not public: here it is made of cmdlet, reason and category.
 */
export function errorRecord(failure: Failure, typeName: string, server: string, now: Date): ErrorRecord {
  const { reason, category, message, target = "" } = failure;
  const hash = createHash("sha256").update(`${typeName} ${reason} ${category}`).digest("hex").slice(0, 8).toUpperCase();
  const timeStamp = now
    .toLocaleString("en-US", { timeZone: "UTC" })
    .replace(/[,\u202f]/g, (sign) => (sign === "," ? "" : " "));
  const fullyQualifiedErrorId =
    failure.fullyQualifiedErrorId ??
    `[Server=${server},RequestId=${randomUUID()},TimeStamp=${timeStamp}] [FailureCategory=Cmdlet-${reason}] ${hash},${typeName}`;
  return { reason, category, fullyQualifiedErrorId, target, message };
}

/** Source: public samples (`NotSpecified: (:) [Update-GlobalAddressList], ManagementObjectNotFoundException`). */
export function objectNotFound(identity: string, domainController: string): CmdletError {
  return new CmdletError({
    reason: "ManagementObjectNotFoundException",
    category: "NotSpecified",
    message: `The operation couldn't be performed because object '${identity}' couldn't be found on '${domainController}'.`,
  });
}

/** Source: public samples of New-* cmdlets. */
export function objectExists(distinguishedName: string, domainController: string): CmdletError {
  return new CmdletError({
    reason: "ADObjectAlreadyExistsException",
    category: "NotSpecified",
    message: `Active Directory operation failed on ${domainController}. The object '${distinguishedName}' already exists.`,
  });
}

/** Source: likely, most cmdlets of these nouns throw TaskException with category InvalidArgument. */
export function refused(message: string): CmdletError {
  return new CmdletError({ reason: "TaskException", category: "InvalidArgument", message });
}

/** What a server's certificate service answers. Source: a public sample of Remove-ExchangeCertificate. */
export function certificateRefused(server: string, message: string): CmdletError {
  return new CmdletError({
    reason: "InvalidOperationException",
    category: "InvalidArgument",
    message: `A special Rpc error occurs on server ${server}: ${message}`,
  });
}

/**
 * A server that could not be asked. Source: CSS-Exchange, for which any reason other than InvalidOperationException
 * means that; the very class and category are a guess.
 */
export function serverUnavailable(server: string): CmdletError {
  return new CmdletError({
    reason: "RpcClientException",
    category: "ResourceUnavailable",
    message: `The Microsoft Exchange service on server ${server} can't be contacted: the RPC server is unavailable (0x800706BA).`,
    target: server,
  });
}

/**
 * A question that nobody is there to answer: its text ends the message.
 * Source: recorded with PowerShell 7.6 over a session without a host, which cannot ask anybody anything.
 */
export function promptRefused(question: string): CmdletError {
  return new CmdletError({
    reason: "MethodInvocationException",
    category: "NotSpecified",
    message:
      "A command that prompts the user failed because the host program or the command type does not support user " +
      `interaction. The host was attempting to request confirmation with the following message: ${question}`,
    fullyQualifiedErrorId: "HostException",
  });
}

/**
 * A command of the server, asked for in a shell elsewhere. Source: the bridge, which answers such commands itself.
 * @param host where the shell runs.
 */
export function notOnServer(command: string, server: string, host: string): CmdletError {
  return new CmdletError({
    reason: "NotOnServerException",
    category: "InvalidOperation",
    message: `The shell runs on ${host}; only ${server} itself can do this.`,
    target: "",
    fullyQualifiedErrorId: `NotOnServer,${command}`,
  });
}
