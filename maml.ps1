# The same as ./maml, for PowerShell: chooses where TorchSharp comes from, builds when a source changed,
# and runs the program. `.\maml.ps1 test` builds and runs the tests.
# On Linux and macOS it hands over to ./maml; below is Windows, where TorchSharp comes from NuGet alone.
$ErrorActionPreference = 'Stop'
$root = $PSScriptRoot

if ($PSVersionTable.PSEdition -eq 'Core' -and -not $IsWindows) {
    & bash "$root/maml" @args
    exit $LASTEXITCODE
}

function Say([string] $message) { [Console]::Error.WriteLine("maml: $message") }
function Refuse([string] $message) { Say $message; exit 2 }

# dotnet with its output in a log; returns its exit code. No build servers: they would keep the files open.
function Invoke-QuietDotnet([string] $log, [string[]] $arguments) {
    New-Item -ItemType Directory -Force (Split-Path $log) | Out-Null
    $ErrorActionPreference = 'Continue' # what a program writes to stderr is no error of this script
    & dotnet @arguments --disable-build-servers -v quiet *> $log
    return $LASTEXITCODE
}

# Restores a project that wants only the packages in question: a restore tells "not there" from "did not answer".
function Test-Feed {
    $dir = Join-Path $root 'artifacts\probe'
    $log = Join-Path $dir 'restore.log'
    New-Item -ItemType Directory -Force $dir | Out-Null
    $references = Select-String -Path (Join-Path $root 'Directory.Packages.props') `
        -Pattern 'Include="(TorchSharp-cpu|Silk\.NET\.[^"]*)" Version="([^"]*)"' | ForEach-Object {
            $id = $_.Matches[0].Groups[1].Value -replace '^TorchSharp-cpu$', 'TorchSharp'
            '<PackageReference Include="{0}" Version="[{1}]" />' -f $id, $_.Matches[0].Groups[2].Value
        }
    Set-Content (Join-Path $dir 'probe.csproj') ('<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup>' +
        '<TargetFramework>net10.0</TargetFramework></PropertyGroup><ItemGroup>' + ($references -join '') + '</ItemGroup></Project>')
    Say 'asking the NuGet feed for TorchSharp ...'
    $code = Invoke-QuietDotnet $log @('restore', (Join-Path $dir 'probe.csproj'), '--force',
        '-p:ImportDirectoryBuildProps=false', '-p:ImportDirectoryBuildTargets=false', '-p:ImportDirectoryPackagesProps=false')
    if ($code -eq 0) { return 'nuget' }
    $text = Get-Content $log -Raw
    if ($text -match 'NU1301' -or $text -notmatch 'NU110[12]') {
        Refuse "the NuGet feed did not answer (details: $log). Check the network and 'dotnet nuget list source' and run this again, or set MAML_PROVIDER to 'nuget' to skip the question."
    }
    return 'system'
}

# The environment wins, then the choice kept from an earlier run, then the feed is asked.
function Get-Provider {
    $file = Join-Path $root 'Provider.props'
    if ($env:MAML_PROVIDER) {
        if (@('nuget', 'system') -notcontains $env:MAML_PROVIDER) {
            Refuse "MAML_PROVIDER is '$env:MAML_PROVIDER'; it must be 'nuget', 'system', or unset."
        }
        return $env:MAML_PROVIDER
    }
    if (Test-Path $file) {
        if ((Get-Content $file -Raw) -match '<MamlProvider[^>]*>\s*(nuget|system)\s*<') { return $Matches[1] }
        Refuse "$file names no provider. Delete it to have the feed asked again."
    }
    $choice = Test-Feed
    if ($choice -eq 'nuget') {
        Set-Content $file "<Project><PropertyGroup><MamlProvider>$choice</MamlProvider></PropertyGroup></Project>"
        Say "the NuGet feed has TorchSharp: using it (provider 'nuget', kept in Provider.props)."
    }
    return $choice
}

# What else changes the outcome of a build: a variable that the build files read, and the commit that the program names.
function Get-BuildSettings {
    $ErrorActionPreference = 'Continue' # without git, or outside a repository, there is no commit to name
    $commit = ''; $changes = ''
    if (Get-Command git -ErrorAction SilentlyContinue) {
        $commit = git -C $root log -1 '--format=%H' '--' src compat configs Directory.Build.props Directory.Build.targets Directory.Packages.props 2>$null
        if (git -C $root status --porcelain '--' src compat configs Directory.Build.props Directory.Build.targets Directory.Packages.props 2>$null) { $changes = ' with changes' }
    }
    return "Cuda=$env:Cuda commit=$commit$changes"
}

# True when no source is newer than the last good build. A folder's own time changes when a file comes or goes.
function Test-Current([string] $stamp, [string[]] $places) {
    if (-not (Test-Path $stamp) -or "$(Get-Content $stamp -Raw)".Trim() -ne (Get-BuildSettings)) { return $false }
    $built = (Get-Item $stamp).LastWriteTimeUtc
    $existing = $places | ForEach-Object { Join-Path $root $_ } | Where-Object { Test-Path $_ }
    $newer = @($existing | ForEach-Object { Get-Item $_; if (Test-Path $_ -PathType Container) { Get-ChildItem $_ -Recurse } } |
        Where-Object { $_.LastWriteTimeUtc -gt $built } | Select-Object -First 1)
    return $newer.Count -eq 0
}

function Enter-Lock([string] $path) {
    $said = $false
    while ($true) {
        try { return [IO.File]::Open($path, 'OpenOrCreate', 'ReadWrite', 'None') }
        catch [IO.IOException] {
            if (-not $said) { Say 'waiting for another build ...'; $said = $true }
            Start-Sleep -Milliseconds 500
        }
    }
}

function Build-IfChanged([string] $name, [string] $project, [string[]] $places) {
    $stamp = Join-Path $artifacts ".built-$name"
    $log = Join-Path $artifacts "build-$name.log"
    $places += 'Directory.Build.props', 'Directory.Build.targets', 'Directory.Packages.props', 'Provider.props',
        'configs', 'global.json', '.editorconfig', '.globalconfig', 'NuGet.config'
    if (Test-Current $stamp $places) { return }
    New-Item -ItemType Directory -Force $artifacts | Out-Null
    $lock = Enter-Lock (Join-Path $artifacts '.lock')
    try {
        if (Test-Current $stamp $places) { return } # another run may have built while this one waited
        Say "building the $name ..."
        $start = [DateTime]::UtcNow # before the build, so that an edit during it counts as a change
        if ((Invoke-QuietDotnet $log @('build', (Join-Path $root $project), '-c', 'Release')) -ne 0) {
            Select-String -Path $log -Pattern '(^|: )error' | ForEach-Object Line | Sort-Object -Unique |
                Select-Object -First 30 | ForEach-Object { [Console]::Error.WriteLine($_) }
            Say "the build of $project failed (all of its output: $log)."
            exit 1
        }
        Set-Content $stamp (Get-BuildSettings)
        (Get-Item $stamp).LastWriteTimeUtc = $start
    }
    finally { $lock.Dispose() }
}

# Runs every test project in a process of its own and closes with one line of totals; returns the exit code.
function Invoke-Tests([string[]] $options) {
    Build-IfChanged 'tests' 'MamlRobotics.sln' @('src', 'tests')
    $results = Join-Path $artifacts 'test-results'
    if (Test-Path $results) { Remove-Item -Recurse -Force $results }
    $passed = 0; $failed = 0; $skipped = 0
    foreach ($project in Get-ChildItem (Join-Path $root 'tests\*.Tests\*.csproj')) {
        $name = $project.BaseName
        Write-Host $name
        & dotnet test (Join-Path $artifacts "bin\$name\release\MamlRobotics.$name.dll") --results-directory $results `
            --logger "trx;LogFileName=$name.trx" --logger 'console;verbosity=minimal' `
            --blame-hang --blame-hang-timeout 15m --blame-hang-dump-type none --nologo @options | Out-Host
        $code = $LASTEXITCODE
        $trx = Join-Path $results "$name.trx"
        $failedHere = 0
        if (Test-Path $trx) {
            $counters = ([xml](Get-Content $trx -Raw)).TestRun.ResultSummary.Counters
            $passed += [int]$counters.passed
            $failedHere = [int]$counters.failed
            $skipped += [int]$counters.total - [int]$counters.executed
        }
        # A test host that died after its last result still failed.
        if ($code -ne 0 -and $failedHere -eq 0) { Say "$name ended abnormally (exit code $code)."; $failedHere = 1 }
        $failed += $failedHere
    }
    if ($passed + $failed -eq 0) { Say 'no test ran.' }
    $tail = if ($skipped -gt 0) { ", $skipped skipped" } else { '' }
    Write-Host "$passed passed, $failed failed$tail"
    if ($failed -eq 0 -and $passed -gt 0) { return 0 } else { return 1 }
}

if (-not (Get-Command dotnet -ErrorAction SilentlyContinue)) {
    Refuse "the .NET 10 SDK is missing (no 'dotnet' on PATH). Install it from https://dot.net/download and run this again."
}
$provider = Get-Provider
if ($provider -eq 'system') {
    Refuse "this feed has no TorchSharp, and provider 'system' needs Linux. Add a NuGet feed that carries TorchSharp and run this again, or run ./maml in WSL."
}
$artifacts = Join-Path $root "artifacts\$provider"
if ($args.Count -gt 0 -and $args[0] -eq 'test') { exit (Invoke-Tests @($args | Select-Object -Skip 1)) }
Build-IfChanged 'program' 'src\Cli\Cli.csproj' @('src')
& (Join-Path $artifacts 'bin\Cli\release\maml.exe') @args
exit $LASTEXITCODE
