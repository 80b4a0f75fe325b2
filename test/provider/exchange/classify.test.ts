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
  const ROWS: [ErrorRecord, string, boolean][] = [
    [exchange("ManagementObjectNotFoundException", "NotSpecified", "RemoveAuthServer"), "NotFound", false],
    [exchange("ADNoSuchObjectException", "NotSpecified", "GetAuthServer"), "NotFound", false],
    [exchange("TaskException", "ObjectNotFound", "SetAuthServer"), "NotFound", false],
    [exchange("InvalidOperationException", "InvalidOperation", "GetExchangeCertificate"), "NotFound", false],
    [exchange("ADObjectAlreadyExistsException", "NotSpecified", "NewAuthServer"), "AlreadyExists", false],
    [exchange("ManagementObjectAlreadyExistsException", "InvalidData", "NewAuthServer"), "AlreadyExists", false],
    [exchange("DuplicateAuthServerException", "InvalidArgument", "NewAuthServer"), "AlreadyExists", false],
    [exchange("TaskException", "ResourceExists", "NewAuthServer"), "AlreadyExists", false],
    [exchange("TaskException", "InvalidArgument", "SetAuthConfig"), "InvalidInput", false],
    [exchange("TaskException", "ParserError", "NewAuthServer"), "InvalidInput", false],
    [exchange("InvalidOperationException", "InvalidArgument", "RemoveExchangeCertificate"), "InvalidInput", false],
    [exchange("InvalidOperationException", "InvalidOperation", "ExportExchangeCertificate"), "InvalidInput", false],
    [exchange("DataValidationException", "InvalidData", "SetAuthServer"), "InvalidInput", false],
    [exchange("ManagementObjectAmbiguousException", "NotSpecified", "SetAuthServer"), "InvalidInput", false],
    [exchange("UnauthorizedAccessException", "NotSpecified", "SetAuthConfig"), "Unauthorised", false],
    [exchange("TaskException", "PermissionDenied", "SetAuthConfig"), "Unauthorised", false],
    [powershell("NotOnServer,Restart-HealthManager", "NotOnServerException", "InvalidOperation"), "NotOnServer", false],
    [exchange("OverBudgetException", "LimitsExceeded", "GetAuthServer"), "Throttled", false],
    [exchange("TaskException", "NotSpecified", "GetAuthServer", "OverBudgetException"), "Throttled", false],
    [exchange("RpcException", "NotSpecified", "GetExchangeCertificate"), "ServerUnreachable", false],
    [exchange("RpcClientException", "ResourceUnavailable", "GetExchangeCertificate"), "ServerUnreachable", false],
    [exchange("RpcClientException", "ResourceUnavailable", "ImportExchangeCertificate"), "ServerUnreachable", true],
    [exchange("TaskException", "ResourceUnavailable", "NewAuthServer"), "ServerUnreachable", true],
    [exchange("ServerUnavailableException", "NotSpecified", "GetExchangeServer"), "ServerUnreachable", false],
    [exchange("ADTransientException", "NotSpecified", "GetAuthConfig"), "Unreachable", false],
    [exchange("NoSuitableServerFoundException", "NotSpecified", "GetAuthConfig"), "Unreachable", false],
    [exchange("TimeoutException", "OperationTimeout", "SetAuthConfig"), "TimedOut", true],
    [exchange("TaskException", "OperationTimeout", "GetAuthConfig"), "TimedOut", false],
    [exchange("TaskException", "NotSpecified", "NewAuthServer"), "CmdletFailed", false],
    [exchange("TaskException", "InvalidOperation", "NewAuthServer"), "CmdletFailed", false],
    [
      powershell("CommandNotFoundException", "CommandNotFoundException", "ObjectNotFound"),
      "CommandNotAvailable",
      false,
    ],
    [
      powershell("NamedParameterNotFound,Get-AuthConfig", "ParameterBindingException", "InvalidArgument"),
      "CommandNotAvailable",
      false,
    ],
    [
      powershell("MissingMandatoryParameter,New-AuthServer", "ParameterBindingException", "InvalidArgument"),
      "InvalidInput",
      false,
    ],
    [
      powershell("AmbiguousParameterSet,Set-AuthServer", "ParameterBindingException", "InvalidArgument"),
      "InvalidInput",
      false,
    ],
    [
      powershell(
        "ParameterArgumentTransformationError,Set-X",
        "ParameterBindingArgumentTransformationException",
        "InvalidData",
      ),
      "InvalidInput",
      false,
    ],
    [
      powershell("ParameterArgumentValidationError,Set-X", "ParameterBindingValidationException", "InvalidData"),
      "InvalidInput",
      false,
    ],
    [powershell("HostException", "MethodInvocationException", "NotSpecified"), "InvalidInput", false],
    [
      powershell(
        "HostFunctionNotImplemented,Microsoft.PowerShell.Commands.ReadHostCommand",
        "HostException",
        "NotImplemented",
      ),
      "InvalidInput",
      false,
    ],
    [powershell("PSSessionOpenFailed", "PSRemotingTransportException", "OpenError"), "Throttled", false],
    [
      powershell(
        "System.Management.Automation.Remoting.PSRemotingDataStructureException",
        "ParentContainsErrorRecordException",
        "OpenError",
      ),
      "ConnectionLost",
      true,
    ],
    [powershell("InvalidOperation", "PSInvalidOperationException", "InvalidOperation"), "CmdletFailed", false],
    // `throw $exception` in a function: the message is the id, and must not be read.
    [powershell("The object AlreadyExists, Throttled", "RuntimeException", "OperationStopped"), "CmdletFailed", false],
    [powershell("", "", ""), "CmdletFailed", false],
  ];
  for (const [record, name, outcomeUnknown] of ROWS) {
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
