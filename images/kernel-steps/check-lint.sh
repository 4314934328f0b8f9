# What sparse and the compiler's W=1 say of the files that a patch changes, before it and after it. Sourced by check-series.
lint=$top/.lint

# BUILD ARGUMENTS: of the objects on standard input those that the configuration in the folder BUILD asks for. make knows, and makes none.
configured() {
    sort -u > /tmp/candidates
    sed -n 's|/[^/]*$|/|p' /tmp/candidates | sort -u > /tmp/folders
    [ -s /tmp/folders ] || return 0
    folder=$1
    shift
    run_make O="$folder" "$@" -n $(cat /tmp/folders) 2> /dev/null |
        grep -oE -- '-o [^ ;]+\.o' | sed 's/^-o //; s|^\./||' | sort -u > /tmp/made
    comm -12 /tmp/candidates /tmp/made
}

# OLD NEW AT: the objects of the C files in which two commits differ, as far as the tree has them at a third.
objects_between() {
    changed_files "$src" "$1" "$2" | grep -E '^[^ ]+\.c$' | grep -Ev '^(Documentation|tools|scripts|samples)/' | while IFS= read -r file; do
        ! git -C "$src" cat-file -e "$3:$file" 2> /dev/null || echo "${file%.c}.o"
    done
}

# COMMIT WHEN: checks it out and says what is found, after a line that says when. In a build folder of its own, for with W=1 kbuild makes
# its own tools anew, and anew without it.
lint_at() {
    git -C "$src" checkout --quiet --detach "$1"
    mkdir -p $lint
    {
        run_make O=$lint "$TARGET" && cat /tmp/fragment.config >> $lint/.config && run_make O=$lint olddefconfig &&
            run_make O=$lint W=1 -j"$JOBS" prepare
    } > /tmp/log 2>&1 || { cat /tmp/log; return 0; }
    objects=$(objects_between "$old" "$new" "$1" | configured $lint W=1)
    say "lint $2"
    [ -n "$objects" ] || return 0
    printf 'faultline: linted %s\n' $objects
    # The compiler says nothing of what is compiled already.
    (cd $lint && rm -f $objects)
    run_make O=$lint -k -j"$JOBS" -Otarget W=1 C=2 CHECK=sparse $objects || true
}

check_lint() {
    [ "$QUICK" != 1 ] || return 0
    new=$(git -C "$src" rev-parse HEAD)
    old=$(git -C "$src" rev-parse HEAD~1)
    [ -n "$(objects_between "$old" "$new" "$new")" ] || return 0
    begin lint "$1"
    changed_by_last_patch | sed 's/^/faultline: changed /'
    # The older state first: the times of its files make the build of the patch compile what that would compile anyway.
    lint_at "$old" before
    lint_at "$new" after
    end ok
}
