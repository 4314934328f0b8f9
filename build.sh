#!/usr/bin/env bash
# From a fresh Debian machine with the .NET 10 SDK to a verdict: installs what is missing, starts the container
# engine when none answers, then hands over to build.cake.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

usage() {
    cat <<'EOF'
usage: ./build.sh [TARGET] [-- ARGUMENTS FOR faultline]

targets
  run      (default) build Faultline, build base and every variant, boot them, write artifacts/report
  test     every test: unit, generator, engine and guest; ends with "N passed, N failed, N skipped"
  build    compile the solution and publish the command to artifacts/bin/faultline
  refresh  rewrite linux-patch/*/{userfaultfd.abi.json,abi-drift.md} from the patched trees
  pack     NuGet packages and the dotnet tool, into artifacts/packages
  bench-abi  extractor against bindgen and clang, generator steps; see docs/abi-benchmarks.md
  clean    delete artifacts (faultline prune removes containers, volumes and images)

examples
  ./build.sh
  ./build.sh test
  ./build.sh run -- --variant wp-zeropage --fresh

environment
  DOCKER_HOST, DOCKER_CONTEXT
                            engine to use, as is a context selected with 'docker context use'; build.sh then
                            neither installs nor starts one
  FAULTLINE_NO_INSTALL=1    never install packages or start services, only say what is missing

The exit code is that of the faultline command (docs/exit-codes.md), also when it is interrupted: 129, 130, 143. 1 also when another
test of 'test' failed, 10 also when a tool that this needs (apt-get, dotnet) failed.
EOF
}

say() { printf 'build.sh: %s\n' "$*" >&2; }
die() { say "$1"; exit 10; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then sudo -n "$@"
    else return 126
    fi
}

require_sdk() {
    command -v dotnet >/dev/null ||
        die "no dotnet command found; install the .NET 10 SDK (package dotnet-sdk-10.0) and run this again"
    dotnet --version >/dev/null 2>&1 ||
        die "the installed .NET SDK does not satisfy global.json (.NET 10); 'dotnet --list-sdks' shows what is here"
}

# Package and the file that shows it is there: a file is what the tools look for, and asking for it needs no package manager.
missing_packages() {
    local need=()
    command -v git >/dev/null || need+=(git)
    command -v make >/dev/null || need+=(make)
    # The suite is linked statically; where there is no such library gcc answers with the bare name.
    command -v gcc >/dev/null && [ -e /usr/include/linux/userfaultfd.h ] && [ -e "$(gcc -print-file-name=libc.a)" ] ||
        need+=(gcc libc6-dev)
    compgen -G '/usr/lib/llvm-*/lib/libclang*.so*' >/dev/null || [ -n "${LIBCLANG_PATH:-}" ] || need+=(libclang-dev)
    engine_chosen || command -v dockerd >/dev/null || engine_answers || need+=(docker.io)
    if [ "$target" = bench-abi ]; then
        local tool
        for tool in bindgen clang time; do type -P "$tool" >/dev/null || need+=("$tool"); done
    fi
    command -v mmdebstrap >/dev/null || need+=(mmdebstrap)
    if [ "$target" = test ]; then
        # What is written in other languages is compiled by their compilers; gcc's Go is half the size of the other one.
        command -v rustc >/dev/null || need+=(rustc)
        command -v go >/dev/null || command -v gccgo >/dev/null || need+=(gccgo)
        # The cross-check of models for other machines: another alignment, another char, another byte order.
        local machine
        for machine in i686-linux-gnu:i386 aarch64-linux-gnu:arm64 s390x-linux-gnu:s390x; do
            command -v "${machine%:*}-gcc" >/dev/null && [ -e "/usr/${machine%:*}/include/linux/types.h" ] ||
                need+=("gcc-${machine%:*}" "linux-libc-dev-${machine#*:}-cross")
        done
        # The report's page is looked at in a browser.
        command -v chromium >/dev/null || need+=(chromium)
        command -v npm >/dev/null || need+=(npm)
    fi
    command -v bpftool >/dev/null || [ -x /usr/sbin/bpftool ] || need+=(bpftool)
    command -v pahole >/dev/null || need+=(pahole)
    printf '%s\n' "${need[@]}"
}

install_packages() {
    local need
    mapfile -t need < <(missing_packages | grep . || true)
    [ ${#need[@]} -gt 0 ] || return 0
    if [ -n "${FAULTLINE_NO_INSTALL:-}" ] || ! command -v apt-get >/dev/null; then
        say "missing: ${need[*]}; going on without, 'artifacts/bin/faultline doctor' says what each is for"
        return 0
    fi
    say "installing ${need[*]} (apt-get)"
    if ! { as_root apt-get update -qq &&
           as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${need[@]}"; } >&2; then
        die "could not install ${need[*]}; run: apt-get install ${need[*]}   (as root), then run this again"
    fi
}

# The rules of accessibility that the report's page is held to; a test says so when they are missing.
install_axe() {
    local lock=tests/browser/package-lock.json kept=tests/browser/node_modules/.package-lock.json
    [ -z "${FAULTLINE_NO_INSTALL:-}" ] && command -v npm >/dev/null || return 0
    [ ! "$kept" -nt "$lock" ] || return 0
    say "installing axe-core (npm)"
    npm ci --prefix tests/browser --no-audit --no-fund --loglevel=error >&2 ||
        say "npm could not install axe-core; the tests that need it will say so"
}

# An address or a docker context that the user has chosen is obeyed alone, as faultline does (src/Harness/Docker/EndpointResolver.cs).
engine_chosen() {
    [ -z "${DOCKER_HOST:-}" ] || return 0
    local context="${DOCKER_CONTEXT:-}" config="${DOCKER_CONFIG:-${HOME:-/}/.docker}/config.json"
    if [ -z "$context" ] && [ -r "$config" ]; then
        context=$(sed -n 's/.*"currentContext"[[:space:]]*:[[:space:]]*"\([^"]*\)".*/\1/p' "$config")
    fi
    [ "${context:-default}" != default ]
}

engine_answers() {
    local socket runtime="${XDG_RUNTIME_DIR:-/run/user/$(id -u)}"
    for socket in "$runtime/docker.sock" /var/run/docker.sock "$runtime/podman/podman.sock" /run/podman/podman.sock; do
        [ -S "$socket" ] || continue
        if command -v docker >/dev/null; then
            DOCKER_HOST="unix://$socket" timeout 10 docker version >/dev/null 2>&1 && return 0
        else
            return 0 # no client to ask with: faultline itself will say whether it answers
        fi
    done
    return 1
}

start_engine() {
    if engine_chosen || engine_answers; then return 0; fi
    [ -z "${FAULTLINE_NO_INSTALL:-}" ] || return 0
    command -v dockerd >/dev/null || return 0
    local log="${TMPDIR:-/tmp}/faultline-dockerd.log"
    say "no container engine answers; starting dockerd (log: $log)"
    if command -v systemctl >/dev/null && [ -d /run/systemd/system ]; then
        as_root systemctl start docker || true
    else
        # The descriptors of the caller must not stay open in the daemon, or a pipe reading our output never ends.
        as_root sh -c 'setsid nohup dockerd >"$1" 2>&1 </dev/null &' sh "$log" || true
    fi
    local second
    for second in $(seq 1 60); do
        engine_answers && { say "engine is up after ${second} s"; return 0; }
        sleep 1
    done
    say "the engine did not come up within 60 s; the last lines of $log:"
    tail -n 5 "$log" >&2 || true
}

target=run
if [ $# -gt 0 ] && [ "$1" != -- ]; then target=$1; shift; fi
if [ "${1:-}" = -- ]; then shift; elif [ $# -gt 0 ]; then usage >&2; exit 2; fi
case "$target" in
    -h | --help | help) usage; exit 0 ;;
    run | test | build | refresh | pack | bench-abi | clean) ;;
    *) say "unknown target '$target'"; usage >&2; exit 2 ;;
esac

# Nothing here reads what is typed. A .NET program whose input is a terminal sets that terminal again on SIGCONT, which timeout(1)
# sends after its signal; in the background, where timeout(1) puts it, the kernel then stops it and everything beside it (SIGTTOU,
# tcsetattr(3)).
[ ! -t 0 ] || exec </dev/null

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
require_sdk
install_packages
[ "$target" != test ] || install_axe
case "$target" in run | test | refresh) start_engine ;; esac

# Ended by a signal, this script waits for the step that runs; the last step takes its place.
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM
dotnet tool restore >/dev/null || die "dotnet tool restore failed; is a NuGet source configured? (dotnet nuget list source)"
# Cake sends its colours into pipes and files too.
if [ ! -t 1 ] || [ ! -t 2 ]; then export NO_COLOR=1; fi
case "$target" in clean | help) ;; *) say "building Faultline; from a fresh clone that takes two or three minutes" ;; esac
# Compiling build.cake takes seconds each time; it is kept under a name that is a hash of it.
cake=(dotnet cake build.cake --verbosity=minimal --no-report --settings_enablescriptcache=true --paths_cache=artifacts/cake)
case "$target" in
    run | refresh)
        "${cake[@]}" --target=command || exit $?
        # The command takes this process's place, so that terminal, signals and exit code are its own.
        if [ "$target" = run ]; then exec artifacts/bin/faultline run "$@"; fi
        exec artifacts/bin/faultline abi refresh "$@" ;;
    *)
        # Arguments travel as one line each in the environment: no quoting, no shell.
        FAULTLINE_ARGUMENTS=$(printf '%s\n' "$@")
        export FAULTLINE_ARGUMENTS
        exec "${cake[@]}" --target="$target" ;;
esac
