# Made from the sandbox's cmdlets (../exchange/cmdlets) by `npm run build && node sandbox/dist/powershell/write-functions.js`;

# a test compares the two.

function Get-SandboxFunction { 'Get-AuthConfig', 'Set-AuthConfig', 'Get-AuthServer', 'New-AuthServer', 'Set-AuthServer', 'Remove-AuthServer', 'Get-ExchangeCertificate', 'New-ExchangeCertificate', 'Export-ExchangeCertificate', 'Import-ExchangeCertificate', 'Remove-ExchangeCertificate', 'Get-ExchangeServer', 'Get-PartnerApplication', 'Set-PartnerApplication', 'Get-HybridConfiguration', 'Enable-PushNotificationProxy', 'Disable-PushNotificationProxy', 'Get-PushNotificationApp', 'Invoke-MonitoringProbe', 'Restart-HealthManager', 'Export-MachineCertificate', 'New-MachineCertificate', 'Get-ExSetupVersion' }

function Get-AuthConfig {
    <#
    .SYNOPSIS
    Get-AuthConfig of the sandbox's Exchange organisation; nothing real is touched.
    .DESCRIPTION
    Parameters, defaults and refusals are those that the cmdlet reference gives for Exchange.
    .LINK
    https://learn.microsoft.com/powershell/module/exchange/get-authconfig
    #>
    [CmdletBinding(DefaultParameterSetName = 'Default')]
    param(
        [Parameter()]
        [string]$DomainController
    )
    process { Invoke-SandboxCmdlet $PSCmdlet 'Get-AuthConfig' $PSBoundParameters }
}

function Set-AuthConfig {
    <#
    .SYNOPSIS
    Set-AuthConfig of the sandbox's Exchange organisation; nothing real is touched.
    .DESCRIPTION
    Parameters, defaults and refusals are those that the cmdlet reference gives for Exchange.
    .LINK
    https://learn.microsoft.com/powershell/module/exchange/set-authconfig
    #>
    [CmdletBinding(DefaultParameterSetName = 'AuthConfigSettings', SupportsShouldProcess = $true, ConfirmImpact = 'Medium')]
    param(
        [Parameter(ParameterSetName = 'AuthConfigSettings')]
        [string]$Realm,
        [Parameter(ParameterSetName = 'AuthConfigSettings')]
        [string]$ServiceName,
        [Parameter(ParameterSetName = 'CurrentCertificateParameter', Mandatory = $true)]
        [string]$CertificateThumbprint,
        [Parameter(ParameterSetName = 'CurrentCertificateParameter')]
        [Parameter(ParameterSetName = 'NewCertificateParameter')]
        [Parameter(ParameterSetName = 'PublishAuthCertificateParameter')]
        [switch]$Force,
        [Parameter(ParameterSetName = 'CurrentCertificateParameter')]
        [Parameter(ParameterSetName = 'NewCertificateParameter')]
        [string]$Server,
        [Parameter(ParameterSetName = 'CurrentCertificateParameter')]
        [Parameter(ParameterSetName = 'NewCertificateParameter')]
        [switch]$SkipImmediateCertificateDeployment,
        [Parameter(ParameterSetName = 'NewCertificateParameter')]
        [string]$NewCertificateThumbprint,
        [Parameter(ParameterSetName = 'NewCertificateParameter')]
        [datetime]$NewCertificateEffectiveDate,
        [Parameter(ParameterSetName = 'PublishAuthCertificateParameter')]
        [switch]$PublishCertificate,
        [Parameter(ParameterSetName = 'PublishAuthCertificateParameter')]
        [switch]$ClearPreviousCertificate,
        [Parameter()]
        [string]$DomainController
    )
    process { Invoke-SandboxCmdlet $PSCmdlet 'Set-AuthConfig' $PSBoundParameters }
}

function Get-AuthServer {
    <#
    .SYNOPSIS
    Get-AuthServer of the sandbox's Exchange organisation; nothing real is touched.
    .DESCRIPTION
    Parameters, defaults and refusals are those that the cmdlet reference gives for Exchange.
    .LINK
    https://learn.microsoft.com/powershell/module/exchange/get-authserver
    #>
    [CmdletBinding(DefaultParameterSetName = 'Identity')]
    param(
        [Parameter(Position = 0, ValueFromPipelineByPropertyName = $true)]
        [AllowNull()]
        [AllowEmptyString()]
        [string]$Identity,
        [Parameter()]
        [string]$DomainController
    )
    process { Invoke-SandboxCmdlet $PSCmdlet 'Get-AuthServer' $PSBoundParameters }
}

function New-AuthServer {
    <#
    .SYNOPSIS
    New-AuthServer of the sandbox's Exchange organisation; nothing real is touched.
    .DESCRIPTION
    Parameters, defaults and refusals are those that the cmdlet reference gives for Exchange.
    .LINK
    https://learn.microsoft.com/powershell/module/exchange/new-authserver
    #>
    [CmdletBinding(DefaultParameterSetName = 'AuthMetadataUrl', SupportsShouldProcess = $true, ConfirmImpact = 'Medium')]
    param(
        [Parameter(ParameterSetName = 'AuthMetadataUrl', Mandatory = $true)]
        [Parameter(ParameterSetName = 'NativeClientAuthServer', Mandatory = $true)]
        [string]$AuthMetadataUrl,
        [Parameter(ParameterSetName = 'AuthMetadataUrl')]
        [Parameter(ParameterSetName = 'NativeClientAuthServer')]
        [switch]$TrustAnySSLCertificate,
        [Parameter(ParameterSetName = 'AuthMetadataUrl')]
        [string]$GraphBaseUrl,
        [Parameter(ParameterSetName = 'NativeClientAuthServer', Mandatory = $true)]
        [Parameter(ParameterSetName = 'AppSecret', Mandatory = $true)]
        [string]$Type,
        [Parameter(ParameterSetName = 'AppSecret')]
        [string]$ApplicationIdentifier,
        [Parameter(Mandatory = $true, Position = 0)]
        [string]$Name,
        [Parameter()]
        [bool]$Enabled,
        [Parameter()]
        [object]$DomainName,
        [Parameter()]
        [string]$DomainController
    )
    process { Invoke-SandboxCmdlet $PSCmdlet 'New-AuthServer' $PSBoundParameters }
}

function Set-AuthServer {
    <#
    .SYNOPSIS
    Set-AuthServer of the sandbox's Exchange organisation; nothing real is touched.
    .DESCRIPTION
    Parameters, defaults and refusals are those that the cmdlet reference gives for Exchange.
    .LINK
    https://learn.microsoft.com/powershell/module/exchange/set-authserver
    #>
    [CmdletBinding(DefaultParameterSetName = 'AuthMetadataUrl', SupportsShouldProcess = $true, ConfirmImpact = 'Medium')]
    param(
        [Parameter(ParameterSetName = 'AuthMetadataUrl')]
        [Parameter(ParameterSetName = 'NativeClientAuthServer')]
        [string]$AuthMetadataUrl,
        [Parameter(ParameterSetName = 'AuthMetadataUrl')]
        [Parameter(ParameterSetName = 'NativeClientAuthServer')]
        [switch]$TrustAnySSLCertificate,
        [Parameter(ParameterSetName = 'AuthMetadataUrl')]
        [string]$GraphBaseUrl,
        [Parameter(ParameterSetName = 'NativeClientAuthServer')]
        [bool]$IsDefaultAuthorizationEndpoint,
        [Parameter(ParameterSetName = 'RefreshAuthMetadata')]
        [switch]$RefreshAuthMetadata,
        [Parameter(ParameterSetName = 'AppSecret')]
        [string]$ApplicationIdentifier,
        [Parameter(Mandatory = $true, Position = 0, ValueFromPipelineByPropertyName = $true)]
        [string]$Identity,
        [Parameter()]
        [string]$Name,
        [Parameter()]
        [bool]$Enabled,
        [Parameter()]
        [object]$DomainName,
        [Parameter()]
        [string]$DomainController
    )
    process { Invoke-SandboxCmdlet $PSCmdlet 'Set-AuthServer' $PSBoundParameters }
}

function Remove-AuthServer {
    <#
    .SYNOPSIS
    Remove-AuthServer of the sandbox's Exchange organisation; nothing real is touched.
    .DESCRIPTION
    Parameters, defaults and refusals are those that the cmdlet reference gives for Exchange.
    .LINK
    https://learn.microsoft.com/powershell/module/exchange/remove-authserver
    #>
    [CmdletBinding(DefaultParameterSetName = 'Identity', SupportsShouldProcess = $true, ConfirmImpact = 'High')]
    param(
        [Parameter(Mandatory = $true, Position = 0, ValueFromPipelineByPropertyName = $true)]
        [string]$Identity,
        [Parameter()]
        [string]$DomainController
    )
    process { Invoke-SandboxCmdlet $PSCmdlet 'Remove-AuthServer' $PSBoundParameters }
}

function Get-ExchangeCertificate {
    <#
    .SYNOPSIS
    Get-ExchangeCertificate of the sandbox's Exchange organisation; nothing real is touched.
    .DESCRIPTION
    Parameters, defaults and refusals are those that the cmdlet reference gives for Exchange.
    .LINK
    https://learn.microsoft.com/powershell/module/exchange/get-exchangecertificate
    #>
    [CmdletBinding(DefaultParameterSetName = 'Thumbprint')]
    param(
        [Parameter(ParameterSetName = 'Thumbprint', ValueFromPipelineByPropertyName = $true)]
        [AllowNull()]
        [AllowEmptyString()]
        [string]$Thumbprint,
        [Parameter(ParameterSetName = 'Identity', Position = 0, ValueFromPipelineByPropertyName = $true)]
        [AllowNull()]
        [AllowEmptyString()]
        [string]$Identity,
        [Parameter()]
        [string]$Server,
        [Parameter()]
        [object]$DomainName,
        [Parameter()]
        [string]$DomainController
    )
    process { Invoke-SandboxCmdlet $PSCmdlet 'Get-ExchangeCertificate' $PSBoundParameters }
}

function New-ExchangeCertificate {
    <#
    .SYNOPSIS
    New-ExchangeCertificate of the sandbox's Exchange organisation; nothing real is touched.
    .DESCRIPTION
    Parameters, defaults and refusals are those that the cmdlet reference gives for Exchange.
    .LINK
    https://learn.microsoft.com/powershell/module/exchange/new-exchangecertificate
    #>
    [CmdletBinding(DefaultParameterSetName = 'Certificate', SupportsShouldProcess = $true, ConfirmImpact = 'Medium')]
    param(
        [Parameter(ParameterSetName = 'Certificate')]
        [string]$Services,
        [Parameter(ParameterSetName = 'Request')]
        [switch]$GenerateRequest,
        [Parameter(ParameterSetName = 'Request')]
        [switch]$BinaryEncoded,
        [Parameter(ParameterSetName = 'Request')]
        [string]$RequestFile,
        [Parameter()]
        [object]$DomainName,
        [Parameter()]
        [switch]$Force,
        [Parameter()]
        [string]$FriendlyName,
        [Parameter()]
        [switch]$IncludeAcceptedDomains,
        [Parameter()]
        [switch]$IncludeAutoDiscover,
        [Parameter()]
        [switch]$IncludeServerFQDN,
        [Parameter()]
        [switch]$IncludeServerNetBIOSName,
        [Parameter()]
        [int]$KeySize,
        [Parameter()]
        [bool]$PrivateKeyExportable,
        [Parameter()]
        [string]$Server,
        [Parameter()]
        [string]$SubjectKeyIdentifier,
        [Parameter()]
        [string]$SubjectName,
        [Parameter()]
        [string]$DomainController
    )
    process { Invoke-SandboxCmdlet $PSCmdlet 'New-ExchangeCertificate' $PSBoundParameters }
}

function Export-ExchangeCertificate {
    <#
    .SYNOPSIS
    Export-ExchangeCertificate of the sandbox's Exchange organisation; nothing real is touched.
    .DESCRIPTION
    Parameters, defaults and refusals are those that the cmdlet reference gives for Exchange.
    .LINK
    https://learn.microsoft.com/powershell/module/exchange/export-exchangecertificate
    #>
    [CmdletBinding(DefaultParameterSetName = 'Thumbprint', SupportsShouldProcess = $true, ConfirmImpact = 'Medium')]
    param(
        [Parameter(ParameterSetName = 'Thumbprint', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [string]$Thumbprint,
        [Parameter(ParameterSetName = 'Thumbprint')]
        [string]$Server,
        [Parameter(ParameterSetName = 'Identity', Mandatory = $true, Position = 0, ValueFromPipelineByPropertyName = $true)]
        [string]$Identity,
        [Parameter()]
        [switch]$BinaryEncoded,
        [Parameter()]
        [securestring]$Password,
        [Parameter()]
        [string]$DomainController
    )
    process { Invoke-SandboxCmdlet $PSCmdlet 'Export-ExchangeCertificate' $PSBoundParameters }
}

function Import-ExchangeCertificate {
    <#
    .SYNOPSIS
    Import-ExchangeCertificate of the sandbox's Exchange organisation; nothing real is touched.
    .DESCRIPTION
    Parameters, defaults and refusals are those that the cmdlet reference gives for Exchange.
    .LINK
    https://learn.microsoft.com/powershell/module/exchange/import-exchangecertificate
    #>
    [CmdletBinding(DefaultParameterSetName = 'FileData', SupportsShouldProcess = $true, ConfirmImpact = 'Medium')]
    param(
        [Parameter(ParameterSetName = 'FileData', Mandatory = $true)]
        [byte[]]$FileData,
        [Parameter()]
        [string]$FriendlyName,
        [Parameter()]
        [securestring]$Password,
        [Parameter()]
        [bool]$PrivateKeyExportable,
        [Parameter()]
        [string]$Server,
        [Parameter()]
        [string]$DomainController
    )
    process { Invoke-SandboxCmdlet $PSCmdlet 'Import-ExchangeCertificate' $PSBoundParameters }
}

function Remove-ExchangeCertificate {
    <#
    .SYNOPSIS
    Remove-ExchangeCertificate of the sandbox's Exchange organisation; nothing real is touched.
    .DESCRIPTION
    Parameters, defaults and refusals are those that the cmdlet reference gives for Exchange.
    .LINK
    https://learn.microsoft.com/powershell/module/exchange/remove-exchangecertificate
    #>
    [CmdletBinding(DefaultParameterSetName = 'Thumbprint', SupportsShouldProcess = $true, ConfirmImpact = 'High')]
    param(
        [Parameter(ParameterSetName = 'Thumbprint', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [string]$Thumbprint,
        [Parameter(ParameterSetName = 'Thumbprint')]
        [string]$Server,
        [Parameter(ParameterSetName = 'Identity', Mandatory = $true, Position = 0, ValueFromPipelineByPropertyName = $true)]
        [string]$Identity,
        [Parameter()]
        [string]$DomainController
    )
    process { Invoke-SandboxCmdlet $PSCmdlet 'Remove-ExchangeCertificate' $PSBoundParameters }
}

function Get-ExchangeServer {
    <#
    .SYNOPSIS
    Get-ExchangeServer of the sandbox's Exchange organisation; nothing real is touched.
    .DESCRIPTION
    Parameters, defaults and refusals are those that the cmdlet reference gives for Exchange.
    .LINK
    https://learn.microsoft.com/powershell/module/exchange/get-exchangeserver
    #>
    [CmdletBinding(DefaultParameterSetName = 'Identity')]
    param(
        [Parameter(ParameterSetName = 'Identity', Position = 0, ValueFromPipelineByPropertyName = $true)]
        [AllowNull()]
        [AllowEmptyString()]
        [string]$Identity,
        [Parameter(ParameterSetName = 'Domain', Mandatory = $true)]
        [string]$Domain,
        [Parameter()]
        [switch]$Status,
        [Parameter()]
        [string]$DomainController
    )
    process { Invoke-SandboxCmdlet $PSCmdlet 'Get-ExchangeServer' $PSBoundParameters }
}

function Get-PartnerApplication {
    <#
    .SYNOPSIS
    Get-PartnerApplication of the sandbox's Exchange organisation; nothing real is touched.
    .DESCRIPTION
    Parameters, defaults and refusals are those that the cmdlet reference gives for Exchange.
    .LINK
    https://learn.microsoft.com/powershell/module/exchange/get-partnerapplication
    #>
    [CmdletBinding(DefaultParameterSetName = 'Identity')]
    param(
        [Parameter(Position = 0, ValueFromPipelineByPropertyName = $true)]
        [AllowNull()]
        [AllowEmptyString()]
        [string]$Identity,
        [Parameter()]
        [string]$DomainController
    )
    process { Invoke-SandboxCmdlet $PSCmdlet 'Get-PartnerApplication' $PSBoundParameters }
}

function Set-PartnerApplication {
    <#
    .SYNOPSIS
    Set-PartnerApplication of the sandbox's Exchange organisation; nothing real is touched.
    .DESCRIPTION
    Parameters, defaults and refusals are those that the cmdlet reference gives for Exchange.
    .LINK
    https://learn.microsoft.com/powershell/module/exchange/set-partnerapplication
    #>
    [CmdletBinding(DefaultParameterSetName = 'ACSTrustApplication', SupportsShouldProcess = $true, ConfirmImpact = 'Medium')]
    param(
        [Parameter(ParameterSetName = 'ACSTrustApplication')]
        [string]$ApplicationIdentifier,
        [Parameter(ParameterSetName = 'ACSTrustApplication')]
        [string]$Realm,
        [Parameter(Mandatory = $true, Position = 0, ValueFromPipelineByPropertyName = $true)]
        [string]$Identity,
        [Parameter()]
        [bool]$Enabled,
        [Parameter()]
        [bool]$AcceptSecurityIdentifierInformation,
        [Parameter()]
        [string]$DomainController
    )
    process { Invoke-SandboxCmdlet $PSCmdlet 'Set-PartnerApplication' $PSBoundParameters }
}

function Get-HybridConfiguration {
    <#
    .SYNOPSIS
    Get-HybridConfiguration of the sandbox's Exchange organisation; nothing real is touched.
    .DESCRIPTION
    Parameters, defaults and refusals are those that the cmdlet reference gives for Exchange.
    .LINK
    https://learn.microsoft.com/powershell/module/exchange/get-hybridconfiguration
    #>
    [CmdletBinding(DefaultParameterSetName = 'Default')]
    param(
        [Parameter()]
        [string]$DomainController
    )
    process { Invoke-SandboxCmdlet $PSCmdlet 'Get-HybridConfiguration' $PSBoundParameters }
}

function Enable-PushNotificationProxy {
    <#
    .SYNOPSIS
    Enable-PushNotificationProxy of the sandbox's Exchange organisation; nothing real is touched.
    .DESCRIPTION
    Parameters, defaults and refusals are those that the cmdlet reference gives for Exchange.
    .LINK
    https://learn.microsoft.com/powershell/module/exchange/enable-pushnotificationproxy
    #>
    [CmdletBinding(DefaultParameterSetName = 'Default', SupportsShouldProcess = $true, ConfirmImpact = 'Medium')]
    param(
        [Parameter()]
        [string]$Organization,
        [Parameter()]
        [string]$Uri
    )
    process { Invoke-SandboxCmdlet $PSCmdlet 'Enable-PushNotificationProxy' $PSBoundParameters }
}

function Disable-PushNotificationProxy {
    <#
    .SYNOPSIS
    Disable-PushNotificationProxy of the sandbox's Exchange organisation; nothing real is touched.
    .DESCRIPTION
    Parameters, defaults and refusals are those that the cmdlet reference gives for Exchange.
    .LINK
    https://learn.microsoft.com/powershell/module/exchange/disable-pushnotificationproxy
    #>
    [CmdletBinding(DefaultParameterSetName = 'Default', SupportsShouldProcess = $true, ConfirmImpact = 'High')]
    param(

    )
    process { Invoke-SandboxCmdlet $PSCmdlet 'Disable-PushNotificationProxy' $PSBoundParameters }
}

function Get-PushNotificationApp {
    <#
    .SYNOPSIS
    Get-PushNotificationApp of the sandbox's Exchange organisation; nothing real is touched.
    .DESCRIPTION
    Parameters, defaults and refusals are those that the cmdlet reference gives for Exchange.
    .LINK
    https://learn.microsoft.com/powershell/module/exchange/get-pushnotificationapp
    #>
    [CmdletBinding(DefaultParameterSetName = 'Default')]
    param(
        [Parameter(Position = 0, ValueFromPipelineByPropertyName = $true)]
        [AllowNull()]
        [AllowEmptyString()]
        [string]$Identity,
        [Parameter()]
        [string]$DomainController
    )
    process { Invoke-SandboxCmdlet $PSCmdlet 'Get-PushNotificationApp' $PSBoundParameters }
}

function Invoke-MonitoringProbe {
    <#
    .SYNOPSIS
    Invoke-MonitoringProbe of the sandbox's Exchange organisation; nothing real is touched.
    .DESCRIPTION
    Parameters, defaults and refusals are those that the cmdlet reference gives for Exchange.
    .LINK
    https://learn.microsoft.com/powershell/module/exchange/invoke-monitoringprobe
    #>
    [CmdletBinding(DefaultParameterSetName = 'Default')]
    param(
        [Parameter(ParameterSetName = 'Default', Mandatory = $true, Position = 0, ValueFromPipelineByPropertyName = $true)]
        [string]$Identity,
        [Parameter(ParameterSetName = 'Default', Mandatory = $true)]
        [string]$Server,
        [Parameter()]
        [string]$TimeOutSeconds
    )
    process { Invoke-SandboxCmdlet $PSCmdlet 'Invoke-MonitoringProbe' $PSBoundParameters }
}

function Restart-HealthManager {
    <#
    .SYNOPSIS
    Restart-HealthManager of the sandbox's Exchange organisation; nothing real is touched.
    .DESCRIPTION
    Parameters, defaults and refusals are those that the cmdlet reference gives for Exchange.
    .LINK
    https://learn.microsoft.com/powershell/module/exchange/restart-healthmanager
    #>
    [CmdletBinding(DefaultParameterSetName = 'Default')]
    param(
        [Parameter(ParameterSetName = 'Default', Mandatory = $true)]
        [string]$Server
    )
    process { Invoke-SandboxCmdlet $PSCmdlet 'Restart-HealthManager' $PSBoundParameters }
}

function Export-MachineCertificate {
    <#
    .SYNOPSIS
    Export-MachineCertificate of the sandbox's Exchange organisation; nothing real is touched.
    .DESCRIPTION
    Parameters, defaults and refusals are those that the cmdlet reference gives for Exchange.
    .LINK
    https://learn.microsoft.com/powershell/module/exchange/export-machinecertificate
    #>
    [CmdletBinding(DefaultParameterSetName = 'Default')]
    param(
        [Parameter(ParameterSetName = 'Default', Mandatory = $true)]
        [string]$Server,
        [Parameter(ParameterSetName = 'Default', Mandatory = $true, Position = 0, ValueFromPipelineByPropertyName = $true)]
        [string]$Thumbprint,
        [Parameter(ParameterSetName = 'Default', Mandatory = $true)]
        [securestring]$Password
    )
    process { Invoke-SandboxCmdlet $PSCmdlet 'Export-MachineCertificate' $PSBoundParameters }
}

function New-MachineCertificate {
    <#
    .SYNOPSIS
    New-MachineCertificate of the sandbox's Exchange organisation; nothing real is touched.
    .DESCRIPTION
    Parameters, defaults and refusals are those that the cmdlet reference gives for Exchange.
    .LINK
    https://learn.microsoft.com/powershell/module/exchange/new-machinecertificate
    #>
    [CmdletBinding(DefaultParameterSetName = 'Default')]
    param(
        [Parameter(ParameterSetName = 'Default', Mandatory = $true)]
        [string]$Server,
        [Parameter(ParameterSetName = 'Default', Mandatory = $true)]
        [string]$SubjectName,
        [Parameter(ParameterSetName = 'Default')]
        [object]$DomainName,
        [Parameter(ParameterSetName = 'Default')]
        [string]$FriendlyName,
        [Parameter(ParameterSetName = 'Default', Mandatory = $true)]
        [int]$KeySize,
        [Parameter(ParameterSetName = 'Default', Mandatory = $true)]
        [string]$SubjectKeyIdentifier,
        [Parameter(ParameterSetName = 'Default', Mandatory = $true)]
        [int]$LifetimeDays
    )
    process { Invoke-SandboxCmdlet $PSCmdlet 'New-MachineCertificate' $PSBoundParameters }
}

function Get-ExSetupVersion {
    <#
    .SYNOPSIS
    Get-ExSetupVersion of the sandbox's Exchange organisation; nothing real is touched.
    .DESCRIPTION
    Parameters, defaults and refusals are those that the cmdlet reference gives for Exchange.
    .LINK
    https://learn.microsoft.com/powershell/module/exchange/get-exsetupversion
    #>
    [CmdletBinding(DefaultParameterSetName = 'Default')]
    param(
        [Parameter(ParameterSetName = 'Default', Mandatory = $true)]
        [string]$Server
    )
    process { Invoke-SandboxCmdlet $PSCmdlet 'Get-ExSetupVersion' $PSBoundParameters }
}

