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

# build_if_changed NAME PROJECT: NAME distinguishes the stamps of the program and of the tests.
build_if_changed() {
    local name=$1 project=$2 stamp="$root/artifacts/.built-$1" log="$root/artifacts/build-$1.log"
    ! is_current "$name" || return 0
    need_writable
    lock
    if ! is_current "$name"; then # another run may have built while this one waited
        say "building the $name ..."
        build_settings >"$stamp.start" # before the build, so that an edit during it counts as a change
        quiet_dotnet "$log" build "$root/$project" -c Release || explain_failed_build "$project" "$log" "$stamp"
        mv -f "$stamp.start" "$stamp"
        # The tests build the program too.
        [ "$name" != tests ] || cp -p "$stamp" "$root/artifacts/.built-program"
    fi
    unlock
}

explain_failed_build() {
    local project=$1 log=$2 stamp=$3 missing
    rm -f "$stamp"
    missing=$(sed -nE 's/.*error NU110[12]: .* package (TorchSharp-[a-z-]+).*/\1/p' "$log" | head -n 1)
    [ -z "$missing" ] || refuse "the NuGet feed has no $missing $(package_version "$missing")${Cuda:+, which Cuda=$Cuda asks for}." \
        "Add a feed that has it (dotnet nuget add source URL)${Cuda:+, or leave Cuda out to compute on the CPU}."
    grep -E "(^|: )error" "$log" | sort -u | head -n 30 >&2 || tail -n 30 "$log" >&2
    say "the build of $project failed (all of its output: $log)."
    exit 1
}

package_version() {
    sed -n "s:.*Include=\"$1\" Version=\"\([^\"]*\)\".*:\1:p" "$root/Directory.Packages.props"
}

# What else changes the outcome of a build: variables that the build files read, and the commit that the program names.
build_settings() {
    local commit changes places=(src compat configs Directory.Build.props Directory.Build.targets Directory.Packages.props)
    commit=$(repository log -1 --format=%H -- "${places[@]}" 2>/dev/null || true)
    changes=$(repository status --porcelain -- "${places[@]}" 2>/dev/null | head -c 1 || true)
    echo "SilkNetWindowing=${SilkNetWindowing:-} Cuda=${Cuda:-} commit=$commit${changes:+ with changes}"
}

# git refuses to read a repository of another user unless it is told that this one is safe. Only text is read from it.
repository() {
    git --no-optional-locks -c safe.directory="$root" -C "$root" "$@"
}

# Whether a build was made with the present settings. Where git tells no commit (there is none, or an old one refuses), the
# times of the sources have to do.
has_settings() {
    local built present
    built=$(cat "$1") present=$(build_settings)
    [ "$built" = "$present" ] || [ "${built%% commit=*} commit=" = "$present" ]
}

# A folder's own time changes when a file in it comes or goes, so folders count too.
is_current() {
    local stamp="$root/artifacts/.built-$1" places=() place
    [ -d "$root/artifacts/bin/Cli" ] && [ -f "$stamp" ] && has_settings "$stamp" || return 1
    [ "$1" != tests ] || places+=("$root/tests" "$root/examples")
    for place in src compat configs Directory.Build.props Directory.Build.targets Directory.Packages.props BannedSymbols.txt \
        Feed.props global.json .editorconfig .globalconfig NuGet.config nuget.config; do
        [ ! -e "$root/$place" ] || places+=("$root/$place")
    done
    [ -z "$(find "${places[@]}" -newer "$stamp" -print -quit)" ]
}

# One build at a time. flock where there is one (it survives kill -9); else a folder with the owner's id.
lock() {
    lock="$root/artifacts/.lock"
    mkdir -p "$root/artifacts"
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
