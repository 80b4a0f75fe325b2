# The process that answers for Exchange: started by the first call, asked one request at a time.

function Open-Peer {
    $start = New-Object Diagnostics.ProcessStartInfo 'node', ('"{0}"' -f (Join-Path $PSScriptRoot '../dist/exchange/main.js'))
    $start.UseShellExecute = $false
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    if ($Session -eq 'OnServer') { $start.EnvironmentVariables['SANDBOX_ON_SERVER'] = '1' }
    $process = [Diagnostics.Process]::Start($start)
    $utf8 = New-Object Text.UTF8Encoding $false
    $script:Peer = @{
        process = $process
        nonce   = [guid]::NewGuid().ToString('n')
        writer  = New-Object IO.StreamWriter $process.StandardInput.BaseStream, $utf8
        reader  = New-Object IO.StreamReader $process.StandardOutput.BaseStream, $utf8
        id      = 1
    }
    [void](Request-Peer @{ type = 'open'; protocol = 1; nonce = $Peer.nonce })
    $reply = Request-Peer @{ type = 'connect'; id = 1; connection = @{ kind = 'process' }; userName = ''; password = $null }
    if ($reply.type -ne 'connected') { Close-Peer; throw $reply.message }
}

function Close-Peer {
    if (-not $script:Peer) { return }
    $script:Peer.process.StandardInput.Close()
    $script:Peer = $null
}

# One request and its reply; $null when the process has gone. What stops this pipeline in between leaves an answer
# unread, so that the process is of no use any more.
function Request-Peer($Request) {
    $answered = $false
    try {
        $Peer.writer.WriteLine((ConvertTo-Line $Request))
        $Peer.writer.Flush()
        while ($true) {
            $line = $Peer.reader.ReadLineAsync()
            # A call that only waits in .NET could not be stopped.
            while (-not $line.Wait(50)) { }
            if ($null -eq $line.Result) { return $null }
            if (-not $line.Result.StartsWith("#$($Peer.nonce) ")) { continue }
            $reply = ConvertFrom-Line $line.Result.Substring($Peer.nonce.Length + 2)
            $answered = $true
            return $reply
        }
    } catch [IO.IOException] {
        return $null
    } finally {
        if (-not $answered) { Close-Peer }
    }
}

# The seconds are the caller's own business: whoever runs the pipeline stops it.
function Invoke-Peer([string]$Cmdlet, $Parameters) {
    if (-not $script:Peer -or $script:Peer.process.HasExited) { Open-Peer }
    $Peer.id++
    Request-Peer @{ type = 'invoke'; id = $Peer.id; cmdlet = $Cmdlet; parameters = $Parameters; timeoutSeconds = 3600 }
}
