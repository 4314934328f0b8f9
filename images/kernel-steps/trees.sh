# Work trees of the source in the folder pristine, in which git makes commits of mails. Sourced by lib.sh, and by tests that need no
# container; the working folder is the one that holds pristine.

# DIR MAILS: a work tree of the pristine source, all of it hard links.
clone_pristine() {
    rm -rf "$1"
    cp -al pristine "$1"
    touched_files "$1" "$2" > touched
    commit_touched "$1"
}

# DIR MAILS: as much of the pristine source as git needs for the mails: the files that they touch, and the names of the folders.
clone_touched() {
    rm -rf "$1"
    mkdir "$1"
    touched_files pristine "$2" > touched
    (cd pristine && find . -maxdepth 1 -type d ! -name .git -print0) | (cd "$1" && xargs -0 mkdir -p)
    [ ! -s touched ] || (clone=$PWD/$1 && cd pristine && xargs -0 cp -al --parents -t "$clone" -- < ../touched)
    commit_touched "$1"
}

# DIR: a repository of the files that "touched" names and of no others: adding all eighty thousand takes longer than unpacking them.
commit_touched() {
    git -C "$1" init --quiet
    # Hard links change an inode's ctime, which git must not take for a changed file.
    printf '%s\n' '[user]' 'name = Faultline' 'email = faultline@localhost' '[gc]' 'auto = 0' \
        '[core]' 'trustctime = false' 'checkStat = minimal' >> "$1/.git/config"
    [ ! -s touched ] || GIT_LITERAL_PATHSPECS=1 git -C "$1" add --force --pathspec-from-file="$PWD/touched" --pathspec-file-nul
    rm touched
    GIT_AUTHOR_DATE="100000000 +0000" git -C "$1" commit --quiet --allow-empty --message "$(cat pristine.key)"
}

# TREE OLD NEW: the files in which two commits differ, one a line, under the names they have on disk.
changed_files() {
    git -C "$1" diff --name-only --no-renames -z "$2" "$3" | tr '\0' '\n'
}
