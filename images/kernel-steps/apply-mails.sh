# One commit from each mail that split_series (mails.sh) has found. Sourced by lib.sh, and by tests that need no container.

# LEVEL FOLDER PATCH …: the names of the files that patches are about, before and after them, each with a NUL; LEVEL components are taken
# off. Not 0 where git finds one of the patches odd, and then not all names.
numstat_names() {
    strip=$1
    in=$2
    odd=0
    shift 2
    git_in_folder "$in" apply --numstat -z "-p$strip" "$@" > "$in/numstat" 2> /dev/null || odd=1
    git_in_folder "$in" apply --numstat -z -R "-p$strip" "$@" >> "$in/numstat" 2> /dev/null || odd=1
    cut -z -f3- "$in/numstat"
    [ "$odd" = 0 ]
}

# LEVEL FOLDER: the same of one mail, odd or not.
names_in() {
    [ -f "$2/names$1" ] || numstat_names "$1" "$2" patch > "$2/names$1" || true
    cat "$2/names$1"
}

# LEVEL MAILS: the same of all mails.
names_in_all() {
    # Words without blanks: the folders have numbers.
    [ -f "$2/names$1" ] || numstat_names "$1" "$2" $(sed 's|$|/patch|' "$2/order") > "$2/names$1" || {
        while IFS= read -r number; do
            names_in "$1" "$2/$number" < /dev/null
        done < "$2/order" > "$2/names$1"
    }
    cat "$2/names$1"
}

# TREE MAILS: those files that the mails are about and that exist there, each with a NUL.
touched_files() {
    { names_in_all 0 "$2"; names_in_all 1 "$2"; } | sort -zu | (cd "$1" && xargs -0 -r sh -c '
        top=$(pwd -P)
        for file do
            case /$file/ in */../* | */.git/* | //*) continue ;; esac
            [ -f "$file" ] || [ -L "$file" ] || continue
            # git does not add what lies behind a link.
            case $file in
                */*)
                    folder=$(cd -P "./${file%/*}" && pwd)
                    [ "$folder/${file##*/}" = "$top/$file" ] || continue ;;
            esac
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
    before=$(git -C "$1" rev-parse HEAD) || return 70
    if apply_together "$1" "$2"; then
        while IFS= read -r number <&3 && IFS= read -r line <&4; do
            name_mail "$2/$number"
            printf 'git: %s\n' "$line"
        done 3< "$2/order" 4< "$2/words"
    else
        undo "$1"
        while IFS= read -r number <&3; do
            apply_mail "$1" "$2/$number" || return
        done 3< "$2/order"
    fi
    say "applied $(wc -l < "$2/order")"
}

# TREE MAILS: all mails in one run of git am, which takes less than half of the time; its words are in MAILS/words. Not 0 where that is not
# certain to be what one after the other comes to: other prefixes than a/ and b/, more or fewer commits, words about more than their names.
apply_together() {
    [ -s "$2/order" ] && [ ! -e "$1/a" ] && [ ! -e "$1/b" ] || return 1
    names_in_all 0 "$2" > "$2/names"
    ! grep -zqv '^[ab]/' "$2/names" || return 1
    tree=$1
    mails=$2
    set --
    while IFS= read -r number; do set -- "$@" "$mails/$number/mail"; done < "$mails/order"
    git -C "$tree" am -3 -p1 -- "$@" > "$mails/words" 2>&1 < /dev/null || return 1
    [ ! -e "$tree/a" ] && [ ! -e "$tree/b" ] && ! grep -qv '^Applying: ' "$mails/words" || return 1
    [ "$(git -C "$tree" rev-list --count "$before..HEAD")" = $# ] && [ "$(wc -l < "$mails/words")" = $# ]
}

name_mail() {
    IFS= read -r words < "$1/label" || true
    say "patch $words"
    IFS= read -r words < "$1/subject" || true
    say "subject $words"
}

# TREE FOLDER: the mail of split_series becomes one commit. One that does not is listed hunk by hunk.
apply_mail() {
    name_mail "$2"
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
    undo "$tree"
    return 1
}

# TREE: as it was at the commit "before".
undo() {
    git -C "$1" am --abort > /dev/null 2>&1 || true
    git -C "$1" reset --quiet --hard "$before" || exit 70
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
