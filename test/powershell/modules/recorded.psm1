# Gives the objects of a recording (Export-Clixml), whose path stands where a domain controller would.
function Get-AuthConfig([string]$DomainController) { Import-Clixml -LiteralPath $DomainController }
