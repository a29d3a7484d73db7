# Sourced by maml: builds the native library of the Python package.

python_usage() {
    cat <<'USAGE'
Usage: ./maml python

Builds the native library of the Python package in python/maml_robotics, for this machine (docs/python.md). Afterwards:
  PYTHONPATH=python python3 -m maml_robotics.benchmark
USAGE
}

# Never returns.
build_python() {
    case ${1:-} in '') ;; -h | --help | '-?') python_usage; exit 0 ;; *) refuse "python takes no arguments, and '$1' is one." ;; esac
    local log="$root/artifacts/build-python.log"
    command -v clang >/dev/null || command -v gcc >/dev/null ||
        refuse "making a native library takes clang or gcc. Install one (Debian: apt-get install gcc) and run this again."
    need_writable
    lock
    say "building the native library, which takes a minute ..."
    quiet_dotnet "$log" publish "$root/src/Native/Native.csproj" -c Release -p:Aot=true || explain_failed_python "$log"
    unlock
    say "built. Try: PYTHONPATH='$root/python' python3 -m maml_robotics.benchmark"
    exit 0
}

explain_failed_python() {
    ! grep -q 'error NU110[12]: .*ILCompiler' "$1" ||
        refuse "the NuGet feed has no Microsoft.DotNet.ILCompiler of this SDK's version. Add a feed that has it (dotnet nuget add source URL)."
    grep -E "(^|: )error" "$1" | sort -u | head -n 30 >&2 || tail -n 30 "$1" >&2
    say "the native library was not built (all of the output: $1)."
    exit 1
}
