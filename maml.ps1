# What ./maml does, for PowerShell 5.1 and later: builds when a source changed, and runs the program.
# `./maml.ps1 test` builds and runs the tests. Unlike ./maml it installs nothing that drawing needs of the system.
# Everything that this script says goes to stderr; stdout belongs to the program.
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $false
$root = $PSScriptRoot
$artifacts = Join-Path $root 'artifacts'
$sources = 'src', 'compat', 'configs', 'Directory.Build.props', 'Directory.Build.targets', 'Directory.Packages.props'

function Say([string] $message) { [Console]::Error.WriteLine("maml: $message") }
function Refuse([string] $message) { Say $message; exit 2 }
trap [UnauthorizedAccessException] {
    Refuse "$root cannot be written by this user, and there is something to set up or build. Run this once as its owner."
}

function Assert-Sdk {
    $ErrorActionPreference = 'Continue' # what a program writes to stderr is no error of this script
    if (-not (Get-Command dotnet -CommandType Application -ErrorAction SilentlyContinue)) {
        Refuse "the .NET 10 SDK is missing (no 'dotnet' on PATH). Install it from https://dot.net/download and run this again."
    }
    Set-Home
    Push-Location -LiteralPath $root # global.json counts from here
    try { $answer = @(& dotnet --version 2>&1) } finally { Pop-Location }
    if ($LASTEXITCODE -eq 0) { return }
    if ("$answer" -match 'compatible.*SDK|No \.NET SDK') {
        Refuse ("'dotnet' is there, but no SDK that global.json accepts (10.0.100 or later). " +
            'Install it from https://dot.net/download and run this again.')
    }
    Refuse "'dotnet --version' fails: $($answer | Select-Object -First 1)"
}

# dotnet refuses to run without a home that it can write to, which a user of a container may lack.
function Set-Home {
    if ($env:OS -eq 'Windows_NT' -or $env:DOTNET_CLI_HOME) { return }
    if ($env:HOME) { & test -d $env:HOME -a -w $env:HOME; if ($LASTEXITCODE -eq 0) { return } }
    $env:DOTNET_CLI_HOME = Join-Path ([IO.Path]::GetTempPath()) "maml-home-$(& id -u)"
    & mkdir -p -m 700 $env:DOTNET_CLI_HOME
    & test -O $env:DOTNET_CLI_HOME
    if ($LASTEXITCODE -ne 0) {
        Refuse "$env:HOME cannot be written, and neither can $env:DOTNET_CLI_HOME. Set DOTNET_CLI_HOME to a folder of yours."
    }
}

# dotnet with its output in a log; returns its exit code. No build servers: they would outlive this script and keep its files
# open. Variables that MSBuild would take for properties are kept from it.
function Invoke-QuietDotnet([string] $log, [string[]] $arguments) {
    $ErrorActionPreference = 'Continue'
    [void][IO.Directory]::CreateDirectory((Split-Path $log))
    $hidden = @(Get-ChildItem Env: | Where-Object { 'Platform', 'Configuration', 'OutDir', 'OutputPath' -contains $_.Name })
    try {
        $hidden | ForEach-Object { Remove-Item "Env:$($_.Name)" }
        Set-Content -LiteralPath $log -Encoding UTF8 @(& dotnet @arguments --disable-build-servers -v quiet 2>&1)
        return $LASTEXITCODE
    }
    finally { $hidden | ForEach-Object { Set-Item "Env:$($_.Name)" $_.Value } }
}

# Some feeds lack Silk.NET.Windowing and Silk.NET.Input. Restore cannot fall back by itself, so the feed is asked once and
# the answer kept. The environment wins, then the answer kept.
function Select-Windowing {
    $file = Join-Path $root 'Feed.props'
    $choices = 'package', 'subset'
    if ($env:SilkNetWindowing) {
        if ($choices -ccontains $env:SilkNetWindowing) { return }
        Refuse "SilkNetWindowing is '$env:SilkNetWindowing'; it must be 'package', 'subset', or unset."
    }
    if (Test-Path -LiteralPath $file) {
        if ([IO.File]::ReadAllText($file) -cmatch '<SilkNetWindowing[^>]*>\s*([^<\s]*)' -and $choices -ccontains $Matches[1]) { return }
        Refuse "$file names no choice that this version knows. Delete it to have the feed asked again."
    }
    Say 'asking the NuGet feed for Silk.NET.Windowing and Silk.NET.Input ...'
    $windowing = Get-FeedAnswer
    [IO.File]::WriteAllText("$file.$PID", "<!-- Written by ./maml.ps1 after asking the NuGet feed. Delete it to ask again. -->`n" +
        "<Project><PropertyGroup><SilkNetWindowing Condition=`"'`$(SilkNetWindowing)' == ''`">$windowing</SilkNetWindowing>" +
        "</PropertyGroup></Project>`n")
    Move-Item -LiteralPath "$file.$PID" $file -Force
    $glfw = if ($env:OS -eq 'Windows_NT') { 'glfw3.dll, which has to be on PATH' } else { "this system's GLFW" }
    if ($windowing -eq 'subset') { Say "the feed lacks them: windows come from compat/SilkNet over $glfw (kept in Feed.props)." }
}

# Restores a project that wants only the packages in question: a restore tells "not there" from "did not answer".
function Get-FeedAnswer {
    $project = Join-Path $artifacts 'probe/probe.csproj'
    $log = Join-Path $artifacts 'probe/restore.log'
    [void][IO.Directory]::CreateDirectory((Split-Path $project))
    $references = Select-String -LiteralPath (Join-Path $root 'Directory.Packages.props') `
        -Pattern 'Include="(Silk\.NET\.(?:Windowing|Input))" Version="([^"]*)"' | ForEach-Object {
            '<PackageReference Include="{0}" Version="[{1}]" />' -f $_.Matches[0].Groups[1].Value, $_.Matches[0].Groups[2].Value
        }
    [IO.File]::WriteAllText($project, '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework>' +
        "</PropertyGroup><ItemGroup>$references</ItemGroup></Project>")
    $code = Invoke-QuietDotnet $log @('restore', $project, '--force', '-p:ImportDirectoryBuildProps=false',
        '-p:ImportDirectoryBuildTargets=false', '-p:ImportDirectoryPackagesProps=false')
    if ($code -eq 0) { return 'package' }
    $text = [IO.File]::ReadAllText($log)
    if ($text -match 'NU110[12]' -and $text -notmatch 'NU1301') { return 'subset' }
    Refuse ("the NuGet feed did not answer (details: $log). Check the network and 'dotnet nuget list source' and run this again, " +
        "or set SilkNetWindowing to 'package' or 'subset' to skip the question.")
}

# What else changes the outcome of a build: variables that the build files read, and the commit that the program names.
function Get-BuildSettings {
    $ErrorActionPreference = 'Continue' # without git, or outside a repository, there is no commit to name
    $commit = ''
    if (Get-Command git -ErrorAction SilentlyContinue) {
        # git refuses to read a repository of another user unless it is told that this one is safe. Only text is read from it.
        $reading = '--no-optional-locks', '-c', "safe.directory=$($root -replace '\\', '/')", '-C', $root
        $commit = "$(git @reading log -1 '--format=%H' '--' $sources 2>$null)"
        if (git @reading status --porcelain '--' $sources 2>$null) { $commit += ' with changes' }
    }
    return "SilkNetWindowing=$env:SilkNetWindowing Cuda=$env:Cuda commit=$commit"
}

# A folder's own time changes when a file in it comes or goes, so folders count too.
function Test-Current([string] $name) {
    $stamp = Join-Path $artifacts ".built-$name"
    if (-not (Test-Path -LiteralPath (Join-Path $artifacts 'bin/Cli')) -or -not (Test-Path -LiteralPath $stamp)) { return $false }
    # Where git tells no commit (there is none, or an old one refuses), the times of the sources have to do.
    $built = [IO.File]::ReadAllText($stamp).Trim()
    $present = (Get-BuildSettings).Trim()
    if ($built -cne $present -and ($built -replace ' commit=.*', ' commit=') -cne $present) { return $false }
    $places = $sources + @('BannedSymbols.txt', 'Feed.props', 'global.json', '.editorconfig',
        '.globalconfig', 'NuGet.config', 'nuget.config')
    if ($name -eq 'tests') { $places += 'tests', 'examples' }
    $places = $places | ForEach-Object { Join-Path $root $_ } | Where-Object { Test-Path -LiteralPath $_ }
    $time = [IO.File]::GetLastWriteTimeUtc($stamp)
    $entries = @(Get-Item -LiteralPath $places -Force) + @(Get-ChildItem -LiteralPath $places -Recurse -Force)
    return @($entries | Where-Object { $_.LastWriteTimeUtc -gt $time }).Count -eq 0
}

# One build at a time; where ./maml has flock, the two scripts wait for each other.
function Enter-Lock([string] $path) {
    $waiting = $false
    while ($true) {
        try { return [IO.File]::Open($path, 'OpenOrCreate', 'ReadWrite', 'None') }
        catch [IO.IOException] {
            if (-not $waiting) { Say 'waiting for another build ...' }
            $waiting = $true
            Start-Sleep -Milliseconds 500
        }
    }
}

# The name distinguishes the stamps of the program and of the tests. ./maml keeps the same stamps.
function Build-IfChanged([string] $name, [string] $project) {
    if (Test-Current $name) { return }
    [void][IO.Directory]::CreateDirectory($artifacts)
    $lock = Enter-Lock (Join-Path $artifacts '.lock')
    try {
        if (Test-Current $name) { return } # another run may have built while this one waited
        Say "building the $name ..."
        $stamp = Join-Path $artifacts ".built-$name"
        $log = Join-Path $artifacts "build-$name.log"
        [IO.File]::WriteAllText("$stamp.start", "$(Get-BuildSettings)`n") # before the build, so that an edit during it counts as a change
        $code = Invoke-QuietDotnet $log @('build', (Join-Path $root $project), '-c', 'Release')
        if ($code -ne 0) { Stop-FailedBuild $project $log $stamp }
        Move-Item -LiteralPath "$stamp.start" $stamp -Force
        # The tests build the program too.
        if ($name -eq 'tests') { Copy-Item -LiteralPath $stamp (Join-Path $artifacts '.built-program') -Force }
    }
    finally { $lock.Dispose() }
}

function Write-BuildErrors([string] $log, [string] $text) {
    $lines = @(($text -split '\r?\n') -match '(^|: )error' | Sort-Object -Unique -CaseSensitive | Select-Object -First 30)
    if ($lines.Count -eq 0) { $lines = @(Get-Content -LiteralPath $log -Tail 30) }
    $lines | ForEach-Object { [Console]::Error.WriteLine($_) }
}

function Stop-FailedBuild([string] $project, [string] $log, [string] $stamp) {
    if (Test-Path -LiteralPath $stamp) { Remove-Item -LiteralPath $stamp -Force }
    $text = [IO.File]::ReadAllText($log)
    if ($text -match 'error NU110[12]: .* package (TorchSharp-[a-z-]+)') { Stop-MissingPackage $Matches[1] }
    Write-BuildErrors $log $text
    Say "the build of $project failed (all of its output: $log)."
    exit 1
}

function Stop-MissingPackage([string] $package) {
    $versions = [IO.File]::ReadAllText((Join-Path $root 'Directory.Packages.props'))
    $version = [regex]::Match($versions, "Include=`"$package`" Version=`"([^`"]*)`"").Groups[1].Value
    $wanted = ''; $way = ''
    if ($env:Cuda) { $wanted = ", which Cuda=$env:Cuda asks for"; $way = ', or leave Cuda out to compute on the CPU' }
    Refuse "the NuGet feed has no $package $version$wanted. Add a feed that has it (dotnet nuget add source URL)$way."
}

function Write-PythonUsage {
    @'
Usage: ./maml.ps1 python

Builds the native library of the Python package in python/maml_robotics, for this machine (docs/python.md). Afterwards set
PYTHONPATH to the folder python and run: python -m maml_robotics.benchmark
'@
}

# Never returns.
function Invoke-PythonBuild([string[]] $options) {
    if ($options -and '-h', '--help', '-?' -ccontains $options[0]) { Write-PythonUsage; exit 0 }
    if ($options) { Refuse "python takes no arguments, and '$($options[0])' is one." }
    [void][IO.Directory]::CreateDirectory($artifacts)
    $lock = Enter-Lock (Join-Path $artifacts '.lock')
    try {
        $log = Join-Path $artifacts 'build-python.log'
        Say 'building the native library, which takes a minute ...'
        $code = Invoke-QuietDotnet $log @('publish', (Join-Path $root 'src/Native/Native.csproj'), '-c', 'Release', '-p:Aot=true')
        if ($code -ne 0) { Stop-FailedPython $log }
    }
    finally { $lock.Dispose() }
    Say 'built. Set PYTHONPATH to the folder python and run: python -m maml_robotics.benchmark'
    exit 0
}

function Stop-FailedPython([string] $log) {
    $text = [IO.File]::ReadAllText($log)
    if ($text -match 'error NU110[12]: .*ILCompiler') {
        Refuse ("the NuGet feed has no Microsoft.DotNet.ILCompiler of this SDK's version. " +
            'Add a feed that has it (dotnet nuget add source URL).')
    }
    if ($text -match 'Platform linker') {
        Refuse 'making a native library takes a C++ compiler. Install Visual Studio with "Desktop development with C++", or gcc, and run this again.'
    }
    Write-BuildErrors $log $text
    Say "the native library was not built (all of the output: $log)."
    exit 1
}

function Write-TestUsage {
    @'
Usage: ./maml.ps1 test [options of dotnet test]

Builds and runs all the tests and ends with "N passed, N failed". Examples:
  ./maml.ps1 test
  ./maml.ps1 test --filter FullyQualifiedName~Envs
'@
}

# Never returns: exits 0 when something passed and nothing failed.
function Invoke-Tests([string[]] $options) {
    if ($options -and '-h', '--help', '-?' -ccontains $options[0]) { Write-TestUsage; exit 0 }
    Build-IfChanged tests MamlRobotics.sln
    $results = Join-Path $artifacts 'test-results'
    if (Test-Path -LiteralPath $results) { Remove-Item -LiteralPath $results -Recurse -Force }
    # As in ./maml test: what makes many short processes cheaper, and two projects at a time.
    ($env:DOTNET_TieredPGO, $env:DOTNET_EnableWriteXorExecute, $env:DOTNET_GCgen0size) = '0', '0', '0x1000000'
    $total = @{ passed = 0; failed = 0; skipped = 0 }
    $jobs = @()
    foreach ($name in Get-TestProjects) {
        while (@($jobs | Where-Object { $_.State -eq 'Running' }).Count -ge 2) { Start-Sleep -Milliseconds 200 }
        Say "$name runs ..."
        $jobs += Start-TestProject $name $results $options
    }
    foreach ($job in $jobs) { Add-TestCounts $job $results }
    if ($total.passed + $total.failed -eq 0) { Say 'no test ran.' }
    $tail = if ($total.skipped -gt 0) { ", $($total.skipped) skipped" }
    "$($total.passed) passed, $($total.failed) failed$tail"
    exit [int]($total.failed -gt 0 -or $total.passed -eq 0)
}

function Get-TestProjects {
    foreach ($folder in 'compat', 'tests' | ForEach-Object { Join-Path $root $_ } | Where-Object { Test-Path -LiteralPath $_ }) {
        $projects = Get-ChildItem -LiteralPath $folder -Recurse -Depth 1 -Filter *.csproj
        $projects | Where-Object { $_.Directory.Name -like '*.Tests' } | Sort-Object BaseName | ForEach-Object { $_.BaseName }
    }
}

# Runs one project in a process of its own, so that a crash costs one project's results and no more. What it says is shown
# when it ends, as another project runs meanwhile; its exit code comes last.
function Start-TestProject([string] $name, [string] $results, [string[]] $options) {
    $assembly = Join-Path $artifacts "bin/$name/release/MamlRobotics.$name.dll"
    Start-Job -Name $name -ArgumentList $name, $assembly, $results, $options, $root -ScriptBlock {
        param([string] $name, [string] $assembly, [string] $results, [string[]] $options, [string] $root)
        Set-Location -LiteralPath $root
        & dotnet test $assembly --results-directory $results --logger "trx;LogFileName=$name.trx" `
            --logger 'console;verbosity=minimal' --blame-hang --blame-hang-timeout 15m --blame-hang-dump-type none --nologo @options 2>&1 |
            ForEach-Object { "$_" }
        $LASTEXITCODE
    }
}

# Waits for a project and adds its counts. They come from the result file: the console's wording follows the language.
function Add-TestCounts($job, [string] $results) {
    $lines = @(Receive-Job $job -Wait)
    $job.Name
    $lines | Select-Object -SkipLast 1
    $code = $lines | Select-Object -Last 1
    $file = Join-Path $results "$($job.Name).trx"
    $counters = if (Test-Path -LiteralPath $file) { [regex]::Match([IO.File]::ReadAllText($file), '<Counters [^>]*').Value }
    $failed = Get-Counter $counters failed
    $total.passed += Get-Counter $counters passed
    $total.skipped += (Get-Counter $counters total) - (Get-Counter $counters executed)
    # A test host that died after its last result still failed.
    if ($code -ne 0 -and $failed -eq 0) {
        Say "$($job.Name) ended abnormally (exit code $code)."
        $failed = 1
    }
    $total.failed += $failed
}

function Get-Counter([string] $counters, [string] $name) {
    if ($counters -match " $name=`"(\d+)`"") { return [int]$Matches[1] }
    return 0
}

# The arguments as they were typed: PowerShell makes a list of what has commas, and before 7.3 hands on neither quotes nor
# empty arguments.
function Get-Arguments([object[]] $given) {
    foreach ($argument in $given) {
        $text = $argument -join ','
        if ('', 'Legacy' -contains "$PSNativeCommandArgumentPassing") {
            $text = $text -replace '(\\*)"', '$1$1\"' -replace '(\s.*[^\\])(\\+)$', '$1$2$2' -replace '^$', '""'
        }
        $text
    }
}

Assert-Sdk
$arguments = @(Get-Arguments $args)
if ($arguments.Count -gt 0 -and $arguments[0] -ceq 'python') { Invoke-PythonBuild @($arguments | Select-Object -Skip 1) }
Select-Windowing
if ($arguments.Count -gt 0 -and $arguments[0] -ceq 'test') { Invoke-Tests @($arguments | Select-Object -Skip 1) }
Build-IfChanged program src/Cli/Cli.csproj
& dotnet (Join-Path $artifacts 'bin/Cli/release/maml.dll') @arguments
exit $LASTEXITCODE
