import { expect } from "chai";
import { classify } from "../../../provider/exchange/classify";
import type { ErrorRecord } from "../../../provider/powershell/protocol";

const TASKS = "Microsoft.Exchange.Management.SystemConfigurationTasks";

/** A record in Exchange's form. */
function exchange(reason: string, category: string, cmdlet: string, failureClass = reason): ErrorRecord {
  const fullyQualifiedErrorId = `[Server=MBX1,RequestId=1de8b7c3-d60f-4f02-8b83-2ca96b52491c,TimeStamp=17/12/2025 09:17:09] [FailureCategory=Cmdlet-${failureClass}] 4B953CE,${TASKS}.${cmdlet}`;
  return { reason, category, fullyQualifiedErrorId, target: "", message: "Nachricht." };
}

/** A record in PowerShell's form. */
function powershell(fullyQualifiedErrorId: string, reason: string, category: string): ErrorRecord {
  return { reason, category, fullyQualifiedErrorId, target: "", message: "Nachricht." };
}

describe("classify", () => {
  // The record, its class, whether a change may have been made.
  const ROWS: { record: ErrorRecord; name: string; outcomeUnknown: boolean }[] = [
    {
      record: exchange("ManagementObjectNotFoundException", "NotSpecified", "RemoveAuthServer"),
      name: "NotFound",
      outcomeUnknown: false,
    },
    {
      record: exchange("ADNoSuchObjectException", "NotSpecified", "GetAuthServer"),
      name: "NotFound",
      outcomeUnknown: false,
    },
    { record: exchange("TaskException", "ObjectNotFound", "SetAuthServer"), name: "NotFound", outcomeUnknown: false },
    {
      record: exchange("InvalidOperationException", "InvalidOperation", "GetExchangeCertificate"),
      name: "NotFound",
      outcomeUnknown: false,
    },
    {
      record: exchange("ADObjectAlreadyExistsException", "NotSpecified", "NewAuthServer"),
      name: "AlreadyExists",
      outcomeUnknown: false,
    },
    {
      record: exchange("ManagementObjectAlreadyExistsException", "InvalidData", "NewAuthServer"),
      name: "AlreadyExists",
      outcomeUnknown: false,
    },
    {
      record: exchange("DuplicateAuthServerException", "InvalidArgument", "NewAuthServer"),
      name: "AlreadyExists",
      outcomeUnknown: false,
    },
    {
      record: exchange("TaskException", "ResourceExists", "NewAuthServer"),
      name: "AlreadyExists",
      outcomeUnknown: false,
    },
    {
      record: exchange("TaskException", "InvalidArgument", "SetAuthConfig"),
      name: "InvalidInput",
      outcomeUnknown: false,
    },
    { record: exchange("TaskException", "ParserError", "NewAuthServer"), name: "InvalidInput", outcomeUnknown: false },
    {
      record: exchange("InvalidOperationException", "InvalidArgument", "RemoveExchangeCertificate"),
      name: "InvalidInput",
      outcomeUnknown: false,
    },
    {
      record: exchange("InvalidOperationException", "InvalidOperation", "ExportExchangeCertificate"),
      name: "InvalidInput",
      outcomeUnknown: false,
    },
    {
      record: exchange("DataValidationException", "InvalidData", "SetAuthServer"),
      name: "InvalidInput",
      outcomeUnknown: false,
    },
    {
      record: exchange("ManagementObjectAmbiguousException", "NotSpecified", "SetAuthServer"),
      name: "InvalidInput",
      outcomeUnknown: false,
    },
    {
      record: exchange("UnauthorizedAccessException", "NotSpecified", "SetAuthConfig"),
      name: "Unauthorised",
      outcomeUnknown: false,
    },
    {
      record: exchange("TaskException", "PermissionDenied", "SetAuthConfig"),
      name: "Unauthorised",
      outcomeUnknown: false,
    },
    {
      record: powershell("NotOnServer,Restart-HealthManager", "NotOnServerException", "InvalidOperation"),
      name: "NotOnServer",
      outcomeUnknown: false,
    },
    {
      record: exchange("OverBudgetException", "LimitsExceeded", "GetAuthServer"),
      name: "Throttled",
      outcomeUnknown: false,
    },
    {
      record: exchange("TaskException", "NotSpecified", "GetAuthServer", "OverBudgetException"),
      name: "Throttled",
      outcomeUnknown: false,
    },
    {
      record: exchange("RpcException", "NotSpecified", "GetExchangeCertificate"),
      name: "ServerUnreachable",
      outcomeUnknown: false,
    },
    {
      record: exchange("RpcClientException", "ResourceUnavailable", "GetExchangeCertificate"),
      name: "ServerUnreachable",
      outcomeUnknown: false,
    },
    {
      record: exchange("RpcClientException", "ResourceUnavailable", "ImportExchangeCertificate"),
      name: "ServerUnreachable",
      outcomeUnknown: true,
    },
    {
      record: exchange("TaskException", "ResourceUnavailable", "NewAuthServer"),
      name: "ServerUnreachable",
      outcomeUnknown: true,
    },
    {
      record: exchange("ServerUnavailableException", "NotSpecified", "GetExchangeServer"),
      name: "ServerUnreachable",
      outcomeUnknown: false,
    },
    {
      record: exchange("ADTransientException", "NotSpecified", "GetAuthConfig"),
      name: "Unreachable",
      outcomeUnknown: false,
    },
    {
      record: exchange("NoSuitableServerFoundException", "NotSpecified", "GetAuthConfig"),
      name: "Unreachable",
      outcomeUnknown: false,
    },
    {
      record: exchange("TimeoutException", "OperationTimeout", "SetAuthConfig"),
      name: "TimedOut",
      outcomeUnknown: true,
    },
    { record: exchange("TaskException", "OperationTimeout", "GetAuthConfig"), name: "TimedOut", outcomeUnknown: false },
    { record: exchange("TaskException", "NotSpecified", "NewAuthServer"), name: "CmdletFailed", outcomeUnknown: false },
    {
      record: exchange("TaskException", "InvalidOperation", "NewAuthServer"),
      name: "CmdletFailed",
      outcomeUnknown: false,
    },
    {
      record: powershell("CommandNotFoundException", "CommandNotFoundException", "ObjectNotFound"),
      name: "CommandNotAvailable",
      outcomeUnknown: false,
    },
    {
      record: powershell("NamedParameterNotFound,Get-AuthConfig", "ParameterBindingException", "InvalidArgument"),
      name: "CommandNotAvailable",
      outcomeUnknown: false,
    },
    {
      record: powershell("MissingMandatoryParameter,New-AuthServer", "ParameterBindingException", "InvalidArgument"),
      name: "InvalidInput",
      outcomeUnknown: false,
    },
    {
      record: powershell("AmbiguousParameterSet,Set-AuthServer", "ParameterBindingException", "InvalidArgument"),
      name: "InvalidInput",
      outcomeUnknown: false,
    },
    {
      record: powershell(
        "ParameterArgumentTransformationError,Set-X",
        "ParameterBindingArgumentTransformationException",
        "InvalidData",
      ),
      name: "InvalidInput",
      outcomeUnknown: false,
    },
    {
      record: powershell(
        "ParameterArgumentValidationError,Set-X",
        "ParameterBindingValidationException",
        "InvalidData",
      ),
      name: "InvalidInput",
      outcomeUnknown: false,
    },
    {
      record: powershell("HostException", "MethodInvocationException", "NotSpecified"),
      name: "InvalidInput",
      outcomeUnknown: false,
    },
    {
      record: powershell(
        "HostFunctionNotImplemented,Microsoft.PowerShell.Commands.ReadHostCommand",
        "HostException",
        "NotImplemented",
      ),
      name: "InvalidInput",
      outcomeUnknown: false,
    },
    {
      record: powershell("PSSessionOpenFailed", "PSRemotingTransportException", "OpenError"),
      name: "Throttled",
      outcomeUnknown: false,
    },
    {
      record: powershell(
        "System.Management.Automation.Remoting.PSRemotingDataStructureException",
        "ParentContainsErrorRecordException",
        "OpenError",
      ),
      name: "ConnectionLost",
      outcomeUnknown: true,
    },
    {
      record: powershell("InvalidOperation", "PSInvalidOperationException", "InvalidOperation"),
      name: "CmdletFailed",
      outcomeUnknown: false,
    },
    // `throw $exception` in a function: the message is the id, and must not be read.
    {
      record: powershell("The object AlreadyExists, Throttled", "RuntimeException", "OperationStopped"),
      name: "CmdletFailed",
      outcomeUnknown: false,
    },
    { record: powershell("", "", ""), name: "CmdletFailed", outcomeUnknown: false },
  ];
  for (const { record, name, outcomeUnknown } of ROWS) {
    const { reason, category, fullyQualifiedErrorId } = record;
    it(`takes ${reason || "nothing"}, ${category || "nothing"}, ${fullyQualifiedErrorId.split(" ").at(-1) || "nothing"} for ${name}`, () => {
      const error = classify(record, "trying");
      expect(error.name).to.equal(name);
      expect(error.outcomeUnknown).to.equal(outcomeUnknown);
    });
  }

  it("never decides by the message", () => {
    const record = {
      ...exchange("TaskException", "NotSpecified", "NewAuthServer"),
      message: "Access denied: already exists",
    };
    expect(classify(record, "trying").name).to.equal("CmdletFailed");
  });

  it("says what was being done, what Exchange answered and what to do next", () => {
    const record = exchange("ManagementObjectNotFoundException", "NotSpecified", "SetAuthServer");
    expect(classify(record, 'setting Enabled of the auth server "MicrosoftSts"').message).to.equal(
      'Failed while setting Enabled of the auth server "MicrosoftSts": Exchange answered “Nachricht.” (ManagementObjectNotFoundException). Check that it still exists.',
    );
  });

  it("advises to look what a cmdlet asks when it would have asked", () => {
    const record = powershell("HostException", "MethodInvocationException", "NotSpecified");
    expect(classify(record, "removing it").next).to.equal(
      "run the cmdlet in the Exchange Management Shell to see its question, which nobody can answer in this session",
    );
  });

  // What every object of JavaScript has is no category of PowerShell's.
  for (const name of ["toString", "constructor", "__proto__", "hasOwnProperty", "valueOf"]) {
    it(`takes a category or reason named ${name} for one that no class names`, () => {
      const error = classify(exchange(name, name, "SetAuthConfig"), "setting it");
      expect(error.name).to.equal("CmdletFailed");
      expect(error.message).to.contain(`Exchange answered “Nachricht.” (${name}).`);
    });
  }

  const HOSTILE: [string, string][] = [
    ["an id of many blocks", "[FailureCategory=Cmdlet-x] ".repeat(15_000)],
    ["an id of many opening brackets", "[FailureCategory=Cmdlet-".repeat(15_000)],
    ["a reason without end", "Parameter".repeat(50_000)],
  ];
  for (const [what, text] of HOSTILE) {
    it(`takes no time for ${what}`, () => {
      const began = performance.now();
      classify(powershell(text, text, text), "setting it");
      expect(performance.now() - began).to.be.below(500);
    });
  }

  it("repeats no more than both ends of a long message", () => {
    const message = `begin${"中".repeat(100_000)}end`;
    const error = classify({ ...exchange("TaskException", "NotSpecified", "SetAuthConfig"), message }, "setting it");
    expect(error.message).to.match(
      /^Failed while setting it: Exchange answered “begin中+ \[\d+ bytes left out\] 中+end” \(TaskException\)\. /,
    );
  });
});
