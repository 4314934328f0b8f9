namespace Faultline.Harness.Identity;

/// <summary>What is particular to the machines that a kernel runs on. Nothing else in the harness names one.</summary>
internal sealed record Architecture
{
    /// <summary>The one that kernels are built for today: the builder's, the runner's and the suite's.</summary>
    public static readonly Architecture X86 = new()
    {
        Name = "x86_64",
        KernelArch = "x86",
        Triple = "x86_64-linux-gnu",
        Image = "bzImage",
        ImageInWords = "a bzImage for x86-64 with a serial console",
        Qemu = "qemu-system-x86_64",
        Machine = "q35,vmport=off,usb=off,sata=off",
        Console = "ttyS0",
        Terminal = "ttyS1",
        RuntimeIdentifier = "linux-x64",
        MinimumKernel = new Version(5, 7),
    };

    /// <summary>
    /// Others that a change of memory management has to compile for, as kbuild's <c>ARCH</c> and, after a colon,
    /// <c>CROSS_COMPILE</c>: one with 32 bits, one of another family.
    /// </summary>
    public static IReadOnlyList<string> Others { get; } = ["i386", "arm64:aarch64-linux-gnu-"];

    /// <summary>The name that <c>uname -m</c> gives it.</summary>
    public required string Name { get; init; }

    /// <summary>The architecture's folder in the kernel's <c>arch/</c>.</summary>
    public required string KernelArch { get; init; }

    /// <summary>What a compiler calls it, and where its libraries are.</summary>
    public required string Triple { get; init; }

    /// <summary>The bootable image: make's target, and the file in <c>arch/ARCH/boot</c>.</summary>
    public required string Image { get; init; }

    /// <summary>What such an image has to be, for a message.</summary>
    public required string ImageInWords { get; init; }

    /// <summary>The emulator's program.</summary>
    public required string Qemu { get; init; }

    /// <summary>The emulator's <c>-machine</c>.</summary>
    public required string Machine { get; init; }

    /// <summary>The kernel's device for the first serial line of that machine.</summary>
    public required string Console { get; init; }

    /// <summary>The kernel's device for the second one, which is a person's terminal.</summary>
    public required string Terminal { get; init; }

    /// <summary>What .NET calls it: the suite is published for it.</summary>
    public required string RuntimeIdentifier { get; init; }

    /// <summary>The oldest kernel with userfaultfd's write-protection there, which every variant here is about.</summary>
    public required Version MinimumKernel { get; init; }

    public override string ToString() => Name;
}
