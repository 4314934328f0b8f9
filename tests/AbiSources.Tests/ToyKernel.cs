using System.Diagnostics;
using Faultline.AbiExtractor.Tests;

namespace Faultline.AbiSources.Tests;

/// <summary>A git repository with a Makefile that installs its uapi headers as the kernel's does, in small.</summary>
internal sealed class ToyKernel : IDisposable
{
    private const string Makefile = """
        headers:
        	@test -n "$(ARCH)" -a -n "$(O)" -a -d "$(O)"
        	@mkdir -p $(INTO)/linux $(INTO)/asm
        	@for header in include/uapi/linux/*.h; do \
        		sed '/^#ifdef __KERNEL__/,/^#endif/d' $$header > $(INTO)/linux/$$(basename $$header); \
        	done
        	@cp arch/$(ARCH)/include/uapi/asm/*.h $(INTO)/asm
        	@cp Makefile $(O)/built
        """;

    /// <summary>As kernels since 5.4 have it: <c>make headers</c>, into the build directory.</summary>
    public const string NewMakefile = "INTO = $(O)/usr/include\n" + Makefile + "\n";

    /// <summary>As older ones had it: <c>make headers_install</c> only, into a directory of its own.</summary>
    public static string OldMakefile { get; } = "INTO = $(INSTALL_HDR_PATH)/include\n" + Makefile.Replace("headers:", "headers_install:", StringComparison.Ordinal) + "\n";

    private readonly TemporaryDirectory _directory = new();

    public ToyKernel()
    {
        Write("Makefile", NewMakefile);
        Write("Kbuild", "");
        Write("drivers/not-needed.c", "int x;\n");
        Write("arch/x86/include/uapi/asm/toy.h", "#define TOY_ARCH 86\n");
        Write("arch/arm64/include/uapi/asm/toy.h", "#define TOY_ARCH 64\n");
        Write("include/uapi/linux/types.h", "typedef unsigned int __u32;\n");
        Header("#define TOY_FLAG_A (1 << 0)\nstruct toy { __u32 a; };\n");
        Git("init", "-q", "-b", "main");
        Commit("v1");
    }

    public string Path => _directory.Path;

    public void Write(string name, string text) => _directory.Write(name, text);

    /// <summary>Rewrites <c>linux/toy.h</c>, with a part that only the kernel sees.</summary>
    public void Header(string body) => Write("include/uapi/linux/toy.h", $"#include <linux/types.h>\n#ifdef __KERNEL__\n#include <linux/nowhere.h>\n#endif\n{body}");

    public void Commit(string tag)
    {
        Git("add", "-A");
        Git("-c", "user.name=t", "-c", "user.email=t@t", "commit", "-q", "-m", tag);
        Git("tag", tag);
    }

    /// <summary>Every file below the tree with its time of change, to see that nothing was written.</summary>
    public string[] Snapshot() => [.. Directory.EnumerateFileSystemEntries(Path, "*", SearchOption.AllDirectories)
        .Order(StringComparer.Ordinal).Select(entry => $"{entry} {File.GetLastWriteTimeUtc(entry):O}")];

    public void Git(params string[] arguments)
    {
        using var git = Process.Start("git", ["-C", Path, .. arguments]);
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
    }

    public void Dispose() => _directory.Dispose();
}
