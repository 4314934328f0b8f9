using CliWrap;
using CliWrap.Buffered;
using Faultline.Harness.Docker;
using Faultline.Harness.Inputs;
using Faultline.Harness.Kernels;
using Faultline.Harness.Progress;
using Faultline.Harness.Sources;

namespace Faultline.Harness.Tests.Kernels;

/// <summary>
/// Where the files of a kernel are, on this machine and in its volume: those of a debug build are not those of the
/// plain one.
/// </summary>
public sealed class KernelNamesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Checkout Checkout => new(RepositoryRoot.Path, _folder.Of("artifacts"));

    private static VariantCatalog Catalog => VariantCatalog.Load(RepositoryRoot.Of("linux-patch"));

    private static string DebugFragment => RepositoryRoot.Of("linux-patch", "kconfig", "debug.config");

    public void Dispose() => _folder.Dispose();

    private KernelRequest Request(string variant, params string[] extra) =>
        KernelRequest.For(Catalog.Get(variant), Checkout, tree: null, extra);

    [Fact]
    public async Task After_a_debug_build_was_asked_for_the_plain_kernel_is_still_cached()
    {
        var asked = 0;
        var builder = new KernelBuilder(Checkout, _ =>
        {
            asked++;
            throw new InvalidOperationException("an engine is needed");
        });
        Built(builder, Request("base"), "6.1.0-base");
        var plain = await builder.BuildAsync(Request("base"), new RecordedProgress(), Token);
        Assert.True(plain.Cached);

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => builder.BuildAsync(Request("base", DebugFragment), new RecordedProgress(), Token));
        Assert.Equal(1, asked);
        Built(builder, Request("base", DebugFragment), "6.1.0-base-debug");

        var debug = await builder.BuildAsync(Request("base", DebugFragment), new RecordedProgress(), Token);
        var again = await builder.BuildAsync(Request("base"), new RecordedProgress(), Token);
        Assert.True(debug.Cached && again.Cached);
        Assert.Equal(("6.1.0-base-debug", "6.1.0-base"), (debug.Release, again.Release));
        Assert.NotEqual(debug.BzImage, again.BzImage);
    }

    /// <summary>What a build leaves, at the places it leaves it.</summary>
    private void Built(KernelBuilder builder, KernelRequest request, string release)
    {
        var folder = Directory.CreateDirectory(Checkout.KernelFolder(request.Id.Name)).FullName;
        foreach (var name in KernelBuilder.ResultNamesOf(request.Architecture))
            File.WriteAllText(Path.Combine(folder, name), release);
        var files = KernelState.HashesOf(folder, KernelBuilder.ResultNamesOf(request.Architecture));
        new KernelState(builder.Inputs(request, request.Source.ToString()!).Inputs, "6.1", release, files).Write(folder);
    }

    [Fact]
    public void A_plain_kernel_has_the_places_that_it_always_had()
    {
        var plain = Request("wp-zeropage");
        Assert.Equal(_folder.Of("artifacts", "kernels", "wp-zeropage"), Checkout.KernelFolder(plain.Id.Name));
        Assert.Equal(_folder.Of("artifacts", "logs", "wp-zeropage.build.log"), Checkout.LogOf(plain.Id.Name, Phase.Build));
        var told = StepRunner.EnvironmentOf(plain, processors: 8);
        Assert.Equal(
            ("wp-zeropage", "-wp-zeropage", "base", "8", "bzImage", "x86"),
            (told["NAME"], told["TAG"], told["START_FROM"], told["JOBS"], told["IMAGE"], told["KERNEL_ARCH"]));
    }

    [Fact]
    public void A_debug_kernel_has_places_of_its_own_and_begins_with_what_there_is()
    {
        var debug = Request("wp-zeropage", DebugFragment);
        var name = debug.Id.NameInSource;
        Assert.Matches("^wp-zeropage\\.debug-[0-9a-f]{8}$", name);
        Assert.Equal(_folder.Of("artifacts", "logs", $"{name}.build.log"), Checkout.LogOf(debug.Id.Name, Phase.Build));
        var told = StepRunner.EnvironmentOf(debug, processors: 8);
        Assert.Equal((name, "-wp-zeropage"), (told["NAME"], told["TAG"]));
        Assert.Equal($"{name.Replace("wp-zeropage", "base", StringComparison.Ordinal)} base", told["START_FROM"]);
        Assert.Equal("base", StepRunner.EnvironmentOf(Request("base", DebugFragment), 8)["START_FROM"]);
        Assert.Equal("", StepRunner.EnvironmentOf(Request("base"), 8)["START_FROM"]);
    }

    [Fact]
    public void A_users_tree_leaves_the_plain_kernels_places_alone()
    {
        var tree = Request("base") with { Source = new KernelSource.Tree("/home/me/linux") };
        Assert.Matches("/kernels/base-linux-[0-9a-f]{8}$", Checkout.KernelFolder(tree.Id.Name));
        Assert.Matches("/logs/base-linux-[0-9a-f]{8}\\.apply\\.log$", Checkout.LogOf(tree.Id.Name, Phase.Apply));
        Assert.Equal("base", StepRunner.EnvironmentOf(tree, 8)["NAME"]);
    }

    /// <summary>Both are made in the copy of the base, and a log that is called after that folder is not found.</summary>
    [Fact]
    public void A_developers_tree_and_what_it_stands_on_have_logs_by_their_names()
    {
        var ground = new KernelSource.Tree("/faultline/artifacts/trees/linux-1/base") { Developed = "/home/me/linux" };
        string LogOf(string name) =>
            Path.GetFileName(Checkout.LogOf((Request("base") with { Name = name, Source = ground }).Id.Name, Phase.Build));
        Assert.Matches("^linux-[0-9a-f]{8}\\.build\\.log$", LogOf("linux"));
        Assert.Matches("^linux-base-[0-9a-f]{8}\\.build\\.log$", LogOf("linux-base"));
    }

    [Fact]
    public void A_kernel_without_write_protection_is_refused_before_anything_is_built()
    {
        var old = Catalog.Get("base") with { Base = new KernelSource.Debian("5.6") };
        var refusal = Assert.Throws<KernelSourceException>(() => KernelRequest.For(old, Checkout));
        Assert.Contains("is older than Linux 5.7", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("base", KernelRequest.For(old with { Base = new KernelSource.Debian("5.10") }, Checkout).Name);
    }

    /// <summary>The step's own lines, run where the volume would be.</summary>
    [Theory]
    [InlineData("base.debug-1 base", "base.debug-1")]
    [InlineData("none base", "base")]
    [InlineData("patched base", "base")]
    [InlineData("none patched", "")]
    [InlineData("foreign base", "base")]
    [InlineData("", "")]
    public async Task A_first_build_begins_with_the_objects_of_the_first_kernel_that_has_some_and_no_series(string lenders, string lender)
    {
        foreach (var kernel in (string[])["base", "base.debug-1", "patched"])
        {
            _folder.Write($"objects/{kernel}/made-by", kernel);
            _folder.Write($"objects/{kernel}/.faultline-config", "key");
            _folder.Write($"objects/{kernel}/.faultline-tools", "image:1\n");
        }

        _folder.Write("objects/foreign/.faultline-tools", "image:0\n");
        Directory.CreateDirectory(_folder.Of("trees"));
        _folder.Write("trees/patched.changed", "mm/memory.c\n");
        _folder.Write("trees/base.changed", "");
        await BorrowAsync(lenders, times: 2);

        Assert.Equal(lender.Length > 0, Directory.Exists(_folder.Of("objects", "mine")));
        if (lender.Length == 0)
            return;
        Assert.Equal(lender, await File.ReadAllTextAsync(_folder.Of("objects", "mine", "made-by"), Token));
        Assert.Equal("key", await File.ReadAllTextAsync(_folder.Of("objects", "mine", ".faultline-config"), Token));
    }

    /// <summary>What another compiler made, or this one called in another way, looks up to date to kbuild.</summary>
    [Fact]
    public async Task Objects_of_another_image_are_not_built_upon()
    {
        _folder.Write("objects/mine/.faultline-tools", "image:0\n");
        _folder.Write("objects/mine/made-by", "mine");
        _folder.Write("objects/base/.faultline-tools", "image:1\n");
        _folder.Write("objects/base/made-by", "base");
        Directory.CreateDirectory(_folder.Of("trees"));
        await BorrowAsync("base");
        Assert.Equal("base", await File.ReadAllTextAsync(_folder.Of("objects", "mine", "made-by"), Token));
    }

    /// <summary>
    /// A tree that was patched before the lender's objects were made: by the clock alone, make would take those for objects of its files.
    /// </summary>
    [Fact]
    public async Task What_the_series_changed_is_newer_than_borrowed_objects()
    {
        _folder.Write("objects/base/.faultline-tools", "image:1\n");
        _folder.Write("objects/base/mm/memory.o", "");
        _folder.Write("pristine/mm/memory.c", "as it came");
        _folder.Write("trees/mine/mm/mprotect.c", "patched");
        _folder.Write("trees/mine.changed", "mm/mprotect.c\nmm/memory.c\nmm/gone.c\n");
        var old = DateTime.UtcNow.AddHours(-1);
        await Cli.Wrap("ln").WithArguments([_folder.Of("pristine/mm/memory.c"), _folder.Of("trees/mine/mm/memory.c")]).ExecuteAsync(Token);
        foreach (var file in (string[])["pristine/mm/memory.c", "trees/mine/mm/mprotect.c"])
            File.SetLastWriteTimeUtc(_folder.Of(file), old);
        await BorrowAsync("base");
        var borrowed = File.GetLastWriteTimeUtc(_folder.Of("objects/mine/mm/memory.o"));
        string[] files = [_folder.Of("trees/mine/mm/mprotect.c"), _folder.Of("trees/mine/mm/memory.c")];
        Assert.All(files, file => Assert.True(File.GetLastWriteTimeUtc(file) >= borrowed, file));
        Assert.Equal(old, File.GetLastWriteTimeUtc(_folder.Of("pristine/mm/memory.c")), TimeSpan.FromSeconds(1));
        Assert.Equal(["patched", "as it came"], files.Select(File.ReadAllText));
    }

    private async Task BorrowAsync(string lenders, int times = 1)
    {
        var lib = await File.ReadAllTextAsync(RepositoryRoot.Of("images", "kernel-steps", "lib.sh"), Token);
        var functions = ((string[])["has_objects", "borrow_objects", "make_newer"]).Select(name =>
        {
            var function = lib[lib.IndexOf($"{name}() {{", StringComparison.Ordinal)..];
            return function[..(function.IndexOf("\n}\n", StringComparison.Ordinal) + 3)];
        });
        var calls = string.Concat(Enumerable.Repeat("borrow_objects mine\n", times));
        await Cli.Wrap("sh").WithArguments(["-euc", $"say() {{ :; }}\n{string.Concat(functions)}\n{calls}"])
            .WithWorkingDirectory(_folder.Path)
            .WithEnvironmentVariables(environment => environment.Set("START_FROM", lenders).Set("TOOLS", "image:1"))
            .ExecuteBufferedAsync(Token);
    }
}
