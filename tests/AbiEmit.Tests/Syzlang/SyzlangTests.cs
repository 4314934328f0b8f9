using Faultline.AbiEmit.Tests.Languages;
using Faultline.AbiExtractor.Tests;
using Faultline.AbiModel;

namespace Faultline.AbiEmit.Tests.Syzlang;

/// <summary>Emitted descriptions, read by a parser of its grammar: they are whole, and records are laid out as in the header.</summary>
[Trait("needs", "libclang")]
public sealed class SyzlangTests
{
    public static TheoryData<string> Headers => Emitted.Headers;

    [Theory]
    [MemberData(nameof(Headers))]
    public void It_is_a_description_and_is_laid_out_as_the_header(string header)
    {
        if (Emitted.Model(header) is not { } spec)
            return;
        var text = Emitted.In("syzlang", spec);
        var file = SyzFile.Parse(text);
        Assert.Equal("", string.Join('\n', file.Problems));
        Assert.Equal(
            spec.Ioctls.Select(ioctl => "ioctl$" + ioctl.Name),
            file.Calls.Select(call => call.Name).Where(name => name.StartsWith("ioctl$", StringComparison.Ordinal)));

        // What no request takes is off; with the sign taken away it is a description too, but for its not being used.
        var whole = SyzFile.Parse(text.Replace("\n#:", "\n", StringComparison.Ordinal));
        Assert.Equal("", string.Join('\n', whole.Problems.Where(problem => !problem.EndsWith("is not used", StringComparison.Ordinal))));
        var layout = new SyzLayout(whole);
        var named = spec.Structs.Where(record => spec.Structs.Count(other => other.Name == record.Name) == 1).ToList();
        // A word of the language has a sign behind it.
        string Written(StructSpec record) => whole.Records.ContainsKey(record.Name) ? record.Name : record.Name + "_";
        var records = named.Where(record => whole.Records.ContainsKey(Written(record))).ToList();
        Assert.Equal(named.Where(HasBytes).Select(record => record.Name), records.Select(record => record.Name));
        foreach (var record in records)
        {
            var (size, align, offsets) = layout.Of(whole.Records[Written(record)]);
            Assert.Equal((record.Id, record.Size), (record.Id, (size + record.Align - 1) / record.Align * record.Align));
            Assert.Equal((record.Id, record.Align), (record.Id, (int)align));
            foreach (var field in record.Fields.Where(field => offsets.ContainsKey(field.Name)))
                Assert.Equal((record.Id, field.Name, field.Offset), (record.Id, field.Name, offsets[field.Name]));
        }
    }

    [Fact]
    public void Directions_and_flags_are_those_of_the_header()
    {
        var text = Emitted.In("syzlang", Emitted.Model("/usr/include/linux/userfaultfd.h")!);
        Assert.Contains(
            "\nioctl$UFFDIO_COPY(fd fd_userfaultfd, cmd const[UFFDIO_COPY], arg ptr[inout, uffdio_copy])\n", text,
            StringComparison.Ordinal);
        Assert.Contains(
            "\nioctl$UFFDIO_WAKE(fd fd_userfaultfd, cmd const[UFFDIO_WAKE], arg ptr[out, uffdio_range])\n", text, StringComparison.Ordinal);
        Assert.Contains("\tfeatures\tflags[uffd_feature_flags, int64]\n", text, StringComparison.Ordinal);
        Assert.Contains("\nuffdio_copy_mode_flags = UFFDIO_COPY_MODE_DONTWAKE, UFFDIO_COPY_MODE_WP\n", text, StringComparison.Ordinal);
    }

    /// <summary>The parser is strict: what syzkaller refuses, it refuses.</summary>
    [Theory]
    [InlineData("a {\n\tx\tint32\n}\n", "a is not used")]
    [InlineData("f(a ptr[in, b])\n", "b is no type")]
    [InlineData("f(a flags[b, int32])\n", "flags[b, int32] is no type")]
    [InlineData("f(a int32\n", "no argument")]
    [InlineData("resource r[fd]\nf(a r)\n", "r is created by no call")]
    [InlineData("a {\n\tx\tint32\n\tx\tint8\n}\nf(a ptr[in, a])\n", "a.x is declared twice")]
    [InlineData("# include this\n", "begins as a directive")]
    [InlineData("a {\n}\nf(a ptr[in, a])\n", "a has no members")]
    [InlineData("a {\n\tx\tarray[int8, 0]\n}\nf(a ptr[in, a])\n", "is no type")]
    public void Mistakes_are_found(string text, string problem) =>
        Assert.Contains(problem, string.Join('\n', SyzFile.Parse(text).Problems), StringComparison.Ordinal);

    /// <summary>Names of another script have others here; those of a fixture are not looked for.</summary>
    private static bool HasBytes(StructSpec record) => record.Size > 0 && record.Name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    [Theory]
    [InlineData("__be32 x;", "int32be")]
    [InlineData("const __be16 x;", "int16be")]
    [InlineData("__be64 x;", "int64be")]
    [InlineData("address x;", "int32be")]
    [InlineData("__be16 x[3];", "array[int16be, 3]")]
    [InlineData("__le32 x;", "int32")]
    [InlineData("__u32 x;", "int32")]
    [InlineData("struct be32 x;", "be32")]
    public void Byte_orders_are_told(string member, string type)
    {
        using var directory = new TemporaryDirectory();
        directory.Write("o.h", "#include <linux/types.h>\n#include <linux/ioctl.h>\ntypedef __be32 address;\nstruct be32 { int y; };\n"
            + $"struct o {{ {member} }};\n#define O_GO _IOW(7, 1, struct o)\n");
        var text = Emitted.In("syzlang", Emitted.Model(Path.Combine(directory.Path, "o.h"), null, "/usr/include")!);
        Assert.Contains($"\n\tx\t{type}\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("int[2][3]", "array[array[int32, 3], 2]")]
    [InlineData("__int128", "array[int8, 16]")]
    [InlineData("__int128[2]", "array[int8, 32]")]
    [InlineData("_Bool", "bool8")]
    [InlineData("__be32", "int32be")]
    [InlineData("address", "int32be")]
    [InlineData("__be16[3]", "array[int16be, 3]")]
    [InlineData("__le64", "int64")]
    public void Argument_without_a_record_is_told(string argument, string type)
    {
        using var directory = new TemporaryDirectory();
        directory.Write("o.h", "#include <linux/types.h>\n#include <linux/ioctl.h>\ntypedef __be32 address;\n"
            + $"#define O_GO _IOW(7, 1, {argument})\n");
        var text = Emitted.In("syzlang", Emitted.Model(Path.Combine(directory.Path, "o.h"), null, "/usr/include")!);
        Assert.Contains($"cmd const[O_GO], arg ptr[in, {type}])\n", text, StringComparison.Ordinal);
        Assert.Empty(SyzFile.Parse(text).Problems);
    }
}
