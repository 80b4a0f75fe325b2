# What a call costs without what it does: nothing, an object of AuthConfig's size, and as many characters as are asked for.
function Set-AuthConfig([string]$CertificateThumbprint) { }
function Get-AuthServer([string]$DomainController) { 'x' * [int]$DomainController }
function Get-AuthConfig {
    $object = New-Object psobject
    foreach ($index in 1..25) { Add-Member -InputObject $object -MemberType NoteProperty -Name "Property$index" -Value "value $index" }
    $object
}

# The shell's live objects, in bytes as text.
function Get-ExchangeServer {
    # What waits for its finalizer lives through the first collection.
    [GC]::Collect()
    [GC]::WaitForPendingFinalizers()
    [string][GC]::GetTotalMemory($true)
}
