@{
    # The module is named after its folder, so that Import-Module ./sandbox/powershell finds it.
    RootModule        = 'powershell.psm1'
    ModuleVersion     = '0.1.0'
    GUID              = '0f9a0a6c-0d2e-4f1e-9f0e-5a4d2c1b7e30'
    Author            = 'pulumi-exchange-server'
    Description       = 'The cmdlets of a sandbox Exchange organisation. Nothing here reaches a real one.'
    PowerShellVersion = '5.1'
    FunctionsToExport = '*'
    CmdletsToExport   = @()
    VariablesToExport = @()
    AliasesToExport   = @()
}
