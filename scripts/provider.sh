# Sourced by maml: which provider of TorchSharp (and Silk.NET) this machine uses, and what that needs.

# Sets $provider. The environment wins, then the choice kept from an earlier run, then the feed is asked.
choose_provider() {
    local file="$root/Provider.props"
    provider=${MAML_PROVIDER:-}
    case $provider in
    nuget | system) return ;;
    '') ;;
    *) refuse "MAML_PROVIDER is '$provider'; it must be 'nuget', 'system', or unset." ;;
    esac
    if [ -f "$file" ]; then
        provider=$(sed -n 's:.*<MamlProvider[^>]*>[[:space:]]*\([^<[:space:]]*\).*:\1:p' "$file" | head -n 1)
        case $provider in
        nuget | system) return ;;
        *) refuse "$file names no provider. Delete it to have the feed asked again." ;;
        esac
    fi
    need_writable
    probe_feed
    printf '%s\n' '<!-- Written by ./maml after asking the NuGet feed. Delete it to ask again. -->' \
        "<Project><PropertyGroup><MamlProvider>$provider</MamlProvider></PropertyGroup></Project>" >"$file.$$"
    mv -f "$file.$$" "$file"
    case $provider in
    nuget) say "the NuGet feed has TorchSharp: using it (provider 'nuget', kept in Provider.props)." ;;
    system) say "the NuGet feed has no TorchSharp: using this machine's libtorch (provider 'system', kept in Provider.props)." ;;
    esac
}

# Restores a project that wants only the packages in question. A restore, not a search: it works on
# every kind of feed, obeys the same NuGet.config, and tells "not there" from "did not answer".
probe_feed() {
    local dir="$root/artifacts/probe" log version
    log="$dir/restore.log"
    mkdir -p "$dir"
    version=$(sed -n 's:.*Include="TorchSharp-cpu" Version="\([^"]*\)".*:\1:p' "$root/Directory.Packages.props")
    {
        echo '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup><ItemGroup>'
        echo "<PackageReference Include=\"TorchSharp\" Version=\"[$version]\" />"
        sed -n 's:.*Include="\(Silk\.NET\.[^"]*\)" Version="\([^"]*\)".*:<PackageReference Include="\1" Version="[\2]" />:p' \
            "$root/Directory.Packages.props"
        echo '</ItemGroup></Project>'
    } >"$dir/probe.csproj"
    say "asking the NuGet feed for TorchSharp $version ..."
    if limit 120 quiet_dotnet "$log" restore "$dir/probe.csproj" --force -p:ImportDirectoryBuildProps=false \
        -p:ImportDirectoryBuildTargets=false -p:ImportDirectoryPackagesProps=false; then
        provider=nuget
    elif grep -q 'NU1301' "$log" || ! grep -qE 'NU110[12]' "$log"; then
        refuse "the NuGet feed did not answer (details: $log). Check the network and 'dotnet nuget list source' and run" \
            "this again, or set MAML_PROVIDER to 'nuget' or 'system' to skip the question."
    else
        provider=system
    fi
}

# Runs a function for at most so many seconds; macOS has no timeout(1), and timeout(1) knows no functions.
limit() {
    local seconds=$1 work watch status=0
    shift
    "$@" &
    work=$!
    # The sleep holds no stream, so a pipe around this script ends with it.
    { sleep "$seconds"; pkill -P "$work"; kill "$work"; } >/dev/null 2>&1 </dev/null &
    watch=$!
    wait "$work" || status=$?
    { pkill -P "$watch" || true; kill "$watch" || true; wait "$watch" || true; } 2>/dev/null
    return $status
}

# Provider 'system': libtorch and a tool chain from Debian. Costs a few milliseconds when all is there.
install_system_packages() {
    local wanted missing=() package log="$root/artifacts/install.log" blas
    [ "$(uname -s)" = Linux ] ||
        refuse "this feed has no TorchSharp, and provider 'system' needs Linux. Add a NuGet feed that carries TorchSharp, delete Provider.props, and run this again."
    if ! command -v dpkg-query >/dev/null; then
        command -v cmake >/dev/null && command -v c++ >/dev/null ||
            refuse "provider 'system' needs libtorch, OpenBLAS, CMake and a C++ compiler. Install them with this system's package manager and run this again."
        return 0
    fi
    wanted='libopenblas0-pthread cmake make g++'
    # TORCH_ROOT names another libtorch, such as the folder of Python's torch package. Debian's own for a GPU would be
    # removed by the one without.
    [ -n "${TORCH_ROOT:-}" ] || is_installed libtorch-cuda-dev || is_installed libtorch-rocm-dev || wanted="libtorch-dev $wanted"
    [ ! -d "$root/src/Viewer" ] || wanted="$wanted libglfw3 libegl1 libegl-mesa0 libgl1-mesa-dri"
    for package in $wanted; do
        is_installed "$package" || missing+=("$package")
    done
    if [ ${#missing[@]} -gt 0 ]; then
        [ "$(id -u)" = 0 ] ||
            refuse "these packages are missing; install them and run this again: sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing[*]}"
        say "installing ${missing[*]} ..."
        mkdir -p "$root/artifacts"
        if ! { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 \
            install -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1 </dev/null; then
            tail -n 5 "$log" >&2
            refuse "apt-get could not install ${missing[*]} (details: $log)."
        fi
        say "installed ${missing[*]}."
    fi
    # The reference BLAS, which libtorch brings along, is tens of times slower.
    for blas in /etc/alternatives/lib{blas,lapack}.so.3-*; do
        use_openblas "$blas"
    done
}

is_installed() {
    case $(dpkg-query -W -f '${Status}' "$1" 2>/dev/null) in *' installed') ;; *) return 1 ;; esac
}

# use_openblas /etc/alternatives/libblas.so.3-x86_64-linux-gnu
use_openblas() {
    local name=${1##*/} library
    [ -L "$1" ] || return 0
    case $(readlink "$1") in */openblas-pthread/*) return 0 ;; esac
    library=/usr/lib/${name#*.so.3-}/openblas-pthread/${name%%-*}
    [ -e "$library" ] || return 0
    if [ "$(id -u)" = 0 ]; then
        update-alternatives --set "$name" "$library" >/dev/null
        say "OpenBLAS is now this machine's ${name%%.*}."
    else
        say "this machine's ${name%%.*} is not OpenBLAS, so it will be slow. Better: sudo update-alternatives --set $name $library"
    fi
}
