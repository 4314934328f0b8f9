# Does the last tree build with options off, alone and together? Sourced by check-series.

# OPTION …: every set of them, one a line, those of one first; OPTION+OPTION.
combinations_of() {
    sets=
    for option; do
        for set in $sets; do
            sets="$sets $set+$option"
        done
        sets="$sets $option"
    done
    printf '%s\n' $sets | awk -F+ 'NF { print NF, $0 }' | sort -s -n -k 1,1 | cut -d ' ' -f 2
}

# SET: the .config without its options; none for the empty one.
configure_off() {
    {
        cat /tmp/fragment.config
        printf '%s\n' "$1" | tr + '\n' | sed -n 's/^..*/# CONFIG_& is not set/p'
    } > /tmp/without.config
    configure_with /tmp/without.config
}

# stdin: lines that begin with an object; those whose object belongs to the kernel proper and exists.
of_the_kernel() {
    sort -u | grep -Ev '^(scripts|tools|usr)/|^[^ ]*/(vdso|boot|realmode)/' | while IFS= read -r line; do
        [ ! -f "$build/${line%% *}" ] || echo "$line"
    done
}

# The names by which a file that was not changed can break: what changed lines of headers define, call, or say no more.
names_in_headers() {
    git -C "$src" diff -U0 "$base" HEAD -- '*.h' | sed -E '/^(\+\+\+|---) /d; /^[+-][[:space:]]*(\/?\*|\/\/)/d' > /tmp/header-lines
    {
        sed -n 's/^[+-]//p' /tmp/header-lines |
            grep -oE '(define|struct|union|enum)[[:space:]]+[A-Za-z_][A-Za-z0-9_]*|[A-Za-z_][A-Za-z0-9_]*[[:space:]]*\(' |
            sed 's/.*[[:space:]]\([A-Za-z_]\)/\1/; s/[[:space:]]*($//'
        sed -n 's/^-//p' /tmp/header-lines | grep -oE '[A-Za-z_][A-Za-z0-9_]*'
    } | sort -u | grep -E '....' |
        grep -vxE 'static|inline|unsigned|const|long|void|bool|char|struct|return|else|while|switch|sizeof|define|defined|ifdef|endif' |
        grep -vxE 'IS_ENABLED|(un)?likely|(VM_)?(BUG|WARN)(_ON)?(_ONCE|_PAGE|_VMA)?|(BUILD_)?BUG(_ON)?' || true
}

# The objects of changed C files; of those that say one of these names or an option that the series adds; and one for each header that does
# or is changed, so that all of these are compiled. An unchanged file that says none of them sees nothing new.
affected_objects() {
    find $build -name '.*.o.cmd' | sed "s|^$build/\(.*\)\.\([^/]*\)\.cmd\$|\1\2 &|" | of_the_kernel > /tmp/records
    { names_in_headers; sed 's/^/CONFIG_/' /tmp/new-options; } > /tmp/names
    {
        sed "s|^|$src/|" /tmp/changed
        cut -d ' ' -f 2 /tmp/records | xargs cat | grep -oE "$src/[^[:space:]]+\.[chS]" | sort -u | xargs grep -lwFf /tmp/names || true
    } | sort -u > /tmp/sayers
    {
        sed -n 's/\.[cS]$/.o/p' /tmp/changed
        awk '
            NR == FNR { says[$1]; next }
            {
                wanted = 0
                while ((getline line < $2) > 0) {
                    count = split(line, words, /[ \t\\]+/)
                    for (i = 1; i <= count; i++) {
                        if (!(words[i] in says)) continue
                        if (line ~ /^source_/ || (words[i] ~ /\.h$/ && !(words[i] in seen))) wanted = 1
                        seen[words[i]]
                    }
                }
                close($2)
                if (wanted) print $1
            }' /tmp/sayers /tmp/records
    } | of_the_kernel
}

# Whether kbuild may compile something else than before, so that unchanged files count as well.
changes_the_build() {
    ! grep -Ev '\.(c|h|rst|txt)$' /tmp/changed | grep -Eqv '(^|/)Kconfig[^/]*$' || return 0
    grep -Eq '(^|/)Kconfig[^/]*$' /tmp/changed || return 1
    # A Kconfig file that only adds options changes nothing for a file that does not say them.
    ! find_new_options
}

# Fills /tmp/new-options. Fails when an option of before has another value in one of the configurations that are checked.
find_new_options() {
    git -C "$src" checkout --quiet --detach "$base"
    possible=yes
    for set in "" $combinations; do
        configure_off "$set" || possible=no
        values > "/tmp/values-$set"
    done
    git -C "$src" checkout --quiet --detach "$last"
    # What is made from these files is not out of date.
    sed "s|^|$src/|" /tmp/changed | while IFS= read -r file; do
        [ ! -f "$file" ] || touch -d @100000000 "$file"
    done
    [ $possible = yes ] || return 1
    : > /tmp/added
    for set in "" $combinations; do
        configure_off "$set" || return 1
        values > /tmp/values
        [ -z "$(comm -23 "/tmp/values-$set" /tmp/values)" ] || return 1
        comm -13 "/tmp/values-$set" /tmp/values | names >> /tmp/added
    done
    sort -u -o /tmp/new-options /tmp/added
    # One that was there with other options off is no new one.
    [ -z "$(cat /tmp/values-* | names | sort -u | comm -12 - /tmp/new-options)" ]
}

# The options of .config, one a line: CONFIG_X VALUE.
values() {
    sed -n 's/^\(CONFIG_[A-Za-z0-9_]*\)=/\1 /p; s/^# \(CONFIG_[A-Za-z0-9_]*\) is not set$/\1 off/p' $build/.config | sort
}

names() {
    sed 's/^CONFIG_//; s/ .*//'
}

# The symbols of /tmp/gone are those that the affected objects defined with the option on and define no longer; a reference that stays
# cannot be linked.
find_dangling() {
    [ -n "$1" ] || return 0
    nm --defined-only -g $1 2>/dev/null | awk 'NF == 3 { print $3 }' | sort -u > /tmp/defined-off
    comm -23 /tmp/defined-on /tmp/defined-off > /tmp/gone
    nm -A -u $1 |
        awk 'NR == FNR { gone[$1]; next } $NF in gone { sub(":.*", "", $1); print "faultline: undefined " $NF " in " $1 }' /tmp/gone -
}

# Takes over the new .config while every object counts as made with it: what the series does not reach is left as it is. kbuild knows
# through the times of these files which object depends on which option.
keep_the_rest() {
    touch /tmp/before
    run_make syncconfig > /dev/null
    find $build/include/config -type f -name '[A-Z0-9]*' ! -name '*.*' -newer /tmp/before -exec touch -d @0 '{}' +
}

# SET: fails where an option of it cannot be switched off, which is told of the option alone.
can_be_off() {
    for option in $(printf %s "$1" | tr + ' '); do
        ! grep -qxF "$option" /tmp/impossible || return 1
    done
}

# SET: configured without it, and told where that says nothing. What is left is a configuration that no earlier set has.
configure_without() {
    case $1 in
        *+*)
            can_be_off "$1" && configure_off "$1" || return 1
            cmp -s $build/.config /tmp/config-on && return 1
            for earlier in /tmp/config-off-*; do
                ! cmp -s "$earlier" $build/.config || return 1
            done
            begin without "$1"
            return ;;
    esac
    begin without "$1"
    echo "$1" >> /tmp/impossible
    if ! grep -q "^CONFIG_$1=" /tmp/config-on; then
        end was-off
    elif ! configure_off "$1"; then
        end failed
    elif grep "^CONFIG_$1=" $build/.config; then
        end stays-on
    else
        sed -i '$d' /tmp/impossible
        return 0
    fi
    return 1
}

check_without() {
    configure_without "$1" || return 0
    cp $build/.config "/tmp/config-off-$1"
    if [ "$WHOLE" = 1 ]; then
        if run_make -j"$JOBS" -Otarget vmlinux; then end ok; else end failed; fi
        return
    fi
    if [ -z "$objects" ]; then
        end skipped "no object is made from what the series changes"
        return
    fi
    cd $build
    rm -f $objects
    outcome=ok
    keep_the_rest
    # All objects, joined without resolving anything: files that were left as they are may refer to what is gone.
    run_make -k -j"$JOBS" -Otarget vmlinux_o || outcome=failed
    compiled=
    for object in $objects; do
        if [ -f "$object" ]; then
            compiled="$compiled $object"
        elif [ $outcome = ok ]; then
            say "absent $object"
        fi
    done
    if [ $outcome = ok ]; then
        find_dangling "$compiled" > /tmp/dangling
        cat /tmp/dangling
        [ ! -s /tmp/dangling ] || outcome=failed
    fi
    cd $top
    end $outcome
}

# Every set of SWITCH_OFF that makes a configuration of its own.
check_options() {
    [ -n "$SWITCH_OFF" ] || return 0
    combinations=$(combinations_of $SWITCH_OFF)
    : > /tmp/impossible
    : > /tmp/new-options
    if [ $builds = no ]; then
        for option in $SWITCH_OFF; do
            begin without "$option"
            end skipped "the last tree does not build with it on"
        done
        return
    fi
    last=$(git -C "$src" rev-parse HEAD)
    changed_files "$src" "$base" HEAD > /tmp/changed
    # An older kbuild joins its objects while it links, and not before.
    grep -q '^vmlinux_o' "$src/Makefile" || WHOLE=1
    [ "$WHOLE" = 1 ] || ! changes_the_build || WHOLE=1
    configure_with /tmp/fragment.config
    cp $build/.config /tmp/config-on
    objects=$(affected_objects)
    (cd $build && nm --defined-only -g $objects) 2>/dev/null | awk 'NF == 3 { print $3 }' | sort -u > /tmp/defined-on
    for set in $combinations; do
        check_without "$set"
    done
}
