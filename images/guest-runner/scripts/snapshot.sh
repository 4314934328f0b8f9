# Sourced by run-guest: a guest whose suite stands ready is kept, and later runs begin with it.
# A snapshot is a folder of its own in /snapshots, which says by its name what it is made from (docs/caches.md):
#   state                 QEMU's own
#   payload.erofs, swap   the disks
#   boot.log, boot.line   what was said on the way there
#   waited                as in /output/ending
most_snapshots=8

# Copies what comes as it comes, 4 MiB at most, and takes the rest as well.
keep_beginning() {
    exec perl -e 'my $left = 4 << 20;
        while (sysread STDIN, my $bytes, 65536) { $left -= syswrite STDOUT, substr $bytes, 0, $left if $left > 0 }'
}

# The suite opens the port of its orders when it stands ready, and QEMU tells so. Sets ports, a list of words.
add_orders() {
    mkfifo "$work/orders.in" "$work/orders.out"
    ports="-chardev pipe,id=orders,path=$work/orders -device virtserialport,chardev=orders,name=org.faultline.orders,id=orders"
}

# Not before somebody reads does a fifo take more than a little.
give_orders() { cat /input/orders > "$work/orders.in" & }

# Guest and disks stand still until the state is written.
begin_snapshot() {
    save=''
    new=$(mktemp -d "$kept.XXXXXX") || { give_orders; return; }
    monitor stop
    monitor migrate "{\"uri\":\"exec:cat > $new/state\"}"
}

# What cannot be removed costs space; the guest, which stands still meanwhile, must go on all the same.
forget() { rm -rf "$1" || :; }

# completed|failed
end_snapshot() {
    if [ "$1" = completed ] && cp --sparse=always "$work/payload.erofs" "$work/swap" "$work/boot.log" "$work/boot.line" "$new/" \
        && { cp "$work/waited" "$new/waited" 2>/dev/null || echo "waited 0" > "$new/waited"; }; then
        # Another run may have been faster.
        mv -T "$new" "$kept" 2>/dev/null || forget "$new"
        find /snapshots -mindepth 1 -maxdepth 1 -type d -printf '%T@ %p\n' | sort -rn | tail -n +$((most_snapshots + 1)) \
            | while read -r _ old; do forget "$old"; done
    else
        forget "$new"
    fi
    monitor cont
    give_orders
}
