# One commit from each mail that split_series (mails.sh) has found. Sourced by lib.sh, and by tests that need no container.

# LEVEL FOLDER: the names of the files that a mail's diff is about, before and after it, each with a NUL; LEVEL components are taken off.
names_in() {
    [ -f "$2/names$1" ] || {
        git_in_folder "$2" apply --numstat -z "-p$1" patch 2> /dev/null | cut -z -f3-
        git_in_folder "$2" apply --numstat -z -R "-p$1" patch 2> /dev/null | cut -z -f3-
    } > "$2/names$1"
    cat "$2/names$1"
}

# TREE MAILS: those files that the mails are about and that exist there, each with a NUL.
touched_files() {
    while IFS= read -r number; do
        names_in 0 "$2/$number" < /dev/null
        names_in 1 "$2/$number" < /dev/null
    done < "$2/order" | sort -zu | (cd "$1" && xargs -0 -r sh -c '
        top=$(pwd -P)
        for file do
            case /$file/ in */../* | */.git/* | //*) continue ;; esac
            [ -f "$file" ] || [ -L "$file" ] || continue
            # git does not add what lies behind a link.
            folder=$(cd -P "$(dirname -- "./$file")" && pwd)
            [ "$(printf "%s/%s" "$folder" "$(basename -- "$file")")" = "$top/$file" ] || continue
            printf "%s\0" "$file"
        done' sh)
}

# TREE FOLDER: 0 when the names of the mail have no prefix such as a/ and b/ (git format-patch --no-prefix), else 1.
level_of() {
    for level in 0 1; do
        names_in $level "$2" | (cd "$1" && xargs -0 -r sh -c '
            found=0
            strange=0
            for file do
                [ ! -f "$file" ] || found=$((found + 1))
                [ -e "${file%%/*}" ] || strange=1
            done
            echo $found $strange' sh) > "$2/level$level"
    done
    read -r found0 strange0 < "$2/level0" || { echo 1; return; }
    read -r found1 strange1 < "$2/level1" || found1=0
    if [ "$found0" -gt "$found1" ] || { [ "$found0" -eq "$found1" ] && [ "$strange0" -eq 0 ]; }; then echo 0; else echo 1; fi
}

# TREE MAILS: every mail becomes a commit, or 65.
apply_mails() {
    while IFS= read -r number <&3; do
        apply_mail "$1" "$2/$number" || return
    done 3< "$2/order"
    say "applied $(wc -l < "$2/order")"
}

# TREE FOLDER: the mail of split_series becomes one commit. One that does not is listed hunk by hunk.
apply_mail() {
    say "patch $(cat "$2/label")"
    say "subject $(cat "$2/subject")"
    before=$(git -C "$1" rev-parse HEAD) || return 70
    level=$(level_of "$1" "$2")
    taken=no
    if try "$1" "$2" am -3 "-p$level" -- "$2/mail"; then
        taken=yes
    elif grep -q 'quoted CRLF detected' "$2/words"; then
        if retry "$1" "$2" am -3 --quoted-cr=strip "-p$level" -- "$2/mail"; then taken=yes; fi
    elif grep -q -e '^Patch format detection failed' -e '^fatal: empty ident name' "$2/words"; then
        # A diff without a mail around it.
        if retry "$1" "$2" apply -3 "-p$level" "$2/patch" && commit_diff "$1" "$2"; then taken=yes; fi
    elif grep -q "$(printf '\r')" "$2/mail"; then
        if retry "$1" "$2" am -3 --keep-cr "-p$level" -- "$2/mail"; then taken=yes; fi
    fi
    if [ $taken = yes ]; then
        count=$(git -C "$1" rev-list --count "$before..HEAD") || return 70
        [ "$count" != 1 ] || return 0
        say "problem git am ended well and made $count commits of it, not one"
        return 65
    fi
    # git am names the first place at most; --reject goes on and numbers every hunk that fails.
    say rejects
    git -C "$1" apply --reject --verbose "-p$level" "$2/patch" > "$2/words" 2>&1 < /dev/null || true
    quote_words "$2/words"
    return 65
}

# TREE FOLDER COMMAND …: git's words end up in FOLDER/words and, quoted, in the output. What fails leaves the tree as it was.
try() {
    tree=$1
    words=$2/words
    shift 2
    status=0
    git -C "$tree" "$@" > "$words" 2>&1 < /dev/null || status=$?
    quote_words "$words"
    [ $status -ne 0 ] || return 0
    git -C "$tree" am --abort > /dev/null 2>&1 || true
    git -C "$tree" reset --quiet --hard "$before" || exit 70
    return 1
}

retry() {
    say "again with git $3 $4 $5"
    try "$@"
}

# TREE FOLDER: its name is all that is known of what was applied.
commit_diff() {
    try "$1" "$2" -c user.name=Faultline -c user.email=faultline@localhost commit --quiet --cleanup=verbatim --no-verify \
        --date="100000000 +0000" --file="$2/label"
}
