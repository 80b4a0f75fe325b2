# Objects as a session delivers them. Source of types and kinds: recordings of Exchange 2016 and 2019; a type that is
# not in them is named after its neighbours, a guess.

$Types = @{
    AuthConfig          = 'Microsoft.Exchange.Data.Directory.SystemConfiguration.AuthConfig'
    AuthServer          = 'Microsoft.Exchange.Data.Directory.SystemConfiguration.AuthServer'
    ExchangeServer      = 'Microsoft.Exchange.Data.Directory.Management.ExchangeServer'
    HybridConfiguration = 'Microsoft.Exchange.Data.Directory.SystemConfiguration.HybridConfiguration'
    PartnerApplication  = 'Microsoft.Exchange.Data.Directory.SystemConfiguration.PartnerApplication'
    PushNotificationApp = 'Microsoft.Exchange.Data.Directory.SystemConfiguration.PushNotificationApp'
    PushNotificationProxy = 'Microsoft.Exchange.Data.Directory.SystemConfiguration.PushNotificationApp'
    ExchangeCertificate = 'Microsoft.Exchange.Management.SystemConfigurationTasks.ExchangeCertificate'
}

function New-SessionObject([string]$Cmdlet, $Properties) {
    # Recorded: of a certificate only RawData travels, and PowerShell makes a certificate of it at arrival.
    if ($Properties.Keys.Count -eq 1 -and $Properties.RawData) {
        return New-Object Security.Cryptography.X509Certificates.X509Certificate2 (, $Properties.RawData)
    }
    $object = New-Object psobject
    foreach ($name in $Properties.Keys) {
        $object.PSObject.Properties.Add((New-Object psnoteproperty $name, (ConvertTo-SessionValue $name $Properties[$name])))
    }
    $type = $Types[$Cmdlet.Substring($Cmdlet.IndexOf('-') + 1)]
    if ($type) { $object.PSObject.TypeNames.Insert(0, $type) }
    $object
}

function ConvertTo-SessionValue([string]$Name, $Value) {
    if ($Name -eq 'Guid' -and $Value) { return [guid]$Value }
    # Recorded: WhenChanged arrives as local time, WhenChangedUTC as UTC.
    if ($Value -is [datetime] -and $Name -notlike '*UTC') { return $Value.ToLocalTime() }
    if ($Name -eq 'AdminDisplayVersion') { return New-ServerVersion $Value }
    , $Value
}

# Recorded: text with Major, Minor, Build and Revision beneath, which is what remoting makes of a ServerVersion.
function New-ServerVersion([string]$Text) {
    if ($Text -notmatch '^Version (\d+)\.(\d+) \(Build (\d+)\.(\d+)\)$') { return $Text }
    $numbers = foreach ($index in 1..4) { '<I32 N="{0}">{1}</I32>' -f ('Major', 'Minor', 'Build', 'Revision')[$index - 1], $Matches[$index] }
    [Management.Automation.PSSerializer]::Deserialize(
        '<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04"><Obj RefId="0">' +
        '<TN RefId="0"><T>Microsoft.Exchange.Data.ServerVersion</T><T>System.Object</T></TN>' +
        "<ToString>$Text</ToString><Props>$numbers</Props></Obj></Objs>")
}
