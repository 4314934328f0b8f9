# What apply-series does with a tree that was built before. Sourced by it, and by tests that need no container.
#
# make compares times: a file keeps the time it has unless its content changes, and what changes becomes new. That holds as well for one
# that goes back to the pristine content, for its object was made from the patched one.
#
# worktree is the folder, with .changed behind its name what its series changed in it; .git/pristine.key in it names the source. fresh and
# fresh.changed are the new series.

# fresh.either becomes the names of all files in which worktree may not be what it has to be. 1 if any of them is more than a plain file.
find_differences() {
    { cat fresh.changed "$worktree.changed"; moved_source; } | sort -u > fresh.either
    ! strange < fresh.either
}

# Makes worktree hold what fresh and pristine say, in the files that fresh.either names.
update_tree() {
    # From here on the tree is neither the old nor the new one, and whoever comes next has to look at all of it.
    rm -f "$worktree.key"
    cp fresh.either "$worktree.changed"
    while IFS= read -r file; do
        wanted=$(wanted_of "$file")
        if [ -z "$wanted" ]; then
            rm -f "$worktree/$file"
        elif ! same_file "$wanted" "$worktree/$file"; then
            mkdir -p "$(dirname "$worktree/$file")"
            cp --preserve=mode "$wanted" fresh.partial
            # A new inode: the old one may be pristine's as well.
            mv -f fresh.partial "$worktree/$file"
        fi
    done < fresh.either
    rm -rf "$worktree/.git"
    mv fresh/.git "$worktree/.git"
    rm -rf fresh
}

# The files in which the source itself differs from the one that worktree stands on: those that are no hard links of one another.
moved_source() {
    [ "$(cat "$worktree/.git/pristine.key" 2> /dev/null)" != "$(cat pristine.key)" ] || return 0
    { inodes_of pristine; inodes_of "$worktree"; } | sort | uniq -u | cut -d' ' -f2-
}

inodes_of() {
    (cd "$1" && find . -path ./.git -prune -o ! -type d -printf '%i %P\n')
}

# Names on standard input: 0 if any is, or lies behind, something that is neither a file nor a folder where it should be one.
strange() {
    while IFS= read -r file; do
        for folder in fresh pristine "$worktree"; do
            [ ! -L "$folder/$file" ] || return 0
            [ ! -d "$folder/$file" ] || return 0
            above=$file
            while [ "${above%/*}" != "$above" ]; do
                above=${above%/*}
                [ ! -L "$folder/$above" ] || return 0
                [ ! -e "$folder/$above" ] || [ -d "$folder/$above" ] || return 0
            done
        done
    done
    return 1
}

# FILE: where its content is; nothing for one that is gone.
wanted_of() {
    place=pristine
    ! grep -qxF -- "$1" fresh.changed || place=fresh
    [ ! -f "$place/$1" ] || echo "$place/$1"
}

same_file() {
    [ -f "$2" ] && cmp -s "$1" "$2" && [ "$(stat -c %a "$1")" = "$(stat -c %a "$2")" ]
}

# Gives the files of fresh, a whole tree, the times that those of the old tree have, or new ones.
keep_times() {
    sort -u fresh.changed "$worktree.changed" | while IFS= read -r file; do
        [ -f "fresh/$file" ] && [ ! -L "fresh/$file" ] || continue
        cp -p "fresh/$file" "fresh/$file.faultline"
        if cmp -s "fresh/$file" "$worktree/$file"; then
            touch -r "$worktree/$file" "fresh/$file.faultline"
        else
            touch "fresh/$file.faultline"
        fi
        mv -f "fresh/$file.faultline" "fresh/$file"
    done
}
