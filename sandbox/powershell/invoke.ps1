# One cmdlet: its parameters to the process, what came of it to PowerShell's streams.

function Invoke-SandboxCmdlet($Caller, [string]$Cmdlet, $Bound) {
    $parameters = @{}
    foreach ($name in $Bound.Keys) { $parameters[$name] = $Bound[$name] }
    # PowerShell makes an empty text of null, which a Get-* cmdlet takes for none.
    if ($Cmdlet -like 'Get-*') {
        foreach ($name in 'Identity', 'Thumbprint') { if ($parameters[$name] -eq '') { $parameters[$name] = $null } }
    }
    # These two are between PowerShell and whoever sits before it; the process is told what came of them.
    foreach ($name in 'ErrorAction', 'WarningAction', 'InformationAction', 'ProgressAction', 'Verbose', 'Debug') { $parameters.Remove($name) }
    if ($Caller.MyInvocation.MyCommand.Parameters.ContainsKey('Confirm')) {
        $target = @('Identity', 'Thumbprint', 'Name', 'Server' | ForEach-Object { $Bound[$_] } | Where-Object { $_ }) + @($Cmdlet)
        $parameters['Confirm'] = $false
        if (-not $Caller.ShouldProcess($target[0])) {
            # Exchange looks before it says what it would do.
            if (-not $Bound['WhatIf']) { return }
            $parameters['WhatIf'] = $true
        }
    }
    $reply = Invoke-Peer $Cmdlet $parameters
    if ($null -eq $reply) { throw (New-ConnectionLost $Cmdlet) }
    if ($reply.type -ne 'result') { throw $reply.message }
    foreach ($warning in $reply.warnings) { $Caller.WriteWarning($warning) }
    # Thrown and not written: PowerShell would add this function's name to Exchange's error id.
    foreach ($record in $reply.errors) { throw (New-SandboxError $Cmdlet $record) }
    foreach ($properties in $reply.output) { New-SessionObject $Cmdlet $properties }
}

function New-SandboxError([string]$Cmdlet, $Record) {
    $exception = New-Object Management.Automation.RuntimeException $Record.message
    $errorRecord = New-Object Management.Automation.ErrorRecord $exception, $Record.fullyQualifiedErrorId, $Record.category, $null
    $errorRecord.CategoryInfo.Activity = $Cmdlet
    $errorRecord.CategoryInfo.Reason = $Record.reason
    $errorRecord.CategoryInfo.TargetName = $Record.target
    $errorRecord
}

# Played here: what a session to the endpoint gives when the server ends in the middle of a call. Source of reason and
# id: measured with PowerShell 7.6 over ssh.
function New-ConnectionLost([string]$Cmdlet) {
    New-SandboxError $Cmdlet @{
        message = 'The session to Exchange ended in the middle of the call.'
        fullyQualifiedErrorId = 'System.Management.Automation.Remoting.PSRemotingDataStructureException'
        category = 'ResourceUnavailable'
        reason = 'PSRemotingTransportException'
        target = ''
    }
}
