# What git makes of the files of a series: the mails in them, in the order of application. Nothing here reads a mail: git mailsplit and
# git mailinfo do. Sourced by lib.sh, and by tests that need no container.
#
# A series is a folder of parts, 01-listed 02-unlisted …, whose files carry their place in their names: 0001-NAME. The files of a listed
# part are in order already; an unlisted part is in the order of the numbers that its mails carry, if all of them do. NN-excluded holds
# files that are left out on purpose: only their numbers count.
#
# split_series SERIES MAILS fills MAILS with a folder for each mail (mail: as git am gets it, patch: its diff, label: what people know it
# by, subject, part), the file order (the folders to apply, in order) and the file left-out (LABEL: WHY, one a line). Both are absolute.

# No configuration may change what git takes, and its words are looked at.
export LC_ALL=C.UTF-8 GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null GIT_ATTR_NOSYSTEM=1 GIT_COMMITTER_DATE="100000000 +0000"

tab=$(printf '\t')

say() {
    printf 'faultline: %s\n' "$*"
}

# LABEL WORDS: what is wrong with a file or mail. 65 is EX_DATAERR: the series is at fault, not the machinery.
refuse() {
    say "patch $1"
    say "problem $2"
    return 65
}

# FILE: what git or another tool said, marked as such: no line of it is taken for one of these scripts.
quote_words() {
    sed 's/^/git: /' "$1"
}

split_series() {
    mails=$2
    rm -rf "$mails" && mkdir "$mails" && : > "$mails/table" && : > "$mails/left-out" && : > "$mails/seen" || return 70
    found=0
    for file in "$1"/*/*; do
        [ -f "$file" ] || continue
        split_file "$file" || {
            status=$?
            case $file in *-excluded/*) continue ;; esac
            return $status
        }
    done
    sed 's/^/faultline: left out /' "$mails/left-out"
    order_mails < "$mails/table" > "$mails/sorted" || return 70
    missing_numbers < "$mails/sorted" > "$mails/missing" || return 70
    awk -F'\t' '$4 == "apply" { print $1 }' "$mails/sorted" > "$mails/order" || return 70
    if [ -s "$mails/missing" ]; then
        refuse "the series" "it is not complete: $(cat "$mails/missing")"
    elif [ -s "$mails/table" ] && [ ! -s "$mails/order" ]; then
        refuse "the series" "none of its files holds a patch"
    fi
}

# FILE: the mails in it.
split_file() {
    part=${1%/*}
    part=${part##*/}
    name=${1##*/}
    place=${name%%-*}
    name=${name#*-}
    file_box=$part/$place
    case $part in *-unlisted) file_box=$part ;; esac

    unpack "$1" "$name" || return
    rm -rf "$mails/split" && mkdir "$mails/split" || return 70
    git mailsplit --keep-cr -b -d6 "-o$mails/split" -- "$mails/file" > "$mails/words" 2>&1 || {
        refuse "$name" "git mailsplit cannot read it"
        quote_words "$mails/words"
        return 65
    }
    count=$(cat "$mails/words")
    # What is not an mbox goes to git am as it is: it knows more formats than that.
    [ "$count" -gt 1 ] || mv "$mails/file" "$mails/split/000001" || return 70
    index=0
    for mail in "$mails/split"/*; do
        index=$((index + 1))
        label=$name
        [ "$count" -eq 1 ] || label="$name (mail $index of $count)"
        inspect_mail || return
    done
}

# FILE NAME: MAILS/file becomes its content, decompressed if it is compressed. What it is, its first bytes tell.
unpack() {
    tool=cat
    case $(od -An -tx1 -N6 "$1") in
        ' 1f 8b'*) tool="gzip -dc" ;;
        ' fd 37 7a 58 5a 00') tool="xz -dc" ;;
        ' 28 b5 2f fd'*) tool="zstd -dc" ;;
        ' 42 5a 68'*) tool="bzip2 -dc" ;;
        # A byte order mark says nothing in UTF-8, and git does not expect it.
        ' ef bb bf'*) tool="tail -c +4" ;;
        ' 50 4b 03 04'* | ' 37 7a bc af 27 1c') refuse "$2" "it is an archive; unpack it and name the patches in it"; return ;;
        ' ff fe'* | ' fe ff'*)
            refuse "$2" "it is UTF-16 text, which git am does not read; write it as UTF-8 (iconv -f UTF-16 -t UTF-8)"
            return ;;
    esac
    command -v "${tool%% *}" > /dev/null || {
        refuse "$2" "it is compressed with ${tool%% *}, which is not installed where kernels are built; decompress it"
        return
    }
    $tool < "$1" > "$mails/file" 2> "$mails/words" || {
        [ "$tool" != cat ] || return 70
        refuse "$2" "${tool%% *} cannot decompress it"
        quote_words "$mails/words"
        return 65
    }
    if [ "$(od -An -c -j257 -N5 "$mails/file" 2> /dev/null)" = "   u   s   t   a   r" ]; then
        refuse "$2" "it is an archive; unpack it and name the patches in it"
        return
    fi
    if ! LC_ALL=C grep -q '[^[:space:]]' "$mails/file"; then
        refuse "$2" "the file is empty"
        return
    fi
}

# The mail $mail of $count in a file: a folder for it, or a line that says why it is left out.
inspect_mail() {
    found=$((found + 1))
    number=$(printf %06d "$found")
    folder=$mails/$number
    mkdir "$folder" "$folder/clean" && mv "$mail" "$folder/mail" || return 70
    printf '%s\n' "$label" > "$folder/label" && printf '%s\n' "$part" > "$folder/part" || return 70
    # The diff as git am sees it in a mail whose line ends went through a mail program.
    git mailsplit -b -d4 "-o$folder/clean" -- "$folder/mail" > /dev/null || return 70
    if git_in_folder "$folder" mailinfo -k -m --quoted-cr=strip message patch < "$folder/clean/0001" > "$folder/info" 2> /dev/null; then
        has_diff=$(diff_in "$folder")
    else
        # Nor can git am; it says why.
        has_diff=yes
    fi
    [ -f "$folder/patch" ] || : > "$folder/patch"
    sed -n '/^Subject: /{s///; s/\t/ /g; p; q}' "$folder/info" > "$folder/subject"
    numbers=$(subject_numbers < "$folder/subject")

    state=apply
    case $part in *-excluded) state=excluded ;; esac
    id=$(sed -n '${/^message-id:/Ip}' "$folder/message" 2> /dev/null || true)
    if [ $state = apply ]; then
        if [ "${numbers%% *}" = 0 ]; then
            leave_out "a cover letter"
        elif [ $has_diff = no ] && printf %s "$name" | grep -q '^\(v[0-9]*-\)\{0,1\}0000-'; then
            leave_out "a cover letter"
        elif [ $has_diff = no ]; then
            # An answer, or another mail of the mbox that does not say it is a patch.
            if grep -qi '^re:' "$folder/subject" || {
                [ "$count" -gt 1 ] && ! grep -qi '^\(\[[^]]*\] *\)*\[[^]]*\(patch\|[0-9]/[0-9]\)' "$folder/subject"
            }; then
                leave_out "it carries no patch"
            else
                refuse "$label" "Patch is empty: it holds no diff"
                say "subject $(cat "$folder/subject")"
                return 65
            fi
        elif [ -n "$id" ]; then
            # Mail programs keep a copy for each list that a mail came through.
            key=$(git_in_folder "$folder" patch-id --stable < "$folder/patch" 2> /dev/null || true)
            key="$id ${key%% *}"
            if grep -qxF -- "$key" "$mails/seen"; then
                leave_out "a second copy of the same mail"
            else
                printf '%s\n' "$key" >> "$mails/seen" || return 70
            fi
        fi
    elif [ "${numbers%% *}" != 0 ]; then
        printf '%s: the series file names it in a comment\n' "$label" >> "$mails/left-out" || return 70
    fi
    # Columns: folder, part, box (what is put into order), state, n, m, and the prefix without n.
    if [ -n "$numbers" ]; then
        rest=${numbers#* }
        numbers=${numbers%% *}$tab${rest%% *}$tab${rest#* }
    fi
    printf '%s\t%s\t%s\t%s\t%s\n' "$number" "${part%%-*}" "$file_box" "$state" "$numbers" >> "$mails/table" || return 70
}

leave_out() {
    state=left-out
    [ "$1" != "a cover letter" ] || state=cover
    printf '%s: %s\n' "$label" "$1" >> "$mails/left-out"
}

# FOLDER COMMAND …: git's command in a mail's folder, and not in a repository that it may lie in: there git would pass over the files that a
# diff has outside the folder.
git_in_folder() (
    cd "$1" && shift && GIT_CEILING_DIRECTORIES=${PWD%/*} exec git "$@"
)

# FOLDER: yes, or no when git finds no diff at all in the mail. A broken one is one.
diff_in() {
    if [ ! -s "$1/patch" ]; then
        echo no
    else
        case $(git_in_folder "$1" apply --numstat patch 2>&1 > /dev/null) in
            *'No valid patches in input'* | *'unrecognized input'*) echo no ;;
            *) echo yes ;;
        esac
    fi
}

# "[PATCH v2 03/10] mm: x" on standard input: "3 10 PATCH v2 /10"; nothing when it carries no numbers.
subject_numbers() {
    awk '{
        while (match($0, /^\[[^\]]*\] */)) {
            prefix = substr($0, 1, RLENGTH)
            $0 = substr($0, RLENGTH + 1)
            gsub(/[][,:]/, " ", prefix)
            words = split(prefix, word, " ")
            key = ""
            found = 0
            for (i = 1; i <= words; i++) {
                if (!found && word[i] ~ /^[0-9]+\/[0-9]+$/ && length(word[i]) <= 9) {
                    split(word[i], part, "/")
                    if (part[1] + 0 <= part[2] + 0 && part[2] > 0) {
                        found = 1
                        n = part[1] + 0
                        m = part[2] + 0
                        word[i] = "/" m
                    }
                }
                key = key (i > 1 ? " " : "") word[i]
            }
            if (found) {
                print n " " m " " toupper(key)
                exit
            }
        }
        exit
    }'
}

# The table on standard input, each box in the order of its mails' numbers if all that are applied carry one of the same series.
order_mails() {
    awk -F'\t' '
        { line[NR] = $0; box[NR] = $3; n[NR] = $5; applied[NR] = $4 == "apply" }
        !($3 in first) { first[$3] = NR }
        $4 == "apply" {
            if ($5 == "" || (($3 in key) && key[$3] != $7) || (($3, $5) in taken)) unsorted[$3] = 1
            key[$3] = $7
            taken[$3, $5] = 1
        }
        END { for (i = 1; i <= NR; i++) print first[box[i]] "\t" (box[i] in unsorted ? i : (applied[i] ? n[i] : 0)) "\t" line[i] }
    ' | sort -s -t"$(printf '\t')" -k1,1n -k2,2n | cut -f3-
}

# The sorted table on standard input: "[PATCH V2 2/5]" for each number that a part's mails promise and none of them has.
missing_numbers() {
    awk -F'\t' '
        $4 == "excluded" && $5 != "0" { excluded[$2, $7, $5] = 1; unnumbered[$2]++ }
        $4 == "apply" && $5 == "" { unnumbered[$2]++ }
        $4 == "cover" && $6 != "" { cover[$2] = $6; cover_key[$2] = $7; covers[$2]++ }
        $4 == "apply" && $5 != "" {
            id = $2 SUBSEP $7
            numbered[$2]++
            # Two series of one length: the second begins when 1 comes again.
            if (!(id in sets)) { order[++ids] = id; part[ids] = $2; key[ids] = $7; total[ids] = $6; sets[id] = 1 }
            else if ($5 == 1 && ((id, sets[id], 1) in seen)) sets[id]++
            seen[id, sets[id], $5] = 1
        }
        END {
            for (i = 1; i <= ids; i++)
                for (set = 1; set <= sets[order[i]]; set++)
                    for (n = 1; n <= total[i]; n++)
                        if (!((order[i], set, n) in seen) && !((part[i], key[i], n) in excluded)) {
                            name = key[i]
                            sub("/" total[i] "$", n "/" total[i], name) || sub("/" total[i] " ", n "/" total[i] " ", name)
                            if (++shown <= 20) text = text (shown > 1 ? ", " : "") "[" name "]"
                        }
            if (shown) print (shown > 1 ? "the patches " : "the patch ") text (shown > 20 ? " and more" : "") (shown > 1 ? " are missing" : " is missing")
            else
                for (p in cover)
                    if (covers[p] == 1 && !numbered[p] && unnumbered[p] + 0 < cover[p]) {
                        print "its cover letter counts " cover[p] " patches, and there are " unnumbered[p] + 0
                        exit
                    }
        }
    '
}
