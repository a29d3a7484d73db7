# Sourced by maml: builds and runs every test project, and closes with one line of totals.

test_usage() {
    cat <<'USAGE'
Usage: ./maml test [options of dotnet test]

Builds and runs all the tests and ends with "N passed, N failed". Examples:
  ./maml test
  ./maml test --filter FullyQualifiedName~Envs
USAGE
}

# Never returns: exits 0 when something passed and nothing failed.
run_tests() {
    case ${1:-} in -h | --help | '-?') test_usage; exit 0 ;; esac
    local results="$root/artifacts/test-results" project name names=
    build_if_changed tests MamlRobotics.sln
    wait $graphics
    rm -rf "$results"
    mkdir -p "$results"
    passed=0 failed=0 skipped=0
    # Many short processes: no profile of what runs only once, no protection of code that costs system calls for each method,
    # and fewer collections of young objects.
    export DOTNET_TieredPGO=0 DOTNET_EnableWriteXorExecute=0 DOTNET_GCgen0size=0x1000000
    # Tests of commands wait for other processes much of their time, so a second project fills the gaps.
    for project in "$root"/{compat,tests}/*.Tests/*.csproj; do
        [ -f "$project" ] || continue
        while [ "$(jobs -pr | wc -l)" -ge 2 ]; do sleep 0.2; done
        name=$(basename "$project" .csproj)
        names="$names $name"
        run_test_project "$name" "$@" &
    done
    wait
    for name in $names; do add_counts "$name"; done
    [ $((passed + failed)) -gt 0 ] || say "no test ran."
    if [ $skipped -gt 0 ]; then
        echo "$passed passed, $failed failed, $skipped skipped"
    else
        echo "$passed passed, $failed failed"
    fi
    [ $failed -eq 0 ] && [ $passed -gt 0 ]
    exit
}

# Runs one project in a process of its own, so that a crash costs one project's results and no more. What it says is
# shown when it ends, as another project runs meanwhile.
run_test_project() {
    local name=$1 status=0
    shift
    say "$name runs ..."
    dotnet test "$root/artifacts/bin/$name/release/MamlRobotics.$name.dll" --results-directory "$results" \
        --logger "trx;LogFileName=$name.trx" --logger "console;verbosity=minimal" \
        --blame-hang --blame-hang-timeout 15m --blame-hang-dump-type none --nologo "$@" </dev/null >"$results/$name.log" 2>&1 || status=$?
    echo $status >"$results/$name.status"
    printf "%s\n%s\n" "$name" "$(<"$results/$name.log")"
}

# The counts come from the result file: the console's wording follows the language.
add_counts() {
    local name=$1 status counters total executed
    status=$(cat "$results/$name.status" 2>/dev/null || echo killed)
    counters=$(grep -o '<Counters [^>]*' "$results/$name.trx" 2>/dev/null || true)
    total=$(counter total) executed=$(counter executed)
    passed=$((passed + $(counter passed)))
    failed=$((failed + $(counter failed)))
    skipped=$((skipped + total - executed))
    # A test host that died after its last result still failed.
    if [ "$status" != 0 ] && [ "$(counter failed)" -eq 0 ]; then
        say "$name ended abnormally (exit code $status)."
        failed=$((failed + 1))
    fi
}

counter() {
    local value
    value=$(sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" <<<"$counters")
    echo "${value:-0}"
}
