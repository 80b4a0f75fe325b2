# Gives back what it is given, with the type that PowerShell saw.
function New-ExchangeCertificate($FriendlyName, $SubjectName, $DomainName, $Services, $KeySize, $PrivateKeyExportable, $Server) {
    $object = New-Object psobject
    foreach ($name in $PSBoundParameters.Keys) {
        $value = $PSBoundParameters[$name]
        Add-Member -InputObject $object -MemberType NoteProperty -Name $name -Value $value
        if ($null -ne $value) { Add-Member -InputObject $object -MemberType NoteProperty -Name "TypeOf$name" -Value $value.GetType().Name }
    }
    $object
}

# What becomes of a secret: its length, and whether it is one.
function Import-ExchangeCertificate($FileData, $Password) {
    New-Object psobject -Property @{ FileData = $FileData; PasswordLength = $Password.Length; PasswordType = $Password.GetType().Name }
}

# Values that no caller can send, by the name of the case.
function Get-AuthServer([string]$DomainController) {
    switch ($DomainController) {
        'names' {
            $object = New-Object psobject
            foreach ($name in '__proto__', 'constructor', 'a b', "quote`"s'", "line`nfeed") { Add-Member -InputObject $object -MemberType NoteProperty -Name $name -Value $name }
            $object
        }
        'omitted' {
            New-Object psobject -Property @{ Name = 'kept'; RunspaceId = [guid]::Empty; PSComputerName = 'x'; PSShowComputerName = $true; SerializationData = [byte[]]@(1) }
        }
        'numbers' {
            New-Object psobject -Property @{
                Int = 7; Byte = [byte]7; Negative = -7; Long = [long]9007199254740993; Double = 0.1; Decimal = 1.50d
                Infinity = [double]::PositiveInfinity; Char = [char]'x'; Unsigned = [uint32]4294967295
            }
        }
        'texts' {
            New-Object psobject -Property @{
                Guid = [guid]'00000002-0000-0ff1-ce00-000000000000'; Version = [version]'15.2.1.2'; Uri = [uri]'https://a.example/b?c=d'
                TimeSpan = [timespan]::FromMinutes(90); Enum = [DayOfWeek]::Friday; Null = $null; Type = [int]; Script = { 1 }
            }
        }
        'dates' {
            New-Object psobject -Property @{
                Utc = [datetime]::new(2026, 1, 2, 3, 4, 5, 6, [DateTimeKind]::Utc)
                Local = [datetime]::new(2026, 1, 2, 3, 4, 5, 6, [DateTimeKind]::Utc).ToLocalTime()
                Offset = [DateTimeOffset]::new(2026, 1, 2, 3, 4, 5, 6, [timespan]::FromHours(5))
                Text = '2026-01-02T03:04:05Z'
                First = [datetime]::SpecifyKind([datetime]::MinValue, 'Utc')
                Last = [datetime]::SpecifyKind([datetime]::MaxValue, 'Utc')
            }
        }
        'lists' {
            New-Object psobject -Property @{
                Empty = @(); One = , 'a'; Nested = @(@(1, 2), @(3)); Nulls = @($null, 'a'); Bytes = [byte[]]@(0, 127, 255)
                List = [Collections.Generic.List[string]]@('a', 'b'); Table = @{ Add = 'x'; Remove = @('y') }
            }
        }
        'nested' {
            $deep = @{ Level = 0 }
            foreach ($level in 1..40) { $deep = @{ Level = $level; Inner = $deep } }
            $circle = New-Object psobject
            Add-Member -InputObject $circle -MemberType NoteProperty -Name Self -Value $circle
            New-Object psobject -Property @{ Deep = $deep; Circle = $circle; Process = [Text.StringBuilder]'an object is its text' }
        }
        'failing' {
            $object = New-Object psobject -Property @{ Name = 'kept' }
            Add-Member -InputObject $object -MemberType ScriptProperty -Name Fails -Value { throw 'never' }
            Add-Member -InputObject $object -MemberType ScriptMethod -Name ToString -Value { throw 'never' } -Force
            New-Object psobject -Property @{ Outer = 'kept'; Inner = $object }
            $object
        }
        'scalars' { 'text'; 7; $true; $null; , [byte[]]@(1, 2); [guid]::Empty }
        'nothing' { }
    }
}
