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
    $reply = Get-Reply $Cmdlet $parameters
    $question = Get-Question $reply
    if ($question) {
        $answer = Read-Answer $Caller $question
        if ($answer -eq 'No') { $parameters = Get-DeclinedCall $Cmdlet $parameters }
        # What else -Force passes over was looked at before the question was asked.
        if ($answer -eq 'Yes') { $parameters['Force'] = $true }
        if ($null -eq $parameters) { return }
        if ($answer) { $reply = Get-Reply $Cmdlet $parameters }
    }
    foreach ($warning in $reply.warnings) { $Caller.WriteWarning($warning) }
    foreach ($record in $reply.errors) {
        $refusal = New-SandboxError $Cmdlet $record
        if ($Bound['ErrorAction'] -eq 'Stop') { throw $refusal }
        if ('SilentlyContinue', 'Ignore' -contains $Bound['ErrorAction']) { return }
        # Ends the statement and not the script. Source: the article's first script, which goes on where it finds no auth server.
        $Caller.ThrowTerminatingError($refusal)
    }
    foreach ($properties in $reply.output) { New-SessionObject $Cmdlet $properties }
}

function Get-Reply([string]$Cmdlet, $Parameters) {
    $reply = Invoke-Peer $Cmdlet $Parameters
    if ($null -eq $reply) { throw (New-ConnectionLost $Cmdlet) }
    if ($reply.type -ne 'result') { throw $reply.message }
    $reply
}

# What the cmdlet itself asks, beside -Confirm: the process has nobody to ask, and says what it would have asked.
function Get-Question($Reply) {
    foreach ($record in $Reply.errors) {
        if ($record.fullyQualifiedErrorId -eq 'HostException') { return ($record.message -split 'with the following message: ', 2)[1] }
    }
}

# Yes, No, or nothing where there is nobody here, either: the process's own error then stands.
function Read-Answer($Caller, [string]$Question) {
    $yesToAll = $noToAll = $false
    try {
        if ($Caller.ShouldContinue($Question, 'Confirm', [ref]$yesToAll, [ref]$noToAll)) { 'Yes' } else { 'No' }
    } catch [Management.Automation.MethodInvocationException] { }
}

# What a No leaves to be done. Source: Exchange's documentation of a new auth certificate answers No to replacing the
# default SMTP certificate, and goes on with the certificate that was made. Guess: it is then no SMTP certificate at all.
function Get-DeclinedCall([string]$Cmdlet, $Parameters) {
    if ($Cmdlet -ne 'New-ExchangeCertificate') { return $null }
    $services = if ($Parameters['Services']) { $Parameters['Services'] -split ',' } else { 'IMAP', 'POP', 'SMTP' }
    $left = @($services | ForEach-Object { $_.Trim() } | Where-Object { $_ -ne 'SMTP' }) -join ','
    $Parameters['Services'] = if ($left) { $left } else { 'None' }
    $Parameters
}

function New-SandboxError([string]$Cmdlet, $Record) {
    $exception = New-Object Management.Automation.RuntimeException $Record.message
    $errorRecord = New-Object Management.Automation.ErrorRecord $exception, $Record.fullyQualifiedErrorId, $Record.category, $null
    # PowerShell would add this function's name to Exchange's id; what arrives from a session keeps the id that it has.
    $kept = [Management.Automation.ErrorRecord].GetField('_serializedFullyQualifiedErrorId', 'NonPublic, Instance')
    if ($kept) { $kept.SetValue($errorRecord, $Record.fullyQualifiedErrorId) }
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
