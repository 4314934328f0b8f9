using Faultline.Harness.Identity;
using Faultline.Harness.Progress;

namespace Faultline.Harness.Kernels;

/// <summary>A kernel that is ready to boot. All paths are absolute and exist.</summary>
/// <param name="Id">Which kernel it is.</param>
/// <param name="Release">What <c>uname -r</c> says on it.</param>
/// <param name="SourceVersion">The exact source: <c>6.1.192-2</c>, or the state of the user's tree.</param>
/// <param name="Folder"><c>artifacts/kernels/ID</c>.</param>
/// <param name="Phases">What was done or skipped, with times and reasons.</param>
internal sealed record BuiltKernel(KernelId Id, string Release, string SourceVersion, string Folder, IReadOnlyList<PhaseFinished> Phases)
{
    /// <summary>The kernel's name in every table.</summary>
    public string Name => Id.Variant;

    /// <summary>The bootable image.</summary>
    public string BzImage => Path.Combine(Folder, Id.Architecture.Image);

    /// <summary>The ELF image with symbols and, where configured, BTF; without DWARF.</summary>
    public string Vmlinux => Path.Combine(Folder, "vmlinux");

    /// <summary>The configuration as built.</summary>
    public string Config => Path.Combine(Folder, "config");

    /// <summary>linux/userfaultfd.h as <c>make headers_install</c> of the patched tree gives it.</summary>
    public string UapiHeader => Path.Combine(Folder, "userfaultfd.h");

    /// <summary>The types of <c>fs/userfaultfd.o</c>, the object that is linked into this kernel, as bpftool lists them; null when the kernel has no such object.</summary>
    public string? UserfaultfdBtf => Path.Combine(Folder, KernelBuilder.BtfName) is var path && File.Exists(path) ? path : null;

    /// <summary>The folder that <c>&lt;linux/types.h&gt;</c> and all other installed headers of the patched tree are found in.</summary>
    public string UapiHeaders => Path.Combine(Folder, KernelBuilder.HeaderFolder);

    /// <summary>
    /// What the patches of the series are called, in their order: kept with the kernel, for git is started for each. Null where
    /// that is not known.
    /// </summary>
    public IReadOnlyList<string?>? Subjects { get; init; }

    /// <summary>Whether nothing had to be done.</summary>
    public bool Cached => Phases.All(p => p.Cached);
}
