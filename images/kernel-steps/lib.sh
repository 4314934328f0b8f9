# Sourced by every step. A volume holds one kernel source and every kernel made from it:
#
#   pristine/                 the source as it came
#   trees/NAME                the source plus NAME's series; hard links to pristine where nothing changed
#   objects/NAME              NAME's build folder
#   src/ build/               the one kernel being worked on, moved here so that every kernel is compiled
#                             at the same paths: compiler cache hits and copied objects depend on it
#
# TREE set: the user's own source is mounted there, read-only, and only objects/ and build/ are used.
set -eu
# One stream: what a tool complains about has to stay between the lines that say what it was doing.
exec 2>&1
top=/kernel
src=${TREE:-$top/src}
build=$top/build
cd $top
mkdir -p trees objects

# One kernel at a time for each volume; a second run waits here.
exec 9>.lock
flock --nonblock 9 || {
    echo "faultline: waiting for another run that uses this source"
    flock 9
}

# What a killed run left active goes back first: "active" is written before anything is moved.
park() {
    [ -f active ] || return 0
    name=$(cat active)
    [ ! -d src ] || mv src "trees/$name"
    [ ! -d build ] || mv build "objects/$name"
    rm -f active
}

activate() {
    park
    echo "$1" > active
    [ ! -d "trees/$1" ] || mv "trees/$1" src
    [ ! -d "objects/$1" ] || mv "objects/$1" build
    trap park EXIT
}

run_make() {
    # A fixed time and place keep builds reproducible and the compiler cache warm; LOCALVERSION, even empty,
    # keeps kbuild from adding a '+' for the git history of the tree.
    make -C "$src" O=$build --no-print-directory CC="ccache gcc" HOSTCC="ccache gcc" LOCALVERSION= \
        KBUILD_BUILD_TIMESTAMP="Thu Jan 1 00:00:00 UTC 1970" KBUILD_BUILD_VERSION=1 \
        KBUILD_BUILD_USER=faultline KBUILD_BUILD_HOST=faultline "$@"
}

say() {
    echo "faultline: $*"
}
