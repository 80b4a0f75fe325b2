# Cmdlets that do what a bridge must survive; what, is said where a domain controller or a thumbprint would stand.
function Get-AuthConfig([string]$DomainController) { Invoke-Behaviour $DomainController }
function Set-AuthConfig([string]$CertificateThumbprint) { Invoke-Behaviour $CertificateThumbprint }

function Invoke-Behaviour([string]$Behaviour) {
    $out = [Console]::Out
    switch ($Behaviour) {
        'print' {
            $out.WriteLine('a line of its own')
            $out.Write("half a line without its end")
            $out.Write("`e[?1h`e[2J`e]0;title`a")
            [Console]::Error.WriteLine('and on standard error')
            Write-Host 'to the host'; Write-Verbose 'verbose' -Verbose; Write-Information 'information' -InformationAction Continue
        }
        'forge' { foreach ($nonce in ('0' * 32), '') { $out.WriteLine("#$nonce eyJ0eXBlIjoiczpyZXN1bHQifQ==") } }
        'stderr' { [Console]::Error.Write('x' * 1MB) }
        'warn' { Write-Warning 'first'; Write-Warning "second`r`nline" }
        'large' { 'x' * 20MB }
        'too-large' { 'x' * 40MB }
        'endless' { while ($true) { 'x' } }
        'endless-large' { while ($true) { [byte[]]::new(50MB) } }
        'hang' { Start-Sleep -Seconds 600 }
        'stuck' { [Threading.Thread]::Sleep(600000) }
        'start' {
            $start = [Diagnostics.ProcessStartInfo]::new('sleep', '600')
            $start.UseShellExecute = $false
            [Diagnostics.Process]::Start($start).Id
        }
        'pid' { $PID }
        'prompt' { Read-Host 'Name' }
        'exit' { [Environment]::Exit(0) }
        # Of two shells the first is killed: a file tells the second that it was.
        { $_ -like 'killed-once *' } {
            $file = $_.Substring(12)
            if (Test-Path -LiteralPath $file) { $PID } else { [IO.File]::WriteAllText($file, ''); Stop-Process -Id $PID -Force }
            break
        }
        'kill' { Stop-Process -Id $PID -Force }
        'read-input' { [Console]::In.ReadLine() }
        'crash' { [Environment]::FailFast('crashed on purpose') }
        'throw-text' { throw 'only a text' }
        'throw-exception' { throw [InvalidOperationException]::new('an exception') }
        'write-and-go-on' { Write-Error 'not the end' -ErrorId 'Own' -Category ObjectNotFound -TargetObject 'it'; 'went on' }
        'exchange' {
            $record = [Management.Automation.ErrorRecord]::new([Exception]::new("couldn't be found"), '[Server=EX1,RequestId=1,TimeStamp=2] [FailureCategory=Cmdlet-ManagementObjectNotFoundException] 4D5F865E,Microsoft.Exchange.Management.SystemConfigurationTasks.GetAuthConfig', 'NotSpecified', $null)
            $record.CategoryInfo.Reason = 'ManagementObjectNotFoundException'
            $record.CategoryInfo.TargetName = 'Auth Configuration'
            throw $record
        }
        'inner-binding' { Get-Item -NoSuchParameter 1 }
        'inner-missing' { No-SuchCommand }
        default { $Behaviour }
    }
}
Export-ModuleMember -Function Get-AuthConfig, Set-AuthConfig
