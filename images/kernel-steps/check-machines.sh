# Do the files that the series changes compile for other machines? Sourced by check-series.
#
# MACHINES: the machines, each NAME or NAME:PREFIX, kbuild's ARCH and CROSS_COMPILE. Their configuration is that of the guest as far as they
# have its options.

check_machine() {
    machine=${1%%:*}
    prefix=${1#"$machine"}
    prefix=${prefix#:}
    begin machine "$machine"
    if [ $builds = no ]; then
        end skipped "the last tree does not build"
        return
    fi
    if [ -z "$(objects_between "$first" HEAD HEAD)" ]; then
        end skipped "the series changes no C file"
        return
    fi
    folder=$top/.machine
    rm -rf "$folder"
    mkdir "$folder"
    changed_files "$src" "$first" HEAD | sed 's/^/faultline: changed /'
    set -- O="$folder" ARCH="$machine" CROSS_COMPILE="$prefix" CC="ccache ${prefix}gcc"
    outcome=ok
    {
        run_make "$@" "$TARGET" && cat /tmp/fragment.config >> "$folder/.config" && run_make "$@" olddefconfig &&
            run_make "$@" -j"$JOBS" prepare
    } > /tmp/log 2>&1 || { cat /tmp/log; outcome=failed; }
    if [ $outcome = ok ]; then
        shift
        objects_between "$first" HEAD HEAD > /tmp/objects-wanted
        configured "$folder" "$@" < /tmp/objects-wanted > /tmp/objects
        sort -u /tmp/objects-wanted | comm -23 - /tmp/objects | sed 's/^/faultline: absent /'
        if [ -s /tmp/objects ]; then
            run_make O="$folder" "$@" -k -j"$JOBS" -Otarget $(cat /tmp/objects) || outcome=failed
        fi
    fi
    rm -rf "$folder"
    end $outcome
}

check_machines() {
    [ "$QUICK" != 1 ] || return 0
    for one in $MACHINES; do
        check_machine "$one"
    done
}
