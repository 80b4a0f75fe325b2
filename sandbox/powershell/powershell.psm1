# The cmdlets of a sandbox Exchange organisation at a PowerShell prompt. Each passes its parameters on to a process that
# answers for Exchange (../dist/exchange/main.js), whose state is in SANDBOX_HOME, and gives back what it answers:
# objects, warnings and error records as Exchange's.
#
#   Import-Module ./sandbox/powershell                          as through the endpoint: certificates are RawData alone
#   Import-Module ./sandbox/powershell -ArgumentList OnServer   as in a session on the server: Services, HasPrivateKey, ...
param([ValidateSet('Endpoint', 'OnServer')][string]$Session = 'Endpoint')

$ErrorActionPreference = 'Stop'
$Peer = $null

. (Join-Path $PSScriptRoot 'codec.ps1')
. (Join-Path $PSScriptRoot 'peer.ps1')
. (Join-Path $PSScriptRoot 'objects.ps1')
. (Join-Path $PSScriptRoot 'invoke.ps1')
. (Join-Path $PSScriptRoot 'functions.ps1')

# Standard input at its end is how the process learns that it is no longer needed.
$ExecutionContext.SessionState.Module.OnRemove = { Close-Peer }

Export-ModuleMember -Function (Get-SandboxFunction)
