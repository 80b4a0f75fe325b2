# Whether scripts keep to what Windows PowerShell 5.1 has: its syntax, its commands and .NET Framework 4.8, by the parser
# of the PowerShell that runs this and reference assemblies. Prints a line a finding. What 5.1 lacks is taken from what
# PowerShell 6 to 7.6 added; 5.1 itself was never run. Blind for overloads of instance methods, and for behaviour.
param([string]$References, [string[]]$Path, [string[]]$Own = @())
$ErrorActionPreference = 'Stop'

$BannedTokens = 'QuestionMark', 'QuestionQuestion', 'QuestionQuestionEquals', 'QuestionDot', 'QuestionLBracket', 'AndAnd', 'OrOr', 'Clean'
$Nodes = 'TernaryExpressionAst', 'PipelineChainAst'
$Variables = 'IsWindows', 'IsLinux', 'IsMacOS', 'IsCoreCLR', 'PSStyle', 'PSNativeCommandUseErrorActionPreference', 'PSNativeCommandArgumentPassing'
# A closed list: the commands that these scripts use, with 5.1's parameters.
$Commands = @{
    'Add-Member' = 'InputObject', 'MemberType', 'Name', 'Value', 'Force', 'PassThru'
    'ConvertFrom-Json' = , 'InputObject'
    'ConvertTo-Json' = 'InputObject', 'Depth', 'Compress'
    'Export-ModuleMember' = , 'Function'
    'ForEach-Object' = @()
    'Get-Item' = , 'LiteralPath'
    'Join-Path' = @()
    'New-Object' = , 'Property'
    'Out-Null' = @()
    'Restart-Service' = , 'Name'
    'Split-Path' = , 'LiteralPath'
    'Start-Sleep' = , 'Seconds'
    'Where-Object' = @()
}
$Accelerators = @{
    'initialsessionstate' = 'System.Management.Automation.Runspaces.InitialSessionState'; 'powershell' = 'System.Management.Automation.PowerShell'
    'runspacefactory' = 'System.Management.Automation.Runspaces.RunspaceFactory'; 'psobject' = 'System.Management.Automation.PSObject'
    'pscustomobject' = 'System.Management.Automation.PSObject'; 'switch' = 'System.Management.Automation.SwitchParameter'; 'ordered' = 'System.Object'
    'regex' = 'System.Text.RegularExpressions.Regex'; 'scriptblock' = 'System.Management.Automation.ScriptBlock'; 'uri' = 'System.Uri'
    'securestring' = 'System.Security.SecureString'; 'xml' = 'System.Xml.XmlDocument'; 'psnoteproperty' = 'System.Management.Automation.PSNoteProperty'
    'CmdletBinding' = 'System.Management.Automation.CmdletBindingAttribute'; 'Parameter' = 'System.Management.Automation.ParameterAttribute'
    'ValidateSet' = 'System.Management.Automation.ValidateSetAttribute'; 'AllowNull' = 'System.Management.Automation.AllowNullAttribute'
    'AllowEmptyString' = 'System.Management.Automation.AllowEmptyStringAttribute'; 'int' = 'System.Int32'; 'long' = 'System.Int64'; 'bool' = 'System.Boolean'
    'int16' = 'System.Int16'; 'uint16' = 'System.UInt16'; 'uint32' = 'System.UInt32'; 'array' = 'System.Array'; 'ref' = 'System.Management.Automation.PSReference'; 'hashtable' = 'System.Collections.Hashtable'
    'void' = 'System.Void'; 'byte' = 'System.Byte'; 'sbyte' = 'System.SByte'; 'char' = 'System.Char'; 'string' = 'System.String'
}
# Used by the bridge only after it has looked at PowerShell's version.
$Beyond = 'Management.Automation.Runspaces.PowerShellProcessInstance', 'CreateOutOfProcessRunspace'
# PowerShell's own methods of collections.
$Intrinsic = 'Where', 'ForEach'

[void][Reflection.Assembly]::LoadFrom((Get-ChildItem "$References/system.reflection.metadataloadcontext/*/lib/net10.0/System.Reflection.MetadataLoadContext.dll").FullName)
$framework = (Get-ChildItem "$References/microsoft.netframework.referenceassemblies.net48/*/build/.NETFramework/v4.8" -Directory).FullName | Select-Object -First 1
$assemblies = @('mscorlib', 'System', 'System.Core', 'System.Xml', 'System.Security' | ForEach-Object { "$framework/$_.dll" })
$assemblies += (Get-ChildItem "$References/powershellstandard.library/*/lib/net452/System.Management.Automation.dll").FullName
# Their members name types of others.
$others = (Get-ChildItem "$framework/*.dll").FullName | Where-Object { $assemblies -notcontains $_ }
$resolver = [Reflection.PathAssemblyResolver]::new([string[]]($assemblies + $others))
$context = [Reflection.MetadataLoadContext]::new($resolver, 'mscorlib')
$types = [Collections.Generic.Dictionary[string, object]]::new([StringComparer]::OrdinalIgnoreCase)
$names = [Collections.Generic.HashSet[string]]::new([StringComparer]::OrdinalIgnoreCase)
foreach ($assembly in $assemblies) {
    foreach ($type in $context.LoadFromAssemblyPath($assembly).GetExportedTypes()) {
        $types[$type.FullName] = $type
        foreach ($member in $type.GetMembers('Public,Instance,Static,DeclaredOnly')) { [void]$names.Add($member.Name) }
    }
}

function Find-Type([string]$Name) {
    $plain = $Name -replace '\[\]$', ''
    foreach ($candidate in $plain, "System.$plain", $Accelerators[$plain]) { if ($candidate -and $types.ContainsKey($candidate)) { return $types[$candidate] } }
}

function Test-TypeName($TypeName) {
    if ($TypeName -is [Management.Automation.Language.ArrayTypeName]) { return Test-TypeName $TypeName.ElementType }
    if ($TypeName -is [Management.Automation.Language.GenericTypeName]) {
        $open = $TypeName.TypeName.FullName + '`' + $TypeName.GenericArguments.Count
        return [bool](Find-Type $open) -and @($TypeName.GenericArguments | Where-Object { -not (Test-TypeName $_) }).Count -eq 0
    }
    [bool](Find-Type $TypeName.FullName)
}

function Find-ParseError([string]$File) {
    $tokens = $null; $errors = $null
    $ast = [Management.Automation.Language.Parser]::ParseFile($File, [ref]$tokens, [ref]$errors)
    foreach ($parseError in $errors) { @{ at = $parseError.Extent; what = $parseError.Message } }
    if ([Text.Encoding]::Latin1.GetString([IO.File]::ReadAllBytes($File)) -match '[^\x00-\x7e]') { @{ at = $ast.Extent; what = 'a byte that is not ASCII' } }
    $line = 0
    foreach ($token in $tokens) {
        if ($BannedTokens -contains $token.Kind.ToString()) { @{ at = $token.Extent; what = "the sign $($token.Text)" } }
        if ($token.Kind -eq 'Number' -and $token.Text -match '^0b|\d(u|us|ul|uy|y|s|n)$' -and $token.Text -notmatch '^0x') { @{ at = $token.Extent; what = "the number $($token.Text)" } }
        if ($token.Kind -eq 'Variable' -and $token.Text.EndsWith('?')) { @{ at = $token.Extent; what = "the variable $($token.Text)" } }
        if ($token.Kind -eq 'Pipe' -and $token.Extent.StartLineNumber -gt $line) { @{ at = $token.Extent; what = 'a line that begins with a pipe' } }
        if ($token.Kind -eq 'StringExpandable' -and $token.Text -match '(?<!`)(``)*`(e|u\{)') { @{ at = $token.Extent; what = "the escape $($Matches[2])" } }
        if ($token.Kind -ne 'NewLine' -and $token.Kind -ne 'Comment') { $line = $token.Extent.EndLineNumber }
    }
    $functions = @($ast.FindAll({ $args[0] -is [Management.Automation.Language.FunctionDefinitionAst] }, $true))
    $known = @($functions.Name) + $Own
    foreach ($node in $ast.FindAll({ $true }, $true)) {
        $what = switch ($node.GetType().Name) {
            { $Nodes -contains $_ } { "the syntax $_" }
            'PipelineAst' { if ($node.PSObject.Properties['Background'] -and $node.Background) { 'a background job' } }
            'ConstantExpressionAst' { if ($node.Value.GetType().Name -notin 'Int32', 'Int64', 'Double', 'Decimal', 'String') { "a number of type $($node.Value.GetType().Name)" } }
            'VariableExpressionAst' {
                $name = $node.VariablePath.UserPath
                if ($Variables -contains $name) { "the variable $name" }
                # PowerShell itself would read standard input, wherever the name stands at the script's own level.
                if ($name -eq 'input') {
                    $around = @($functions | Where-Object { $_.Extent.StartOffset -le $node.Extent.StartOffset -and $_.Extent.EndOffset -ge $node.Extent.EndOffset })
                    if ($around.Count -eq 0) { 'the variable input at script level' }
                }
            }
            'CommandAst' {
                $name = $node.GetCommandName()
                if ($name -and $known -notcontains $name -and $name -notlike '*.ps1') {
                    if (-not $Commands.ContainsKey($name)) { "the command $name, which is not on the list" }
                    else {
                        foreach ($element in $node.CommandElements) {
                            if ($element -is [Management.Automation.Language.CommandParameterAst] -and $Commands[$name] -notcontains $element.ParameterName) { "the parameter $name -$($element.ParameterName)" }
                        }
                        $first = $node.CommandElements[1]
                        if ($name -eq 'New-Object' -and $first -is [Management.Automation.Language.StringConstantExpressionAst]) {
                            $typeName = [Management.Automation.Language.Parser]::ParseInput("[$($first.Value)]", [ref]$null, [ref]$null).Find({ $args[0] -is [Management.Automation.Language.TypeExpressionAst] }, $true)
                            if (-not $typeName -or -not (Test-TypeName $typeName.TypeName)) { "the type $($first.Value)" }
                        }
                    }
                }
            }
            { $_ -in 'TypeExpressionAst', 'TypeConstraintAst', 'AttributeAst' } { if (-not (Test-TypeName $node.TypeName)) { "the type $($node.TypeName.FullName)" } }
            { $_ -in 'MemberExpressionAst', 'InvokeMemberExpressionAst' } {
                if ($node.PSObject.Properties['NullConditional'] -and $node.NullConditional) { 'a null-conditional member' }
                if ($node.PSObject.Properties['GenericTypeArguments'] -and $node.GenericTypeArguments) { 'a generic method call' }
                $member = if ($node.Member -is [Management.Automation.Language.StringConstantExpressionAst]) { $node.Member.Value }
                $type = if ($node.Static -and $node.Expression -is [Management.Automation.Language.TypeExpressionAst]) { Find-Type $node.Expression.TypeName.FullName }
                if ($member -and $member -ne 'new' -and $type) {
                    $found = @($type.GetMember($member, 'Public,Static,FlattenHierarchy,IgnoreCase'))
                    if ($node -is [Management.Automation.Language.InvokeMemberExpressionAst]) { $found = @($found | Where-Object { $_ -is [Reflection.MethodInfo] -and $_.GetParameters().Count -eq @($node.Arguments).Where({ $null -ne $_ }).Count }) }
                    if ($found.Count -eq 0) { "the member [$($node.Expression.TypeName.FullName)]::$member" }
                } elseif ($member -and -not $node.Static -and $node -is [Management.Automation.Language.InvokeMemberExpressionAst] -and -not $names.Contains($member) -and $Intrinsic -notcontains $member) { "the method $member" }
            }
        }
        foreach ($text in $what) { if ($text -and -not ($Beyond | Where-Object { $text.EndsWith($_) })) { @{ at = $node.Extent; what = $text } } }
    }
}

foreach ($file in $Path) {
    foreach ($parseError in Find-ParseError $file) { '{0}:{1}: {2}' -f [IO.Path]::GetFileName($file), $parseError.at.StartLineNumber, $parseError.what }
}
