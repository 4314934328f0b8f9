# Sourced by what boots a guest: the machine that docs/guest-contract.md promises, and the time that counts in it.
# QEMU, MACHINE and CONSOLE say what the architecture needs: the emulator, its -machine, the kernel's first serial line.

# What the kernel is told in every guest; a list of words.
kernel_line="console=$CONSOLE panic=-1 panic_on_oops=1 oops=panic la57=off hugepages=64 transparent_hugepage=madvise no_timer_check"
kernel_line="$kernel_line page_table_check=on unknown_nmi_panic=1 printk.devkmsg=on random.trust_cpu=on nokaslr"

# ACCELERATOR: sets engine and cpu.
choose_engine() {
    case $1 in
        kvm) engine=kvm cpu=host ;;
        # Without AVX programs pick code that costs an emulated CPU less.
        *) engine=tcg,thread=multi,tb-size=512 cpu=max,la57=off,avx=off,avx2=off ;;
    esac
}

# FOLDER IMAGE: the folder as a read-only file system. What went wrong stands in the log of QEMU.
make_image() {
    mkfs.erofs --quiet -T0 --all-root "$2" "$1" > "$2.log" 2>&1 || {
        cp "$2.log" /output/qemu.log; echo "ending broken" > /output/ending; exit 0; }
}

# SERIAL FILE: adds a disk that cannot be written to drives, a list of words.
drives=
add_drive() {
    drives="$drives -drive if=none,id=$1,file=$2,format=raw,readonly=on -device virtio-blk-pci,drive=$1,serial=$1"
}

# FOLDER: sets initrd, made in FOLDER where modules have to be inserted before there are disks.
choose_initrd() {
    initrd=/guest/initramfs.cpio.gz
    [ -d /input/modules ] || return 0
    initrd=$1/initramfs
    # The kernel unpacks one archive after the other.
    { cat /guest/initramfs.cpio.gz; (cd /input && find modules | cpio --quiet -o -H newc -R 0:0 | gzip -1n); } > "$initrd"
}

# FOLDER [SNAPSHOT]: the disks of every guest that runs programs, those of the payload and of swap made in FOLDER, or as they were kept.
add_payload() {
    add_drive root /guest/root.erofs
    if [ -n "${2:-}" ]; then
        cp --sparse=always "$2/swap" "$1/swap"
        add_drive payload "$2/payload.erofs"
    else
        make_image /input/payload "$1/payload.erofs"
        truncate -s 64M "$1/swap"
        add_drive payload "$1/payload.erofs"
    fi
    drives="$drives -drive if=none,id=swap,file=$1/swap,format=raw,cache=unsafe -device virtio-blk-pci,drive=swap,serial=swap"
}

# Deadlines count the time in which the guest could run: the kernel tells of each thread of QEMU how long it stood in the queue for a
# processor. The guest is told the sum over the file descriptor 5, for the deadlines inside it. All times are in thousandths of a second.
# However busy the machine is, at least one second in so many counts, so that every deadline passes some day.
most_stretch=10
read_clock() { read -r now _ < /proc/uptime && now=${now%.*}${now#*.}0; }
# WAITED: what a guest that is resumed has been told before its snapshot.
begin_clock() {
    waited=0 told_before=${1:-0} told=$((${1:-0} / 1000)) elapsed=0
    read_clock
    began=$now before=$now
}

# PID FOLDER: looks at the threads of QEMU, and leaves the sum in FOLDER/waited.
look_around() {
    read_clock
    interval=$((now - before)) before=$now longest=0
    for file in /proc/"$1"/task/*/schedstat; do
        { read -r _ queued _ < "$file"; } 2>/dev/null || continue
        thread=${file%/schedstat} thread=${thread##*/}
        eval "delay=\$((queued - \${queued_$thread:-0})) queued_$thread=\$queued"
        [ "$delay" -le "$longest" ] || longest=$delay
    done
    longest=$((longest / 1000000)) most=$((interval - interval / most_stretch))
    [ "$longest" -le $most ] || longest=$most
    waited=$((waited + longest)) elapsed=$((now - began - waited))
    echo "waited $waited" > "$2/waited"
    sum=$(((told_before + waited) / 1000))
    [ $sum -eq $told ] || { told=$sum; echo $told >&5; }
}

# FOLDER STATUS: writes /output/ending by QEMU's exit status and what was left in FOLDER on the way.
tell_ending() {
    {
        if [ -e "$1/late" ]; then echo "ending deadline"; cat "$1/late"
        elif [ "$2" -gt 128 ]; then echo "ending killed"; echo "signal $(($2 - 128))"
        elif [ "$2" -ne 0 ]; then echo "ending broken"
        elif [ -e "$1/reset" ]; then echo "ending reset"
        else echo "ending stopped"
        fi
        cat "$1/waited" "$1/silent" 2>/dev/null || :
        read -r load _ < /proc/loadavg && echo "load $load"
        echo "processors $(nproc)"
        # The second number of the group's own count, in either generation of control groups.
        sed -n 's/^oom_kill \([1-9]\)/oom-kills \1/p' /sys/fs/cgroup/memory.events /sys/fs/cgroup/memory/memory.oom_control 2>/dev/null || :
    } > /output/ending
}
