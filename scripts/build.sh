# Sourced by maml: builds, once at a time, and only when a source is newer than the last good build.

# dotnet with its output in a log. No build servers: they would outlive this script and keep its lock
# and pipes open. Variables that MSBuild would take for properties are kept from it.
quiet_dotnet() {
    local log=$1
    shift
    mkdir -p "$(dirname -- "$log")"
    env -u Platform -u PLATFORM -u Configuration -u CONFIGURATION -u OutDir -u OutputPath \
        dotnet "$@" --disable-build-servers -v quiet >"$log" 2>&1 </dev/null 9>&-
}

# build_if_changed NAME PROJECT...: NAME distinguishes the stamps of the program and of the tests.
build_if_changed() {
    local name=$1 stamp log project
    shift
    stamp="$root/artifacts/$provider/.built-$name"
    log="$root/artifacts/$provider/build-$name.log"
    ! is_current "$name" || return 0
    need_writable
    lock
    if ! is_current "$name"; then # another run may have built while this one waited
        say "building the $name ..."
        build_settings >"$stamp.start" # before the build, so that an edit during it counts as a change
        for project in "$@"; do
            if ! quiet_dotnet "$log" build "$root/$project" -c Release; then
                rm -f "$stamp"
                grep -E "(^|: )error" "$log" | sort -u | head -n 30 >&2 || tail -n 30 "$log" >&2
                say "the build of $project failed (all of its output: $log)."
                exit 1
            fi
        done
        mv -f "$stamp.start" "$stamp"
        # The tests build the program too.
        [ "$name" != tests ] || cp -p "$stamp" "$root/artifacts/$provider/.built-program"
    fi
    unlock
}

# What else changes the outcome of a build: variables that the build files read, the libtorch that is linked, and the
# commit that the program names.
build_settings() {
    local commit changes
    commit=$(git -C "$root" log -1 --format=%H -- src compat configs Directory.Build.props Directory.Build.targets Directory.Packages.props 2>/dev/null || true)
    changes=$(git -C "$root" status --porcelain -- src compat configs Directory.Build.props Directory.Build.targets Directory.Packages.props 2>/dev/null | head -c 1 || true)
    echo "TORCH_ROOT=${TORCH_ROOT:-} Cuda=${Cuda:-} commit=$commit${changes:+ with changes}"
    [ "$provider" != system ] || stat -Lc '%n %s %Y' "${TORCH_ROOT:-/usr}"/lib/{,*-linux-gnu/}libtorch_c*.so* 2>/dev/null || true
}

# A folder's own time changes when a file in it comes or goes, so folders count too.
is_current() {
    local stamp="$root/artifacts/$provider/.built-$1" places=() place
    [ -d "$root/artifacts/$provider/bin/Cli" ] && [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$(build_settings)" ] || return 1
    [ "$1" != tests ] || places+=("$root/tests" "$root/examples")
    for place in src compat configs Directory.Build.props Directory.Build.targets Directory.Packages.props BannedSymbols.txt \
        Provider.props global.json .editorconfig .globalconfig NuGet.config nuget.config; do
        [ ! -e "$root/$place" ] || places+=("$root/$place")
    done
    [ -z "$(find "${places[@]}" -newer "$stamp" -print -quit)" ]
}

# One build at a time per provider. flock where there is one (it survives kill -9); else a folder with the owner's id.
lock() {
    lock="$root/artifacts/$provider/.lock"
    mkdir -p "$root/artifacts/$provider"
    if command -v flock >/dev/null; then
        exec 9>"$lock"
        flock -n 9 || { say "waiting for another build ..."; flock 9; }
        return
    fi
    until mkdir "$lock.d" 2>/dev/null; do
        kill -0 "$(cat "$lock.d/pid" 2>/dev/null || echo $$)" 2>/dev/null || rm -rf "$lock.d"
        sleep 1
    done
    echo $$ >"$lock.d/pid"
    trap 'rm -rf "$lock.d"' EXIT
}

unlock() {
    exec 9>&-
    rm -rf "$lock.d"
    trap - EXIT
}
