#!/usr/bin/env bash
# Packs the projects and the tool, and uses them as a stranger would: installed from a folder of packages into an empty project outside the
# repository, with a package cache of their own for what is packed here. Prints the seconds of each part.
# Usage: scripts/try-packages.sh [FOLDER for the packages]
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd -P)
work=$(mktemp -d "${TMPDIR:-/tmp}/maml-packages.XXXXXX")
trap 'rm -rf "$work"' EXIT
packages=${1:-$work/packages}
mkdir -p "$packages"

part() { echo "$1: $((SECONDS - since)) s"; since=$SECONDS; }
since=$SECONDS

# Builds the program, and asks the feed once whether it has Silk.NET.Windowing.
"$root/maml" help >/dev/null
projects=(Envs Policies MetaLearning MetaRL FewShot Viewer Cli)
for project in "${projects[@]}"; do
    dotnet pack "$root/src/$project/$project.csproj" -c Release -o "$packages" -p:ContinuousIntegrationBuild=true -v quiet --nologo
done
[ "$(dotnet msbuild "$root/src/Viewer/Viewer.csproj" -getProperty:SilkNetWindowing)" != subset ] ||
    dotnet pack "$root/compat/SilkNet/SilkNet.Compat.csproj" -c Release -o "$packages" -v quiet --nologo
ls -sh "$packages"
part "packed"

# Packages of an earlier try have the same version: they must not come from the user's cache.
mkdir "$work/project"
cd "$work/project"
for package in maml "${projects[@]/#/MamlRobotics.}" MamlRobotics.SilkNet.Compat; do
    rm -rf "${NUGET_PACKAGES:-$HOME/.nuget/packages}/${package,,}"
done
dotnet new console --no-restore >/dev/null
dotnet new nugetconfig >/dev/null
dotnet nuget add source "$packages" --name packed >/dev/null
cp "$root/examples/FromPackages/Program.cs" .
dotnet add package MamlRobotics.MetaRL >/dev/null
part "installed from nothing"
dotnet run -c Release
part "built and ran"

dotnet tool install maml --tool-path "$work/tools" --add-source "$packages" >/dev/null
part "installed the tool"
"$work/tools/maml" envs maml-nav | head -n 3
part "ran the tool"
