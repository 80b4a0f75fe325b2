# The protocol's values (docs/decisions/002-protocol.md): in the JSON every leaf is a string that begins with its type.

function ConvertTo-Tagged($Value) {
    if ($null -eq $Value) { return $null }
    $base = $Value.PSObject.BaseObject
    if ($base -is [string]) { return 's:' + $base }
    if ($base -is [bool]) { return 'b:' + $base.ToString().ToLowerInvariant() }
    if ($base -is [switch]) { return 'b:' + $base.IsPresent.ToString().ToLowerInvariant() }
    if ($base -is [int] -or $base -is [long]) { return 'i:' + $base }
    if ($base -is [datetime]) { return 'd:' + $base.ToUniversalTime().ToString('o') }
    if ($base -is [byte[]]) { return 'x:' + [Convert]::ToBase64String($base) }
    if ($base -is [securestring]) { return 'p:' + (New-Object Net.NetworkCredential '', $base).Password }
    if ($base -is [Collections.IDictionary]) {
        $table = @{}
        foreach ($key in $base.Keys) { $table[[string]$key] = ConvertTo-Tagged $base[$key] }
        return $table
    }
    if ($base -is [Collections.IEnumerable]) { return , @($base | ForEach-Object { ConvertTo-Tagged $_ }) }
    's:' + [string]$Value
}

function ConvertFrom-Tagged($Tagged) {
    if ($null -eq $Tagged) { return $null }
    if ($Tagged -is [array]) { return , @($Tagged | ForEach-Object { ConvertFrom-Tagged $_ }) }
    if ($Tagged -isnot [string]) {
        $table = [ordered]@{}
        foreach ($property in $Tagged.PSObject.Properties) { $table[$property.Name] = ConvertFrom-Tagged $property.Value }
        return $table
    }
    $text = $Tagged.Substring(2)
    switch -CaseSensitive ($Tagged.Substring(0, 2)) {
        's:' { return $text }
        'i:' { return [int]$text }
        'b:' { return $text -ceq 'true' }
        'd:' { return [datetime]::Parse($text, [Globalization.CultureInfo]::InvariantCulture, [Globalization.DateTimeStyles]::RoundtripKind) }
        'x:' { return , [Convert]::FromBase64String($text) }
    }
    throw "The sandbox sent a value of an unknown type: $($Tagged.Substring(0, 2))"
}

function ConvertTo-Line($Value) {
    $json = ConvertTo-Json -InputObject (ConvertTo-Tagged $Value) -Depth 20 -Compress
    [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($json))
}

function ConvertFrom-Line([string]$Line) {
    $json = [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($Line))
    ConvertFrom-Tagged (ConvertFrom-Json -InputObject $json)
}
