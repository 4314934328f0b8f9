# Sourced by every step. A volume holds one kernel source and every kernel made from it:
#
#   pristine/                 the source as it came, from a package or as a copy of a user's tree
#   pristine.key              which one it is; pristine.files lists what a copy holds
#   trees/NAME                the source plus NAME's series; hard links to pristine where nothing changed
#   objects/NAME              NAME's build folder; .faultline-tools in it names the image that it was made in
#   objects/.lent             another tree's, until the first kernel without a series begins with it (borrow-tree)
#   src/ build/               the one kernel being worked on, moved here so that every kernel is compiled
#                             at the same paths: compiler cache hits and copied objects depend on it
#
# NAME is the variant's name; ".ARCHITECTURE" and ".FLAVOUR" follow where the kernel is not as the variant is. IMAGE is the
# bootable image, KERNEL_ARCH its folder of arch/, TOOLS the image of this container.
set -eu
. /opt/faultline/mails.sh
. /opt/faultline/apply-mails.sh
. /opt/faultline/trees.sh
# One stream: what a tool complains about has to stay between the lines that say what it was doing.
exec 2>&1
top=/kernel
src=$top/src
build=$top/build
cd $top
mkdir -p trees objects

# One kernel at a time for each volume; a second run waits here.
exec 9>.lock
flock --nonblock 9 || {
    echo "faultline: waiting for another run that uses this source"
    flock 9
}

# "active" is written before anything is moved, and removed when a step has come to its end, well or not.
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

# BUILD: deletes what a make that was killed may have left half-written, so that the rest need not be compiled again.
#
# Neither make nor kbuild sees such a file by itself: it is newer than its sources, and an earlier build's record of the same
# command line lies next to it. What was being written at the end was last written to then. So everything from the last minute
# goes. And kbuild writes its record of a product after the product: one that is newer than its record is not finished, however
# long it took. Should the minute hold more than was needed, the compiler cache has it.
drop_unfinished() {
    last=$(find "$1" -type f -printf '%T@\n' | sort -n | tail -n 1)
    [ -n "$last" ] || return 0
    say "the last step was killed: deleting what it may have left half-written"
    find "$1" -type f -newermt "@$((${last%.*} - 60))" -delete
    find "$1" -type f -name '.*.cmd' | while IFS= read -r record; do
        product=${record##*/.}
        product=${record%/*}/${product%.cmd}
        [ ! "$product" -nt "$record" ] || rm -f "$product"
    done
}

# sed's command that prints kbuild's rule for running a command, with nothing to run where the command is empty. Later kernels have it so;
# 6.1 starts a shell for each object that is up to date, which is half of all processes of a make with little to do.
without_empty_commands='s/^cmd = @set -e; \(.*\) \$(cmd_\$(1))$/cmd=@$(if $(cmd_$(1)),set -e; \1 $(cmd_$(1)),:)/p'

run_make() {
    cmd=$(sed -n "$without_empty_commands" "$src/scripts/Kbuild.include" 2> /dev/null) || cmd=
    # A fixed time and place keep builds reproducible and the compiler cache warm. LOCALVERSION gives the release its end, for
    # in .config it would make every object another for ccache, and keeps kbuild from adding a '+' for the git history of the
    # tree. DWARF in userfaultfd.o alone: the types of the code
    # that is linked in, at no cost to the rest (docs/adr/0009-types-from-one-object.md). The same for every call, for
    # kbuild compares command lines.
    make -C "$src" O=$build --no-print-directory CC=kernel-cc HOSTCC="ccache gcc" LOCALVERSION="$TAG" CFLAGS_userfaultfd.o=-g \
        KBUILD_BUILD_TIMESTAMP="Thu Jan 1 00:00:00 UTC 1970" KBUILD_BUILD_VERSION=1 \
        KBUILD_BUILD_USER=faultline KBUILD_BUILD_HOST=faultline ${cmd:+"$cmd"} "$@"
}

# NAME: its objects, unless they were made in another image: by another compiler perhaps, or with another mistake in the way it is called.
# kbuild sees neither, and the compiler cache has what is as it was.
has_objects() {
    [ -d "objects/$1" ] && [ "$(cat "objects/$1/.faultline-tools" 2> /dev/null)" = "$TOOLS" ]
}

# NAME: lets its first build begin with the objects of the first kernel of START_FROM that has any. Only from a kernel without a series:
# objects made from another series' files would look newer than the pristine files.
borrow_objects() {
    ! has_objects "$1" || return 0
    rm -rf "objects/$1"
    for lender in $START_FROM; do
        if has_objects "$lender" && [ ! -s "trees/$lender.changed" ]; then
            say "starting from the objects of $lender"
            rm -rf objects.partial
            # With its configuration, which is this kernel's as well where the same is asked for (configure).
            cp -a "objects/$lender" objects.partial
            mv objects.partial "objects/$1"
            make_newer "$1"
            return 0
        fi
    done
    has_objects .lent || return 0
    say "starting from the objects of another tree"
    rm -f objects/.lent/.faultline-config
    if [ -s "trees/$1.changed" ]; then
        rm -rf objects.partial
        cp -a objects/.lent objects.partial
        mv objects.partial "objects/$1"
    else
        # Without a series it lends them to the others from now on.
        mv objects/.lent "objects/$1"
    fi
    make_newer "$1"
}

# NAME: what its series changed becomes newer than every object. Its tree may be from before the lender's objects were made.
make_newer() {
    [ -f "trees/$1.changed" ] || return 0
    while IFS= read -r file; do
        # Else the pristine file would get the time as well, which is the same file where the series put it back.
        [ ! -f "trees/$1/$file" ] || { cp --preserve=mode "trees/$1/$file" changed.partial && mv -f changed.partial "trees/$1/$file"; }
    done < "trees/$1.changed"
}

# sed's command that prints what kconfig may read, of names on standard input. C, headers and documents it cannot, but for its own sources.
kconfig_reads='\,^scripts/,{p;d}; /\.\([chS]\|rst\|txt\)$/!p'

# CHOICE: the active kernel's files of the series by content, those of scripts/ and those that sed's command prints.
series_contents() {
    [ -f "trees/$NAME.changed" ] || return 0
    sed -n "\,^scripts/,{p;d}; $1" "trees/$NAME.changed" | while IFS= read -r file; do
        if [ -f "$src/$file" ]; then
            (cd "$src" && sha256sum "$file")
        else
            echo "gone $file"
        fi
    done
}

# FILE: the active kernel's .config becomes TARGET's with the file's lines on top.
write_config() {
    run_make "$TARGET" && cat "$1" >> $build/.config && run_make olddefconfig
}

# What a killed step left active goes back first.
if [ -f active ] && [ -d build ]; then
    drop_unfinished build
fi
park
