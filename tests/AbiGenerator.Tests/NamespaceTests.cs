using Microsoft.CodeAnalysis;

namespace Faultline.AbiGenerator.Tests;

/// <summary>Several headers in one namespace are one compilation: each record once, whoever includes it.</summary>
[Trait("needs", "libclang")]
public sealed class NamespaceTests
{
    private const string Common = "#ifndef COMMON\n#define COMMON\nstruct point { int x, y; };\nenum colour { RED, GREEN };\n#endif\n";

    private static void IsClean(GeneratorRun run)
    {
        Assert.DoesNotContain(run.Diagnostics, diagnostic => diagnostic.Severity > DiagnosticSeverity.Info);
        Assert.DoesNotContain(run.Output.GetDiagnostics(TestContext.Current.CancellationToken), diagnostic =>
            diagnostic.Severity >= DiagnosticSeverity.Warning);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Record_that_two_headers_include_is_written_once(bool withItsOwnHeader)
    {
        var models = HeaderSet.Models(
            ("a.h", "#include \"common.h\"\nstruct a { struct point at; enum colour c; };\n"),
                ("b.h", "#include \"common.h\"\nstruct b { struct point at[2]; };\n"), ("common.h", Common));
        var run = GeneratorRun.Of(withItsOwnHeader ? models : models[..2]);
        IsClean(run);
        var assembly = run.Load();
        Assert.Equal("Sample.Abi.Point", assembly.GetType("Sample.Abi.B")!.GetField("At")!.FieldType.GetField("_element",
            System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance)!.FieldType.FullName);
        Assert.Equal("Sample.Abi.Point", assembly.GetType("Sample.Abi.A")!.GetField("At")!.FieldType.FullName);
        Assert.Contains("struct Point", run.Files[withItsOwnHeader ? "Sample.Abi.Common.Structs.g.cs" : "Sample.Abi.A.Structs.g.cs"],
            StringComparison.Ordinal);
    }

    /// <summary>The order of the items in the project file means nothing.</summary>
    [Fact]
    public void Order_of_the_models_changes_no_line()
    {
        var models = HeaderSet.Models(
            ("linux/b.h", "#include \"../common.h\"\nstruct a_b { struct point at; };\n#define A_FLAG_X (1 << 0)\n"),
            ("asm/b.h", "#include \"../common.h\"\nstruct A_B { struct point at; };\n#define A_FLAG_Y (1 << 1)\n"), ("common.h", Common));
        Assert.Equal(GeneratorRun.Of(models).Files, GeneratorRun.Of([.. models.Reverse()]).Files);
    }

    [Fact]
    public void Headers_of_one_file_name_have_classes_of_their_own()
    {
        var run = GeneratorRun.Of(HeaderSet.Models(("linux/kvm.h", "#define KVM_A 1\n"), ("asm/kvm.h", "#define KVM_B 2\n")));
        IsClean(run);
        var types = run.Load().GetTypes().Select(type => type.Name).ToList();
        Assert.Contains("KvmConstants", types);
        Assert.Contains("AsmKvmConstants", types);
    }

    /// <summary>As vendors copy them: the same record twice is one, another of its name is another type.</summary>
    [Fact]
    public void Records_of_one_name_in_two_headers()
    {
        var run = GeneratorRun.Of(HeaderSet.Models(
            ("a.h", "struct same { int x; };\nstruct other { int x; };\nstruct in_a { struct other o; };\n"),
            ("b.h", "struct same { int x; };\nstruct other { long x; };\nstruct in_b { struct other o; struct same s; };\n")));
        IsClean(run);
        var assembly = run.Load();
        Assert.Equal("Other", assembly.GetType("Sample.Abi.InA")!.GetField("O")!.FieldType.Name);
        Assert.Equal("other", assembly.GetType("Sample.Abi.InB")!.GetField("O")!.FieldType.Name);
        Assert.Equal("Same", assembly.GetType("Sample.Abi.InB")!.GetField("S")!.FieldType.Name);
    }

    [Fact]
    public void Two_kernels_side_by_side()
    {
        var old = HeaderSet.Models("Old.Abi", ("linux/k.h", "struct k { int a; };\n#define K_FLAG_A (1 << 0)\n"));
        var young = HeaderSet.Models("New.Abi", ("linux/k.h", "struct k { int a; int b; };\n#define K_FLAG_A (1 << 0)\n"));
        var run = GeneratorRun.Of([.. old, .. young]);
        IsClean(run);
        Assert.NotNull(run.Load().GetType("New.Abi.K")!.GetField("B"));
    }

    [Fact]
    public void Enum_without_a_name_belongs_to_its_header()
    {
        var run = GeneratorRun.Of(HeaderSet.Models(
            ("a.h", "#include \"c.h\"\nstruct a { struct c c; };\n"),
                ("c.h", "#ifndef C\n#define C\nstruct c { enum { C_ONE = 1 } kind; };\n#endif\n")));
        IsClean(run);
        Assert.NotNull(run.Load().GetType("Sample.Abi.CConstants")!.GetField("COne"));
    }

    /// <summary>Fifty headers that share includes, on this machine: no collision, no warning.</summary>
    [Fact]
    public void Fifty_headers_in_one_project()
    {
        string[] headers =
        [
            "kvm", "userfaultfd", "bpf", "ethtool", "videodev2", "v4l2-controls", "nl80211", "fuse", "vfio", "io_uring",
            "perf_event", "input", "if_link", "if_packet", "in", "in6", "if_ether", "netlink", "rtnetlink", "fs",
            "fscrypt", "btrfs", "loop", "nbd", "hidraw", "uinput", "usbdevice_fs", "vhost", "virtio_net", "virtio_ring",
            "tls", "tcp", "udp", "xfrm", "pkt_sched", "pkt_cls", "can", "media", "dma-buf", "seccomp", "ptrace", "sched",
            "stat", "mount", "openat2", "futex", "cec", "rtc", "watchdog", "tun", "snd/asound", "gpio",
        ];
        var files = headers.Select(name => $"/usr/include/linux/{name}.h").Where(File.Exists)
            .Append("/usr/include/x86_64-linux-gnu/asm/kvm.h").Where(File.Exists).ToList();
        Assert.True(files.Count >= 50, $"only {files.Count} of the headers are here");
        var run = GeneratorRun.Of([.. files.Select((file, number) =>
            new ModelFile(AbiModel.AbiFile.Format(HeaderSet.Extract(file, "/usr/include", "/usr/include/x86_64-linux-gnu")),
                Path: $"{number}.abi.json"))]);
        IsClean(run);
    }
}
