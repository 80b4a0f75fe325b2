import {
  AlreadyExists,
  CmdletFailed,
  CommandNotAvailable,
  ConnectionLost,
  type ExchangeError,
  InvalidInput,
  NotFound,
  NotOnServer,
  ServerUnreachable,
  Throttled,
  TimedOut,
  Unauthorised,
  Unreachable,
} from "../errors";
import type { ErrorRecord } from "../powershell/protocol";

/** What an error record stands for, by the name of its class. */
type Outcome =
  | "NotFound"
  | "AlreadyExists"
  | "InvalidInput"
  | "Prompt"
  | "Unauthorised"
  | "Throttled"
  | "Unreachable"
  | "DirectoryUnreachable"
  | "CommandNotAvailable"
  | "NotOnServer"
  | "TimedOut"
  | "ConnectionLost"
  | "CmdletFailed";

/**
 * By the name of an exception's class or by PowerShell's own error id; the first row that fits counts. Sources:
 * PowerShell 7.6 as measured over remoting (its ids, prompts, binding), CSS-Exchange (Get-ExchangeCertificate), public
 * samples of Exchange 2013 to 2019 (the rest). Most cmdlets throw TaskException, which says nothing: see BY_CATEGORY.
 */
const BY_NAME: [RegExp, Outcome][] = [
  // A role that lacks a parameter hides it: PowerShell then knows no parameter of that name.
  [/^CommandNotFoundException$|^NamedParameterNotFound$/, "CommandNotAvailable"],
  [/^NotOnServerException$/, "NotOnServer"],
  [/^Host(Exception|FunctionNotImplemented)$/, "Prompt"],
  [/^PSSessionOpenFailed$|OverBudget|Throttl/, "Throttled"],
  [/^PSRemoting(Transport|DataStructure)Exception$|PSRemotingDataStructureException$/, "ConnectionLost"],
  [
    /^(NoSuitableServer\w*|Suitability\w*|AD(Transient|External|Topology\w*)|DataSourceTransient)Exception$/,
    "DirectoryUnreachable",
  ],
  [/^(InvalidRunspaceState|EndpointNotFound)Exception$/, "Unreachable"],
  [/Unauthori[sz]ed|AccessDenied|NotAuthori[sz]ed|^(PS)?SecurityException$/, "Unauthorised"],
  [/AlreadyExists|Duplicate/, "AlreadyExists"],
  [/NotFoundException$|NoSuchObject/, "NotFound"],
  [/^(Operation)?Timeout(Exception)?$|TimeoutException$/, "TimedOut"],
  [/^Rpc|Unavailable|NotAvailable|Transient|^(Socket|Web|Communication)Exception$/, "Unreachable"],
  [/^Parameter(Binding|Argument)|Validation|^(PS)?Argument|^PSInvalidCastException$|^FormatException$/, "InvalidInput"],
  [/Ambiguous|^InvalidOperationException$/, "InvalidInput"],
];

/** By `CategoryInfo.Category`, where no name tells. */
const BY_CATEGORY = new Map<string, Outcome>(
  Object.entries({
    ObjectNotFound: "NotFound",
    ResourceExists: "AlreadyExists",
    InvalidArgument: "InvalidInput",
    InvalidData: "InvalidInput",
    InvalidType: "InvalidInput",
    ParserError: "InvalidInput",
    PermissionDenied: "Unauthorised",
    SecurityError: "Unauthorised",
    AuthenticationError: "Unauthorised",
    LimitsExceeded: "Throttled",
    QuotaExceeded: "Throttled",
    ResourceBusy: "Throttled",
    ResourceUnavailable: "Unreachable",
    ConnectionError: "Unreachable",
    OperationTimeout: "TimedOut",
  } as const),
);

/** How a session comes to be on one server. */
export const WAY_TO_SERVER =
  "connect to that server itself: set `exchange:connection` to ssh and `exchange:sshDestination` to that server, or run Pulumi on it";

/** What whoever reads the error can do. */
const NEXT: Record<Outcome, string> = {
  NotFound: "check that it still exists",
  AlreadyExists:
    "find the object that has this name or value, and choose another name or value or let that object be adopted",
  InvalidInput: "correct the value that Exchange rejects",
  Prompt:
    "run the cmdlet in the Exchange Management Shell to see its question, which nobody can answer in this session",
  Unauthorised: "give the account the management roles for this cmdlet, such as Organization Management",
  Throttled: "close other sessions of this account or wait a few minutes, then try again",
  Unreachable: "make sure that the server is up and can be reached from the Exchange server, then try again",
  DirectoryUnreachable:
    "make sure that a domain controller answers the Exchange server, or name one that does in `domainController`, then try again",
  CommandNotAvailable:
    "check the Exchange version and the account's management roles: both decide which cmdlets and parameters exist",
  NotOnServer: WAY_TO_SERVER,
  TimedOut: "run `pulumi refresh` to find out whether it was carried out, then try again",
  ConnectionLost: "run `pulumi refresh` to find out whether it was carried out, then try again",
  CmdletFailed: "correct what Exchange reports; after a failed create, check whether the object exists",
};

/**
 * The error that a record stands for: by reason, category and FullyQualifiedErrorId, never by its message, which is in
 * the server's language.
 * @param doing what was being done, as it follows "while": `reading AuthConfig`.
 */
export function classify(record: ErrorRecord, doing: string): ExchangeError {
  const outcome = outcomeOf(record);
  const details = {
    doing,
    answer: `Exchange answered “${record.message || record.category}” (${record.reason || record.fullyQualifiedErrorId})`,
    next: NEXT[outcome],
  };
  const outcomeUnknown = !onlyReads(record);
  switch (outcome) {
    case "NotFound":
      return new NotFound(details);
    case "AlreadyExists":
      return new AlreadyExists(details);
    case "InvalidInput":
    case "Prompt":
      return new InvalidInput(details);
    case "Unauthorised":
      return new Unauthorised(details);
    case "Throttled":
      return new Throttled(details);
    case "CommandNotAvailable":
      return new CommandNotAvailable(details);
    case "NotOnServer":
      return new NotOnServer(details);
    case "Unreachable":
      // A call to another server may have arrived there before the connection failed.
      return new ServerUnreachable({ ...details, outcomeUnknown });
    case "DirectoryUnreachable":
      // Whichever server was asked: none of them can answer without the directory.
      return new Unreachable({ ...details, outcomeUnknown });
    case "TimedOut":
      return new TimedOut({ ...details, outcomeUnknown });
    case "ConnectionLost":
      return new ConnectionLost({ ...details, outcomeUnknown });
    case "CmdletFailed":
      return new CmdletFailed(details);
  }
}

function outcomeOf(record: ErrorRecord): Outcome {
  const { id, failureClass, cmdletType } = partsOf(record);
  // The certificate service of a server that could be asked says so of a thumbprint that it lacks.
  if (record.reason === "InvalidOperationException" && /\.?GetExchangeCertificate$/.test(cmdletType)) return "NotFound";
  const names = [id, record.reason.slice(0, MOST_OF_AN_ID), failureClass];
  const byName = BY_NAME.find(([pattern]) => names.some((name) => pattern.test(name)));
  return byName?.[1] ?? BY_CATEGORY.get(record.category) ?? "CmdletFailed";
}

function onlyReads(record: ErrorRecord): boolean {
  return /(^|\.)Get-?[A-Z][A-Za-z]*$/.test(partsOf(record).cmdletType);
}

/** Real ones have about 250 characters. Of hostile ones no more is looked at, which bounds every pattern's time. */
const MOST_OF_AN_ID = 2_048;

/**
 * The parts of `[Server=…,RequestId=…,TimeStamp=…] [FailureCategory=Cmdlet-<class>] <hash>,<type of the cmdlet>`, which
 * is Exchange's form, and of `<id>,<cmdlet>`, which is PowerShell's.
 */
function partsOf({ fullyQualifiedErrorId: whole }: ErrorRecord): {
  id: string;
  failureClass: string;
  cmdletType: string;
} {
  const fullyQualifiedErrorId = whole.slice(0, MOST_OF_AN_ID);
  const exchange = /\[FailureCategory=Cmdlet-([^\]]+)\] [^,]*,(.*)$/.exec(fullyQualifiedErrorId);
  if (exchange) return { id: "", failureClass: exchange[1] ?? "", cmdletType: exchange[2] ?? "" };
  const [id = "", cmdletType = ""] = fullyQualifiedErrorId.split(",", 2);
  // `throw $exception` in a script gives its message as the id: a sentence is not a name.
  return { id: /\s/.test(id) ? "" : id, failureClass: "", cmdletType };
}
