import type { ErrorRecord } from "../../provider/powershell/protocol";

/** Cmdlets that fail by their behaviour: what PowerShell 7.6 makes of it, then the class that a caller gets. */
export const FAILING: { behaviour: string; record: Partial<ErrorRecord>; outcome: string }[] = [
  {
    behaviour: "throw-text",
    record: { reason: "RuntimeException", category: "OperationStopped", fullyQualifiedErrorId: "only a text" },
    outcome: "CmdletFailed",
  },
  {
    behaviour: "throw-exception",
    record: {
      reason: "InvalidOperationException",
      category: "OperationStopped",
      fullyQualifiedErrorId: "an exception",
    },
    outcome: "InvalidInput",
  },
  {
    behaviour: "write-and-go-on",
    record: {
      reason: "WriteErrorException",
      category: "ObjectNotFound",
      fullyQualifiedErrorId: "Own,Invoke-Behaviour",
      target: "it",
    },
    outcome: "NotFound",
  },
  {
    behaviour: "exchange",
    record: {
      reason: "ManagementObjectNotFoundException",
      category: "NotSpecified",
      fullyQualifiedErrorId:
        "[Server=EX1,RequestId=1,TimeStamp=2] [FailureCategory=Cmdlet-ManagementObjectNotFoundException] 4D5F865E,Microsoft.Exchange.Management.SystemConfigurationTasks.GetAuthConfig",
      target: "Auth Configuration",
      message: "couldn't be found",
    },
    outcome: "NotFound",
  },
  {
    behaviour: "inner-binding",
    record: {
      reason: "ParameterBindingException",
      category: "InvalidArgument",
      fullyQualifiedErrorId: "NamedParameterNotFound,Microsoft.PowerShell.Commands.GetItemCommand",
    },
    outcome: "CommandNotAvailable",
  },
  {
    behaviour: "inner-missing",
    record: {
      reason: "CommandNotFoundException",
      category: "ObjectNotFound",
      fullyQualifiedErrorId: "CommandNotFoundException",
      target: "No-SuchCommand",
    },
    outcome: "CommandNotAvailable",
  },
  {
    behaviour: "prompt",
    record: {
      reason: "HostException",
      category: "NotImplemented",
      fullyQualifiedErrorId: "HostFunctionNotImplemented,Microsoft.PowerShell.Commands.ReadHostCommand",
    },
    outcome: "InvalidInput",
  },
];
