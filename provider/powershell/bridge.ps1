# The far end of the provider's protocol (protocol.ts, docs/decisions/002-protocol.md) in PowerShell: frames on standard
# input and output, one call at a time. Windows PowerShell 5.1 and PowerShell 7; ASCII; no script text is ever made of
# what arrives. Never name the automatic variable input here: PowerShell would then read standard input by itself.
param(
    # Over ssh this script came on standard input: whoever read it has read ahead, so we go on with that reader.
    $Reader,
    # node-powershell ends every command line with -NoExit -Command -
    [switch]$NoExit,
    [string]$Command
)
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

$Invariant = [Globalization.CultureInfo]::InvariantCulture
$Utf8 = New-Object Text.UTF8Encoding $false
$MaximumLine = 32MB
$MaximumDepth = 12
$MaximumObjects = 50000
$MaximumMemory = 1GB
$StopMilliseconds = 2000
$PollMilliseconds = 200
# What Exchange's session adds to every object, and nobody asked for.
$Omitted = @('RunspaceId', 'PSComputerName', 'PSShowComputerName', 'SerializationData')
# Control characters, and halves of surrogate pairs, which UTF-8 cannot carry.
$Unsafe = [regex]'[\x00-\x1f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]'
# ConvertFrom-Json makes U+FFFD of an escaped half: where there is one, it travels as NUL, L and its number, and NUL itself
# as NUL and N.
$EscapedHalf = [regex]'\\u[dD][89a-fA-F]'
$Escapes = [regex]'\\(?:u0000|u([dD][89a-fA-F][0-9a-fA-F]{2})|.)'
$KeepOne = [Text.RegularExpressions.MatchEvaluator] {
    param($Match)
    if ($Match.Groups[1].Success) { '\u0000L' + $Match.Groups[1].Value } elseif ($Match.Value -eq '\u0000') { '\u0000N' } else { $Match.Value }
}
$Halves = [regex]'\x00(?:N|L([0-9a-fA-F]{4}))'
$RestoreOne = [Text.RegularExpressions.MatchEvaluator] {
    param($Match)
    if ($Match.Groups[1].Success) { [string][char][Convert]::ToInt32($Match.Groups[1].Value, 16) } else { [string][char]0 }
}
$EscapeOne = [Text.RegularExpressions.MatchEvaluator] { param($Match) '\u{0:x4}' -f [int][char]$Match.Value }

# ---- values: every leaf of the JSON is a string that begins with the letter of its type ----

function Add-Text([Text.StringBuilder]$Json, [string]$Text) {
    $escaped = $Text.Replace('\', '\\').Replace('"', '\"').Replace("`r", '\r').Replace("`n", '\n').Replace([string][char]0, '\u0000')
    if ($Unsafe.IsMatch($escaped)) { $escaped = $Unsafe.Replace($escaped, $EscapeOne) }
    [void]$Json.Append('"').Append($escaped).Append('"')
}

function Add-List([Text.StringBuilder]$Json, $Items, [int]$Depth) {
    [void]$Json.Append('[')
    $separator = ''
    foreach ($item in $Items) {
        [void]$Json.Append($separator)
        Add-Value $Json $item $Depth
        $separator = ','
    }
    [void]$Json.Append(']')
}

function Add-Bag([Text.StringBuilder]$Json, $Entries, [int]$Depth) {
    [void]$Json.Append('{')
    $separator = ''
    foreach ($entry in $Entries) {
        if ($Omitted -contains $entry.Name) { continue }
        # A getter that fails is left out; of a script that fails PowerShell itself makes null. Callers read both as unknown.
        try { $value = $entry.Value } catch { continue }
        [void]$Json.Append($separator)
        Add-Text $Json $entry.Name
        [void]$Json.Append(':')
        Add-Value $Json $value $Depth
        $separator = ','
    }
    [void]$Json.Append('}')
}

# ToString may be a script, and fail: null, which callers read as unknown.
function Add-TextOf([Text.StringBuilder]$Json, $Value) {
    try { $text = $Value.ToString() } catch { $text = $null }
    if ($null -eq $text) { [void]$Json.Append('null') } else { Add-Text $Json ('s:' + $text) }
}

function Test-Certificate($Base) {
    # PowerShell makes a real certificate of what arrives from the endpoint: only its bytes are the server's own, while
    # HasPrivateKey and FriendlyName are this machine's. The certificates of a session on the server are a type below.
    $Base.GetType().FullName -like 'System.Security.Cryptography.X509Certificates.X509Certificate*'
}

# Depth 0 is an object of the output: its properties. Deeper, an object is its text, as ADObjectId, versions and the like.
function Add-Value([Text.StringBuilder]$Json, $Value, [int]$Depth) {
    if ($null -eq $Value) { [void]$Json.Append('null'); return }
    $base = $Value.PSObject.BaseObject
    if ($base -is [string]) { Add-Text $Json ('s:' + $base) }
    elseif ($base -is [bool]) { [void]$Json.Append($(if ($base) { '"b:true"' } else { '"b:false"' })) }
    elseif ($base -is [Enum]) { Add-Text $Json ('s:' + $base.ToString()) }
    # An enumeration arrives as its number; only ToString of the object around it gives the name.
    elseif ($base -is [ValueType] -and $Value.PSObject.TypeNames -contains 'Deserialized.System.Enum') {
        Add-TextOf $Json $Value
    }
    elseif ($base -is [int] -or $base -is [int16] -or $base -is [byte] -or $base -is [uint16] -or $base -is [uint32] -or $base -is [sbyte]) {
        [void]$Json.Append('"i:').Append($base.ToString($Invariant)).Append('"')
    }
    elseif ($base -is [datetime]) { [void]$Json.Append('"d:').Append($base.ToUniversalTime().ToString('o', $Invariant)).Append('"') }
    elseif ($base -is [DateTimeOffset]) { [void]$Json.Append('"d:').Append($base.UtcDateTime.ToString('o', $Invariant)).Append('"') }
    elseif ($base -is [byte[]]) { [void]$Json.Append('"x:').Append([Convert]::ToBase64String($base)).Append('"') }
    elseif ($base -is [IFormattable]) { Add-Text $Json ('s:' + [Convert]::ToString($base, $Invariant)) }
    elseif ($Depth -ge $MaximumDepth) { Add-TextOf $Json $Value }
    elseif ($base -is [Collections.IDictionary]) {
        $pairs = foreach ($key in @($base.Keys)) { New-Object psobject -Property @{ Name = [string]$key; Value = $base[$key] } }
        Add-Bag $Json $pairs ($Depth + 1)
    }
    elseif ($base -is [Collections.IEnumerable] -and $base -isnot [Xml.XmlNode]) { Add-List $Json $base ($Depth + 1) }
    elseif (Test-Certificate $base) { Add-Bag $Json @($Value.PSObject.Properties['RawData']) ($Depth + 1) }
    elseif ($Depth -eq 0 -or $Value.PSObject.TypeNames[0] -match '^(Deserialized\.)?System\.Management\.Automation\.PSCustomObject$') {
        Add-Bag $Json $Value.PSObject.Properties ($Depth + 1)
    }
    else { Add-TextOf $Json $Value }
}

function Read-Value($Tagged) {
    if ($null -eq $Tagged) { return $null }
    if ($Tagged -is [array]) {
        $items = New-Object 'object[]' $Tagged.Count
        for ($index = 0; $index -lt $Tagged.Count; $index++) { $items[$index] = Read-Value $Tagged[$index] }
        return , $items
    }
    if ($Tagged -isnot [string]) {
        $table = @{}
        foreach ($property in $Tagged.PSObject.Properties) { $table[$property.Name] = Read-Value $property.Value }
        return $table
    }
    if ($Tagged.Length -lt 2) { throw 'A leaf has no type.' }
    $text = $Tagged.Substring(2)
    if ($State.HasHalves) { $text = $Halves.Replace($text, $RestoreOne) }
    switch -CaseSensitive ($Tagged.Substring(0, 2)) {
        's:' { return $text }
        'i:' {
            $number = [long]::Parse($text, $Invariant)
            if ($number -ge [int]::MinValue -and $number -le [int]::MaxValue) { return [int]$number }
            return $number
        }
        'b:' { return $text -ceq 'true' }
        'd:' { return [datetime]::Parse($text, $Invariant, [Globalization.DateTimeStyles]::RoundtripKind) }
        'x:' { return , [Convert]::FromBase64String($text) }
        'p:' {
            $secret = New-Object Security.SecureString
            foreach ($character in $text.ToCharArray()) { $secret.AppendChar($character) }
            return $secret
        }
    }
    throw 'A leaf is of a type that the protocol does not know.'
}

# ---- frames ----

function Send-Frame([Text.StringBuilder]$Json) {
    [void]$Json.Append(',"now":"d:').Append([datetime]::UtcNow.ToString('o', $Invariant)).Append('"}')
    $line = [Convert]::ToBase64String($Utf8.GetBytes($Json.ToString()))
    if ($line.Length -gt $MaximumLine) { return $false }
    $bytes = [Text.Encoding]::ASCII.GetBytes("`n#$($State.Nonce) $line`n")
    $Output.Write($bytes, 0, $bytes.Length)
    $Output.Flush()
    return $true
}

function Send-Reply([string]$Type, [int]$Id, [string]$Fields = '') {
    [void](Send-Frame (New-Object Text.StringBuilder ('{"type":"s:' + $Type + '","id":"i:' + $Id + '"' + $Fields)))
}

function Send-Refusal([int]$Id, [string]$Reason, [string]$Message) {
    $json = New-Object Text.StringBuilder
    Add-Text $json ('s:' + $Message)
    Send-Reply 'refused' $Id (',"reason":"s:' + $Reason + '","message":' + $json.ToString())
}

function Send-Result([int]$Id, $Objects, $Warnings, $Records) {
    $json = New-Object Text.StringBuilder ('{"type":"s:result","id":"i:' + $Id + '","output":')
    try {
        Add-List $json $Objects 0
        [void]$json.Append(',"warnings":')
        Add-List $json @(foreach ($warning in $Warnings) { $warning.Message }) 1
        [void]$json.Append(',"errors":')
        Add-List $json @($Records) 1
        if (Send-Frame $json) { return }
        $why = "is more than $MaximumLine bytes"
    } catch { $why = "cannot be read: $($_.Exception.Message)" }
    # The call was made: whatever its answer is like, it is no refusal.
    Send-Result $Id @() @() @(New-Record 'UnreadableOutput' 'InvalidResult' 'UnreadableOutput,bridge.ps1' "The answer $why.")
}

# ---- error records ----

function New-Record([string]$Reason, [string]$Category, [string]$Id, [string]$Message) {
    New-Object psobject -Property @{ reason = $Reason; category = $Category; fullyQualifiedErrorId = $Id; target = ''; message = $Message }
}

# Local and deserialised records have the same fields; the exception's own type differs, which is why nothing looks at it.
function ConvertTo-Record($ErrorRecord) {
    $message = [string]$ErrorRecord.Exception.Message
    if ($ErrorRecord.ErrorDetails -and $ErrorRecord.ErrorDetails.Message) { $message = $ErrorRecord.ErrorDetails.Message }
    $record = New-Record ([string]$ErrorRecord.CategoryInfo.Reason) $ErrorRecord.CategoryInfo.Category.ToString() ([string]$ErrorRecord.FullyQualifiedErrorId) $message
    $record.target = [string]$ErrorRecord.CategoryInfo.TargetName
    $record
}

# What EndInvoke threw holds the record of a terminating error, a few exceptions down.
function Get-TerminatingRecord($Exception) {
    for ($inner = $Exception; $null -ne $inner; $inner = $inner.InnerException) {
        $isWrapper = $inner -is [Management.Automation.MethodInvocationException]
        if ($isWrapper -or $inner -isnot [Management.Automation.IContainsErrorRecord]) { continue }
        $record = $inner.ErrorRecord
        # An exception that names itself this way means its own class.
        if ($record.CategoryInfo.Reason -eq 'ParentContainsErrorRecordException') { $record.CategoryInfo.Reason = $inner.GetType().Name }
        return $record
    }
    New-Object Management.Automation.ErrorRecord $Exception.GetBaseException(), $Exception.GetBaseException().GetType().Name, 'NotSpecified', $null
}

# ---- what Exchange's place is taken by ----

# Nothing that a module or an endpoint does may ask a person: no runspace here has a host.
function Open-Module([string]$Path) {
    $initial = [initialsessionstate]::CreateDefault2()
    # A path is taken as a pattern: [1] would load the code of the folder 1.
    [void]$initial.ImportPSModule([string[]]@([Management.Automation.WildcardPattern]::Escape($Path)))
    $initial.ThrowOnRunspaceOpenError = $true
    $opened = [runspacefactory]::CreateRunspace($initial)
    $opened.Open()
    $opened
}

# A session configuration file instead of a module: a runspace without a language in a process of its own, from which
# objects arrive as they do from Exchange. PowerShell 7 only: Windows PowerShell has no such argument.
function Open-ConfiguredProcess([string]$Path) {
    if ($PSVersionTable.PSVersion.Major -lt 7) { throw "A session configuration file needs PowerShell 7: $Path" }
    $instance = New-Object Management.Automation.Runspaces.PowerShellProcessInstance
    # A file may name its modules relative to itself.
    $instance.Process.StartInfo.WorkingDirectory = Split-Path -LiteralPath $Path
    $arguments = $instance.Process.StartInfo.PSObject.Properties['ArgumentList'].Value
    foreach ($argument in '-ConfigurationFile', $Path) { [void]$arguments.Add($argument) }
    $opened = [runspacefactory]::CreateOutOfProcessRunspace($null, $instance)
    $opened.Open()
    $State.Child = $instance.Process
    $opened
}

function New-EndpointRunspace([string]$Server, [string]$Authentication, $Credential) {
    # http is right for Kerberos, which encrypts by itself; Basic sends the password and needs https.
    $scheme = if ($Authentication -eq 'Basic') { 'https' } else { 'http' }
    $address = New-Object uri ('{0}://{1}/PowerShell/' -f $scheme, $Server)
    $schema = 'http://schemas.microsoft.com/powershell/Microsoft.Exchange'
    $information = New-Object Management.Automation.Runspaces.WSManConnectionInfo $address, $schema, $Credential
    $information.AuthenticationMechanism = $Authentication
    $information.OpenTimeout = 50000
    [runspacefactory]::CreateRunspace($information)
}

# Too many shells of one account are waited for: what held them is often only just closing.
function Open-Endpoint([string]$Server, [string]$Authentication, $Credential) {
    for ($attempt = 0; ; $attempt++) {
        $opened = New-EndpointRunspace $Server $Authentication $Credential
        try { $opened.Open(); return $opened }
        catch {
            $opened.Dispose()
            $isLast = $attempt -ge $OpenPauses.Count
            if ($isLast -or (Get-OpenFailure $_.Exception).reason -ne 'throttled') { throw }
            Start-Sleep -Seconds $OpenPauses[$attempt]
        }
    }
}

# The numbers that WinRM's client gives (winerror.h, wsmerror.h), by what they mean for whoever asked.
$OpenFailures = @{
    unauthorised = 5, 1326, -2147023570
    # Quotas of shells, operations and users: of the machine, of an account, of a plug-in.
    throttled = -2144108123, -2144108122, -2144108121, -2144108120, -2144108117, -2144108060, -2144108059, -2144108058, -2144108057, -2144108056, -2144108055
    # A name that is not found, and one that Kerberos does not know.
    unknownHost = 53, -2144108103, -2146893053
    notListening = , -2144108526
    silent = , -2144108250
    # HTTP 404, and resources that are not there: WinRM, or a web server, and no Exchange behind it.
    noConfiguration = -2144108269, -2144108485, -2144108542, -2144108544
}

# Why a runspace could not be opened, by numbers and identifiers that no language changes. Exchange's own limit says
# MaxConcurrency (public samples).
function Get-OpenFailure($Exception) {
    $record = Get-TerminatingRecord $Exception
    $text = [string]$record.Exception.Message
    $code = 0
    # Its record names another exception in its place.
    for ($inner = $Exception; $null -ne $inner; $inner = $inner.InnerException) {
        if ($inner -is [Management.Automation.Remoting.PSRemotingTransportException]) { $code = $inner.ErrorCode }
    }
    $reason = 'unreachable'
    foreach ($known in $OpenFailures.Keys) { if ($OpenFailures[$known] -contains $code) { $reason = $known } }
    if ($text -match 'MaxConcurrency') { $reason = 'throttled' }
    $name = [string]$record.FullyQualifiedErrorId
    if ($reason -eq 'throttled') { $name = 'PSSessionOpenFailed' }
    @{ reason = $reason; message = "$text ($name, $code)" }
}

# A session to Exchange counts among the few of its account until it is closed; one that is broken cannot be.
function Close-Exchange {
    if (-not $State.Runspace) { return }
    $State.Runspace.CloseAsync()
    $clock = [Diagnostics.Stopwatch]::StartNew()
    while ($State.Runspace.RunspaceStateInfo.State -eq 'Closing' -and $clock.ElapsedMilliseconds -lt $StopMilliseconds) { [Threading.Thread]::Sleep(20) }
}

function Open-Exchange {
    if ($State.Runspace) { $State.Runspace.Dispose() }
    $State.Child = $null
    $target = $State.Target
    $State.Runspace = if ($target.module -like '*.pssc') { Open-ConfiguredProcess $target.module }
    elseif ($target.module) { Open-Module $target.module }
    else { Open-Endpoint $target.server $target.authentication $State.Credential }
}

# ---- what only the server itself can do: its own commands, in an ordinary runspace of this shell ----

function Restart-HealthManager { Restart-Service -Name MSExchangeHM }

# A certificate of this machine's store with its key, as PKCS#12 under the password. The auth certificate too, which
# Exchange itself exports no more since its update of October 2025.
function Export-MachineCertificate([string]$Thumbprint, [securestring]$Password) {
    $store = New-Object Security.Cryptography.X509Certificates.X509Store 'My', 'LocalMachine'
    $refusal = $null
    try {
        $store.Open('ReadOnly')
        $found = $store.Certificates.Find('FindByThumbprint', $Thumbprint, $false)
        if ($found.Count -eq 0) { $refusal = 'CertificateNotFoundException', 'ObjectNotFound', 'is not in the store of this machine' }
        elseif (-not $found[0].HasPrivateKey) { $refusal = 'PrivateKeyMissing', 'InvalidArgument', 'has no private key on this machine' }
        else {
            try { New-Object psobject -Property @{ FileData = $found[0].Export('Pfx', $Password) } }
            catch [Security.Cryptography.CryptographicException] {
                # NTE_BAD_KEY_STATE and NTE_NOT_SUPPORTED: how both kinds of key stores say that a key may not leave.
                if ($_.Exception.GetBaseException().HResult -notin -2146893813, -2146893783) { throw }
                $refusal = 'PrivateKeyNotExportable', 'InvalidArgument', 'has a private key that may not be exported'
            }
        }
    } finally { $store.Dispose() }
    if ($refusal) {
        $id, $category, $why = $refusal
        throw (New-Object Management.Automation.ErrorRecord (New-Object Exception "The certificate with thumbprint $Thumbprint $why."), $id, $category, $Thumbprint)
    }
}

# A key of the machine's, of the legacy kind, which Exchange expects, and of the provider that signs with SHA-256, as
# Microsoft's script (CSS-Exchange, New-ExchangeSelfSignedCertificate) makes it. Its container goes when it is disposed of.
# Never run so far: these providers are Windows' own.
function New-MachineKey([int]$KeySize) {
    $parameters = New-Object Security.Cryptography.CspParameters 24, 'Microsoft Enhanced RSA and AES Cryptographic Provider', "pulumi-exchange-server $([guid]::NewGuid())"
    $parameters.Flags = 'UseMachineKeyStore'
    $parameters.KeyNumber = 1
    $key = New-Object Security.Cryptography.RSACryptoServiceProvider $KeySize, $parameters
    $key.PersistKeyInCsp = $false
    $key
}

# A self-signed certificate in this machine's store, in the shape of those that New-ExchangeCertificate makes, which chooses
# the lifetime itself. The key that stays is the one that the import makes: the machine's, and exportable.
function New-MachineCertificate([string]$SubjectName, [string[]]$DomainName, [string]$FriendlyName, [int]$KeySize, [string]$SubjectKeyIdentifier, [int]$LifetimeDays) {
    $names = 'Security.Cryptography.X509Certificates'
    $key = New-MachineKey $KeySize
    try {
        try {
            if ($LifetimeDays -lt 1) { throw "A lifetime of $LifetimeDays days ends before it begins." }
            $subject = New-Object "$names.X500DistinguishedName" $SubjectName, 'Reversed, UseUTF8Encoding'
            $request = New-Object "$names.CertificateRequest" $subject, $key, 'SHA256', ([Security.Cryptography.RSASignaturePadding]::Pkcs1)
            $alternatives = New-Object "$names.SubjectAlternativeNameBuilder"
            foreach ($domain in $DomainName) { $alternatives.AddDnsName($domain) }
            $purposes = New-Object Security.Cryptography.OidCollection
            [void]$purposes.Add((New-Object Security.Cryptography.Oid '1.3.6.1.5.5.7.3.1'))
            $extensions = $request.CertificateExtensions
            $extensions.Add((New-Object "$names.X509KeyUsageExtension" 'DigitalSignature, KeyEncipherment', $true))
            $extensions.Add($alternatives.Build($false))
            $extensions.Add((New-Object "$names.X509EnhancedKeyUsageExtension" $purposes, $false))
            $extensions.Add((New-Object "$names.X509BasicConstraintsExtension" $false, $false, 0, $true))
            $extensions.Add((New-Object "$names.X509SubjectKeyIdentifierExtension" $SubjectKeyIdentifier, $false))
            $begin = [DateTimeOffset]::UtcNow
            $certificate = $request.CreateSelfSigned($begin, $begin.AddDays($LifetimeDays))
        } catch {
            $exception = $_.Exception.GetBaseException()
            throw (New-Object Management.Automation.ErrorRecord $exception, 'CertificateRequestRefused', 'InvalidArgument', $SubjectName)
        }
        $certificate.FriendlyName = $FriendlyName
        # Of this process alone, and gone with it.
        $password = [guid]::NewGuid().ToString()
        $file = $certificate.Export('Pfx', $password)
        $kept = New-Object "$names.X509Certificate2" $file, $password, 'MachineKeySet, PersistKeySet, Exportable'
    } finally { $key.Dispose() }
    $store = New-Object "$names.X509Store" 'My', 'LocalMachine'
    try {
        $store.Open('ReadWrite')
        $store.Add($kept)
    } finally { $store.Dispose() }
    New-Object psobject -Property @{ RawData = $kept.RawData }
}

function Get-ExSetupVersion {
    $file = Get-Item -LiteralPath (Join-Path $env:ExchangeInstallPath 'bin\ExSetup.exe')
    New-Object psobject -Property @{ FileVersion = $file.VersionInfo.FileVersion }
}

# Whether this shell runs on that server, and has Exchange there: an administrator's computer is no server.
function Test-OwnServer([string]$Server) {
    $own = [Net.Dns]::GetHostName()
    $names = @($own)
    try { $names += [Net.Dns]::GetHostEntry($own).HostName } catch [Net.Sockets.SocketException] { $names += $own }
    $env:ExchangeInstallPath -and $names -contains $Server
}

function Open-Local {
    if ($State.Local) { return }
    $initial = [initialsessionstate]::CreateDefault()
    $initial.ThrowOnRunspaceOpenError = $true
    foreach ($name in 'Restart-HealthManager', 'Export-MachineCertificate', 'New-MachineCertificate', 'New-MachineKey', 'Get-ExSetupVersion') {
        $text = (Get-Item "function:$name").ScriptBlock.ToString()
        $initial.Commands.Add((New-Object Management.Automation.Runspaces.SessionStateFunctionEntry $name, $text))
    }
    $State.Local = [runspacefactory]::CreateRunspace($initial)
    $State.Local.Open()
}

# ---- calls ----

# A call's way through its runspace: done, timedOut, cancelled, tooMuch or lost.
function Wait-Call($Shell, $Async, $Objects, [long]$Milliseconds, [int]$Id) {
    $clock = [Diagnostics.Stopwatch]::StartNew()
    $memory = [GC]::GetTotalMemory($false)
    while ($true) {
        $left = $Milliseconds - $clock.ElapsedMilliseconds
        if ($left -le 0) { return 'timedOut' }
        # The next line is read while the call runs: only so is a caller noticed that has gone, or that cancels.
        $handles = [Threading.WaitHandle[]]@($Async.AsyncWaitHandle)
        if ($null -eq $State.Held) { $handles += ([IAsyncResult]$State.Next).AsyncWaitHandle }
        $index = [Threading.WaitHandle]::WaitAny($handles, [int][Math]::Min($left, $PollMilliseconds))
        if ($index -eq 0) { return 'done' }
        if ($index -eq 1) {
            $line = $State.Next.GetAwaiter().GetResult()
            if ($null -eq $line) {
                if (Stop-Call $Shell $Async) { Close-Exchange }
                [Environment]::Exit(74)
            }
            $request = Read-Request $line
            if ($request -and $request.type -eq 'cancel' -and $request.id -eq $Id) { $State.Next = $Reader.ReadLineAsync(); return 'cancelled' }
            $State.Held = $line
        }
        if ($Objects.Count -gt $MaximumObjects -or [GC]::GetTotalMemory($false) - $memory -gt $MaximumMemory) { return 'tooMuch' }
        # The runspace itself would notice the death of its process only after a minute.
        if ($State.Child -and $State.Child.HasExited) { return 'lost' }
    }
}

# Whether the pipeline stopped. One that is stuck in .NET code does not.
function Stop-Call($Shell, $Async) {
    [void]$Shell.BeginStop($null, $null)
    $Async.AsyncWaitHandle.WaitOne($StopMilliseconds)
}

function New-Call($In, [string]$Name, $Parameters) {
    $shell = [powershell]::Create()
    $shell.Runspace = $In
    [void]$shell.AddCommand($Name).AddParameters($Parameters)
    $none = New-Object 'Management.Automation.PSDataCollection[psobject]'
    $none.Complete()
    $objects = New-Object 'Management.Automation.PSDataCollection[psobject]'
    @{ shell = $shell; objects = $objects; async = $shell.BeginInvoke($none, $objects) }
}

function Invoke-Allowed([int]$Id, $In, [string]$Name, $Parameters, [int]$Seconds) {
    $call = New-Call $In $Name $Parameters
    $way = Wait-Call $call.shell $call.async $call.objects ([long]$Seconds * 1000) $Id
    $records = New-Object Collections.ArrayList
    if ($way -eq 'lost') {
        $message = 'The process that answered for Exchange has ended.'
        [void]$records.Add((New-Record 'PSRemotingTransportException' 'ResourceUnavailable' 'PSRemotingDataStructureException' $message))
        # Its runspace would take a minute to notice.
        $State.Runspace = $null
        return @{ lost = $true; objects = @(); warnings = @(); records = $records }
    }
    if ($way -ne 'done') {
        $isStopped = Stop-Call $call.shell $call.async
        if ($way -eq 'tooMuch') {
            [void]$records.Add((New-Record 'UnreadableOutput' 'InvalidResult' 'UnreadableOutput,bridge.ps1' "$Name gives more than $MaximumObjects objects, or more than fits into memory."))
            Send-Result $Id @() @() $records
        } else { Send-Reply 'timedOut' $Id }
        # The answer is on its way; what does not stop would hold every later call.
        if (-not $isStopped) { [Environment]::Exit(75) }
        $call.shell.Dispose()
        return $null
    }
    try { [void]$call.shell.EndInvoke($call.async) }
    catch { [void]$records.Add((ConvertTo-Record (Get-TerminatingRecord $_.Exception))) }
    foreach ($record in $call.shell.Streams.Error) { [void]$records.Add((ConvertTo-Record $record)) }
    $isLost = $In.RunspaceStateInfo.State -ne 'Opened'
    $answer = @{ lost = $isLost; objects = $call.objects; warnings = @($call.shell.Streams.Warning); records = $records }
    $call.shell.Dispose()
    $answer
}

function Invoke-OnServer($Request) {
    $server = [string]$Request.parameters.Server
    if (-not (Test-OwnServer $server)) {
        $message = "The shell runs on $([Net.Dns]::GetHostName()); only $server itself can do this."
        $record = New-Record 'NotOnServerException' 'InvalidOperation' "NotOnServer,$($Request.cmdlet)" $message
        return @{ objects = @(); warnings = @(); records = @($record) }
    }
    Open-Local
    $parameters = $Request.parameters
    $parameters.Remove('Server')
    Invoke-Allowed $Request.id $State.Local $Request.cmdlet $parameters $Request.timeoutSeconds
}

function Invoke-OnExchange($Request, [bool]$IsRead) {
    for ($attempt = 1; ; $attempt++) {
        if (-not $State.Runspace -or $State.Runspace.RunspaceStateInfo.State -ne 'Opened') { Open-Exchange }
        $answer = Invoke-Allowed $Request.id $State.Runspace $Request.cmdlet $Request.parameters $Request.timeoutSeconds
        # A session that broke is opened again, and a call that only reads is asked again; a write's outcome is unknown.
        if (-not $IsRead -or $attempt -gt 1 -or -not $answer -or -not $answer.lost) { return $answer }
    }
}

function Invoke-Request($Request) {
    # Loops and no pipelines: this is on the way of every call.
    $command = $State.Target.commands[$Request.cmdlet]
    $refused = if ($command) { foreach ($name in $Request.parameters.Keys) { if ($command.parameters -notcontains $name) { " -$name" } } }
    if (-not $command -or $refused) {
        return Send-Refusal $Request.id 'notAllowed' "$($Request.cmdlet)$refused is not on the list of what may be run"
    }
    $answer = if ($command.where -eq 'server' -and -not $State.Target.module) { Invoke-OnServer $Request } else { Invoke-OnExchange $Request ($command.access -eq 'reads') }
    if ($answer) { Send-Result $Request.id $answer.objects $answer.warnings $answer.records }
}

# ---- the conversation ----

function Read-Request([string]$Line) {
    try {
        $json = $Utf8.GetString([Convert]::FromBase64String($Line))
        $State.HasHalves = $EscapedHalf.IsMatch($json)
        if ($State.HasHalves) { $json = $Escapes.Replace($json, $KeepOne) }
        Read-Value (ConvertFrom-Json -InputObject $json)
    } catch { $null }
}

function Open-Conversation($Request) {
    $State.Nonce = $Request.nonce
    if ($Request.protocol -ne 1) { return Send-Refusal 0 'version' "The bridge speaks version 1 of the protocol, not $($Request.protocol)." }
    $json = New-Object Text.StringBuilder '{"type":"s:hello","protocol":"i:1","name":"s:PowerShell","processId":"i:'
    [void]$json.Append($PID).Append('","versions":{"powershell":')
    Add-Text $json ('s:' + $PSVersionTable.PSVersion)
    [void]$json.Append('}')
    [void](Send-Frame $json)
}

function Connect-Exchange($Request) {
    $State.Target = $Request.connection
    $State.Credential = $null
    if ($Request.userName) { $State.Credential = New-Object Management.Automation.PSCredential $Request.userName, $Request.password }
    try { Open-Exchange } catch {
        $State.Target = $null
        $failure = Get-OpenFailure $_.Exception
        return Send-Refusal $Request.id $failure.reason $failure.message
    }
    Send-Reply 'connected' $Request.id
}

function Answer-Request([string]$Line) {
    $request = Read-Request $Line
    if ($request -isnot [hashtable]) {
        # Without a nonce there is nobody to answer.
        if ($State.Nonce) { Send-Refusal 0 'protocol' 'The request cannot be read.' }
        return
    }
    try {
        if ($request.type -eq 'open') { Open-Conversation $request }
        elseif (-not $State.Nonce) { return }
        elseif ($request.type -eq 'connect') { Connect-Exchange $request }
        elseif ($request.type -eq 'invoke' -and $State.Target) { Invoke-Request $request }
        elseif ($request.type -ne 'cancel') { Send-Refusal ([int]$request.id) 'protocol' 'The request is unknown, or out of order.' }
    } catch {
        # Before a call was begun (a runspace that cannot be opened again), or in the bridge itself.
        $failure = Get-OpenFailure $_.Exception
        Send-Refusal ([int]$request.id) $failure.reason $failure.message
    }
}

$OpenPauses = 2, 4, 8
# A table and not variables: over ssh there is no script, and the scope of that name would be the whole session's.
$State = @{ Nonce = $null; Runspace = $null; Target = $null; Credential = $null; Local = $null; Child = $null; Held = $null; Next = $null; HasHalves = $false }
$Output = [Console]::OpenStandardOutput()
if (-not $Reader) { $Reader = New-Object IO.StreamReader ([Console]::OpenStandardInput()), $Utf8, $false, 65536 }
# A cmdlet that reads standard input would take our frames.
[Console]::SetIn([IO.TextReader]::Null)
$State.Next = $Reader.ReadLineAsync()
while ($true) {
    $line = $State.Held
    $State.Held = $null
    if ($null -eq $line) { $line = $State.Next.GetAwaiter().GetResult() }
    if ($null -eq $line) { break }
    $State.Next = $Reader.ReadLineAsync()
    Answer-Request $line
}
Close-Exchange
[Environment]::Exit(0)
