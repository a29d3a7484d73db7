# Sourced by maml: what the NuGet feed lacks, and what drawing needs of the system.

# Some feeds lack Silk.NET.Windowing and Silk.NET.Input. Restore cannot fall back by itself, so the feed is asked once and
# the answer kept. The environment wins, then the answer kept.
choose_windowing() {
    local file="$root/Feed.props" windowing
    case ${SilkNetWindowing:-} in
    package | subset) return 0 ;;
    '') ;;
    *) refuse "SilkNetWindowing is '$SilkNetWindowing'; it must be 'package', 'subset', or unset." ;;
    esac
    if [ -f "$file" ]; then
        windowing=$(sed -n 's:.*<SilkNetWindowing[^>]*>[[:space:]]*\([^<[:space:]]*\).*:\1:p' "$file" | head -n 1)
        case $windowing in
        package | subset) return 0 ;;
        *) refuse "$file names no choice that this version knows. Delete it to have the feed asked again." ;;
        esac
    fi
    need_writable
    say "asking the NuGet feed for Silk.NET.Windowing and Silk.NET.Input ..."
    windowing=$(probe_feed)
    printf '%s\n' '<!-- Written by ./maml after asking the NuGet feed. Delete it to ask again. -->' \
        "<Project><PropertyGroup><SilkNetWindowing Condition=\"'\$(SilkNetWindowing)' == ''\">$windowing</SilkNetWindowing></PropertyGroup></Project>" \
        >"$file.$$"
    mv -f "$file.$$" "$file"
    [ "$windowing" = package ] || say "the feed lacks them: windows come from compat/SilkNet over this system's GLFW (kept in Feed.props)."
}

# Restores a project that wants only the packages in question. A restore, not a search: it works on
# every kind of feed, obeys the same NuGet.config, and tells "not there" from "did not answer".
probe_feed() {
    local dir="$root/artifacts/probe" log
    log="$dir/restore.log"
    mkdir -p "$dir"
    {
        echo '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup><ItemGroup>'
        sed -n 's:.*Include="\(Silk\.NET\.\(Windowing\|Input\)\)" Version="\([^"]*\)".*:<PackageReference Include="\1" Version="[\3]" />:p' \
            "$root/Directory.Packages.props"
        echo '</ItemGroup></Project>'
    } >"$dir/probe.csproj"
    if limit 120 quiet_dotnet "$log" restore "$dir/probe.csproj" --force -p:ImportDirectoryBuildProps=false \
        -p:ImportDirectoryBuildTargets=false -p:ImportDirectoryPackagesProps=false; then
        echo package
    elif grep -q 'NU1301' "$log" || ! grep -qE 'NU110[12]' "$log"; then
        refuse "the NuGet feed did not answer (details: $log). Check the network and 'dotnet nuget list source' and run" \
            "this again, or set SilkNetWindowing to 'package' or 'subset' to skip the question."
    else
        echo subset
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

# Pictures and windows need OpenGL and GLFW, which a bare Debian lacks. They are installed beside the build, which takes
# longer. Everything else works without them, so a failure is told and no more.
install_graphics() {
    local missing=() package log="$root/artifacts/install.log"
    command -v dpkg-query >/dev/null && command -v apt-get >/dev/null || return 0
    for package in libglfw3 libegl1 libegl-mesa0 libgl1-mesa-dri; do
        is_installed "$package" || missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    if [ "$(id -u)" != 0 ]; then
        say "pictures and windows need packages that are missing: sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing[*]}"
        return 0
    fi
    say "installing ${missing[*]} ..."
    mkdir -p "$root/artifacts"
    if { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 \
        install -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1 </dev/null; then
        say "installed ${missing[*]}."
    else
        say "apt-get could not install ${missing[*]} (details: $log). Pictures and windows will not work."
    fi
}

is_installed() {
    case $(dpkg-query -W -f '${Status}' "$1" 2>/dev/null) in *' installed') ;; *) return 1 ;; esac
}

# MKL, which libtorch brings, takes kernels of AVX2 on AMD's processors even where they have AVX-512. An OpenBLAS that this
# machine has takes its place there (docs/decisions/0009); MAML_BLAS=mkl keeps MKL.
prefer_openblas() {
    local library
    [ -z "${LD_PRELOAD:-}" ] && [ "${MAML_BLAS:-}" != mkl ] && grep -qs AuthenticAMD /proc/cpuinfo || return 0
    library=$(PATH=$PATH:/sbin ldconfig -p 2>/dev/null | sed -n 's/.*libopenblas\.so\.0 .*x86-64.*=> //p' | head -n 1)
    [ -n "$library" ] || return 0
    # Threads share out tasks, and an operator keeps to one.
    export LD_PRELOAD=$library OPENBLAS_NUM_THREADS=${OPENBLAS_NUM_THREADS:-1}
}
