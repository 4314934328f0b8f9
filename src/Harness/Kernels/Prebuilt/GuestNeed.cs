using Faultline.Harness.Kconfig;

namespace Faultline.Harness.Kernels.Prebuilt;

/// <summary>An option without which no guest reaches its suite.</summary>
/// <param name="Option">Its name, without <c>CONFIG_</c>.</param>
/// <param name="Purpose">What it is for, as the end of a sentence.</param>
/// <param name="Module">The module that serves as well, inserted before anything is mounted; null where it must be built in.</param>
internal sealed record GuestNeed(string Option, string Purpose, string? Module = null)
{
    /// <summary>All of them. What single tests need beyond is for these to say.</summary>
    public static IReadOnlyList<GuestNeed> All { get; } =
    [
        new("64BIT", "the suite is a 64-bit program"),
        new("PCI", "all of the guest's devices are on PCI"),
        new("PRINTK", "a verdict rests on the kernel log too"),
        new("SERIAL_8250_CONSOLE", "the kernel log comes over a serial line"),
        new("BLK_DEV_INITRD", "the guest starts from an initramfs"),
        new("RD_GZIP", "the initramfs is compressed with gzip"),
        new("BINFMT_ELF", "the guest runs programs"),
        new("BINFMT_SCRIPT", "the guest's init is a script"),
        new("DEVTMPFS", "the guest finds its devices in /dev"),
        new("PROC_FS", "init and suite read /proc"),
        new("SYSFS", "the guest finds its disks in /sys"),
        new("TMPFS", "the guest's /tmp is in memory"),
        new("BLOCK", "programs and suite are on disks"),
        new("VIRTIO_PCI", "disks and ports are virtio devices", "virtio_pci"),
        new("VIRTIO_BLK", "programs and suite are on virtio disks", "virtio_blk"),
        new("VIRTIO_CONSOLE", "results come over a virtio port", "virtio_console"),
        new("EROFS_FS", "programs and suite are in erofs images", "erofs"),
        new("MULTIUSER", "the .NET runtime asks who it runs as"),
        new("NET", "the .NET runtime needs sockets"),
        new("UNIX", "the .NET runtime needs sockets"),
        new("FUTEX", "the .NET runtime's locks"),
        new("EPOLL", "the .NET runtime waits with it"),
        new("EVENTFD", "the suite is woken by it"),
        new("POSIX_TIMERS", "the .NET runtime's timers"),
        new("ADVISE_SYSCALLS", "the .NET runtime and the tests give advice on memory"),
        new("USERFAULTFD", "it is what the suite tests"),
    ];

    /// <summary>What a configuration lacks, a line for each.</summary>
    /// <param name="values">The kernel's configuration.</param>
    /// <param name="modules">Whether its modules are at hand.</param>
    public static IReadOnlyList<string> Missing(KconfigValues values, bool modules) =>
        [.. All.Select(need => need.WhyNot(values.Get(need.Option), modules)).OfType<string>()];

    private string? WhyNot(string value, bool modules) => value switch
    {
        "y" => null,
        "m" when Module is not null && modules => null,
        "m" when Module is not null =>
            $"CONFIG_{Option} is a module, which is not in the image: {Purpose}. Build it in, or give the kernel's package",
        "m" => $"CONFIG_{Option} is a module and must be built in: {Purpose}",
        _ => $"CONFIG_{Option} is not set: {Purpose}",
    };
}
