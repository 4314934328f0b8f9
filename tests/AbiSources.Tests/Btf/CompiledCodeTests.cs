using CsCheck;
using Faultline.AbiDiff;
using Faultline.AbiExtractor.Tests;
using Faultline.AbiModel;
using Faultline.AbiSources.Sides;
using Faultline.AbiSources.Tools;
using Faultline.Machine;

namespace Faultline.AbiSources.Tests.Btf;

/// <summary>Layouts by libclang against layouts that gcc wrote into the object, read by pahole and bpftool.</summary>
[Trait("needs", "libclang")]
public sealed class CompiledCodeTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    /// <summary>build.sh installs it, pahole and bpftool; a missing one throws, and the tests fail.</summary>
    private static readonly Tool Gcc = new(new HostProgram("gcc", "gcc"));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    private async Task<(AbiChange[] Changes, AbiSide Header, AbiSide Code)> CompareAsync(string header, string source, bool newerSideIsCode = true)
    {
        var h = _directory.Write("records.h", header);
        var o = Path.Combine(_directory.Path, "records.o");
        await Gcc.RunAsync("compile records.c", ["-g", "-w", "-std=gnu17", "-c", "-o", o, _directory.Write("records.c", source)], Cancellation);
        var (old, current) = newerSideIsCode
            ? await AbiSource.LoadPairAsync(new(h), new(o), Cancellation)
            : await AbiSource.LoadPairAsync(new(o), new(h), Cancellation);
        return ([.. AbiDiffer.Compare(old, current, out _)], newerSideIsCode ? old : current, newerSideIsCode ? current : old);
    }

    [Fact]
    public async Task Records_of_every_shape_agree()
    {
        var fixtures = Path.Combine(Repository.Root, "tests", "Fixtures");
        var (changes, header, code) = await CompareAsync(
            await File.ReadAllTextAsync(Path.Combine(fixtures, "headers", "c", "records.h"), Cancellation),
            await File.ReadAllTextAsync(Path.Combine(fixtures, "btf", "records.c"), Cancellation));
        Assert.Empty(changes);
        Assert.Equal(header.Spec.Structs.Select(record => record.Id), code.Spec.Structs.Select(record => record.Id));
    }

    /// <summary>Each sample is a header of 60 records, compiled once.</summary>
    [Fact]
    public Task Any_record_gcc_lays_out_is_where_libclang_says() => CompiledRecords.Header.SampleAsync(async header =>
    {
        var (changes, clang, gcc) = await CompareAsync(header, CompiledRecords.Source(header));
        Assert.True(changes.Length == 0, $"{string.Join('\n', changes.Take(5))}\n{header}");
        Assert.Equal(60, gcc.Spec.Structs.Count(record => record.Name.StartsWith('r')));
        Assert.Equal(clang.Spec.Structs.Count, gcc.Spec.Structs.Count);
    }, iter: 5, threads: 1);

    /// <summary>As the kernel's own code since 6.2; what a program gets is its compiler's matter.</summary>
    [Theory]
    [InlineData("struct x { char name[16]; char tag; };", true)]
    [InlineData("typedef char tag; struct x { tag a; };", true)]
    [InlineData("struct x { signed char tag; };", true)]
    [InlineData("struct x { unsigned char tag; };", true)]
    [InlineData("struct x { char name[8]; };", false)]
    public async Task Code_that_was_compiled_with_unsigned_characters_is_no_drift(string header, bool same)
    {
        var h = _directory.Write("records.h", header + "\n");
        var o = Path.Combine(_directory.Path, "records.o");
        var source = (same ? header : header.Replace("8", "9", StringComparison.Ordinal)) + " struct x *use; struct x value;\n";
        await Gcc.RunAsync(
            "compile records.c", ["-g", "-w", "-funsigned-char", "-c", "-o", o, _directory.Write("records.c", source)], Cancellation);
        var (old, current) = await AbiSource.LoadPairAsync(new(o), new(h), Cancellation);
        Assert.Equal(same, AbiDiffer.Compare(old, current, out _).Count == 0);
    }

    [Fact]
    public async Task Code_that_was_compiled_with_another_layout_is_drift_whichever_side_it_is()
    {
        const string header = "struct x { int a; long b; };\n";
        const string source = "struct x { long b; int a; } x;\n";
        var (changes, _, _) = await CompareAsync(header, source);
        Assert.Equal(["field-moved struct x.a: offset 0 -> offset 8", "field-moved struct x.b: offset 8 -> offset 0"], changes.Select(change => change.ToString()));
        (changes, _, _) = await CompareAsync(header, source, newerSideIsCode: false);
        Assert.Equal(["field-moved struct x.a: offset 8 -> offset 0", "field-moved struct x.b: offset 0 -> offset 8"], changes.Select(change => change.ToString()));
    }

    [Fact]
    public async Task What_the_code_does_not_use_is_left_out_and_told()
    {
        var (changes, header, code) = await CompareAsync("struct used { int a; };\nstruct unused { int a; };\n", "struct used { int a; } x;\n");
        Assert.Empty(changes);
        AbiDiffer.Compare(header, code, out var omitted);
        Assert.Contains(omitted, omission => omission.What == "structs and unions" && omission.Names.SequenceEqual(["struct unused"]));
    }

    [Fact]
    public async Task Code_without_debug_information_says_how_to_get_some()
    {
        var o = Path.Combine(_directory.Path, "bare.o");
        await Gcc.RunAsync("compile bare.c", ["-c", "-o", o, _directory.Write("bare.c", "int x;\n")], Cancellation);
        var problem = await Assert.ThrowsAsync<SideException>(() => AbiSource.LoadPairAsync(new(_directory.Write("bare.h", "struct x { int a; };\n")), new(o), Cancellation));
        Assert.Contains("neither BTF nor DWARF", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\u007fELF", "cut short")]
    [InlineData("\u007fELF\u0002\u0001\u0001 and then nothing that an ELF file holds, but long enough to have a header", "cut short")]
    public async Task A_file_that_only_begins_like_an_object_is_refused(string text, string complaint)
    {
        var file = Path.Combine(_directory.Path, "broken.o");
        await File.WriteAllBytesAsync(file, System.Text.Encoding.Latin1.GetBytes(text), Cancellation);
        var problem = await Assert.ThrowsAsync<SideException>(() => AbiSource.LoadAsync(new(file) { Names = new() }, Cancellation));
        Assert.Contains(complaint, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Garbage_behind_the_mark_of_BTF_is_refused()
    {
        var file = Path.Combine(_directory.Path, "broken.btf");
        await File.WriteAllBytesAsync(file, [0x9f, 0xeb, 1, 0, 24, 0, 0, 0, 255, 255, 255, 255], Cancellation);
        var problem = await Assert.ThrowsAsync<SideException>(() => AbiSource.LoadAsync(new(file) { Names = new() }, Cancellation));
        Assert.Contains("broken.btf is no BTF that bpftool reads", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_sides_that_name_nothing_need_a_third_that_does()
    {
        var file = Path.Combine(_directory.Path, "some.btf");
        await File.WriteAllBytesAsync(file, [0x9f, 0xeb, 1, 0], Cancellation);
        var problem = await Assert.ThrowsAsync<SideException>(() => AbiSource.LoadPairAsync(new(file), new("running"), Cancellation));
        Assert.Contains("--names-of", problem.Message, StringComparison.Ordinal);
    }

    /// <summary>Refused by its path alone, so that no such module is needed.</summary>
    [Fact]
    public async Task A_module_whose_types_continue_those_of_the_kernel_is_refused()
    {
        var problem = await Assert.ThrowsAsync<SideException>(() => new BtfSide().ReadAsync(new("/sys/kernel/btf/kvm") { Names = new() }, Cancellation));
        Assert.Contains("/sys/kernel/btf/kvm is the BTF of a module", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_that_is_missing_names_its_package() =>
        Assert.Contains("apt-get install bpftool", new ProgramMissingException(HostProgram.Bpftool, "to list the types of x").Message, StringComparison.Ordinal);
}
