using Faultline.AbiEmit.CSharp;
using Faultline.AbiModel;

namespace Faultline.AbiNames.Tests;

/// <summary>What the build target runs to write a project's name map.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("faultline-names-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private string In(string name) => Path.Combine(_directory, name);

    private string Write(string name, string text)
    {
        File.WriteAllText(In(name), text);
        return In(name);
    }

    private string Model(string file, string header, params string[] constants) => Write(file, AbiFile.Format(AbiOrder.Sorted(new()
    {
        Header = header,
        Target = "x86_64-linux-gnu",
        PointerSize = 8,
        Constants = constants.Select(name =>
            new ConstantSpec { Name = name, CType = "int", Type = TypeRef.Integer(4, signed: true), Value = "1", Expression = "1" })
            .ToEquatableArray(),
    })));

    private (int Status, string Output, string Error) Run(params string[] arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        return (CommandLine.Run([In("Faultline.names.json"), .. arguments], output, error), output.ToString(), error.ToString());
    }

    private NameMap Map => NameMapFile.Parse(File.ReadAllText(In("Faultline.names.json")));

    [Fact]
    public void Names_of_every_namespace_are_written()
    {
        var (a, b, c) = (Model("a", "linux/a.h", "A_ONE"), Model("b", "linux/a.h", "A_ONE", "A_TWO"), Model("c", "linux/c.h", "C_ONE"));
        var list = Write("models", $"{a}\tOld.Abi\n{b}\tNew.Abi\tA,B\n{c}\n");
        var (status, output, error) = Run(list);
        Assert.Equal((0, ""), (status, error));
        Assert.Contains("5 names, 5 of them new", output, StringComparison.Ordinal);
        Assert.Equal("AOne", Map.Classes["AConstants"]["A_ONE"]);
        Assert.Equal("Two", Map.Classes["AConstants"]["A_TWO"]);
        Assert.Equal("COne", Map.Classes["CConstants"]["C_ONE"]);
    }

    [Fact]
    public void Names_that_are_there_stay()
    {
        Run(Write("models", Model("a", "a.h", "A__B") + "\tX\n"));
        var (status, output, _) = Run(Write("models", Model("a", "a.h", "A_B", "A__B") + "\tX\n"));
        Assert.Equal(0, status);
        Assert.Contains("3 names, 1 of them new", output, StringComparison.Ordinal);
        Assert.Equal(("AB", "A_B"), (Map.Classes["AConstants"]["A__B"], Map.Classes["AConstants"]["A_B"]));
    }

    [Fact]
    public void List_of_wanted_names_counts()
    {
        var (status, _, _) = Run(Write("models", Model("a", "a.h", "A_ONE", "B_ONE")), Write("only", "B_*"));
        Assert.Equal(0, status);
        Assert.Equal(["B_ONE"], Map.Classes["AConstants"].Keys);
    }

    [Fact]
    public void Broken_file_is_told_with_its_place_and_nothing_is_written()
    {
        var (status, _, error) = Run(Write("models", Write("a", "{\n}")));
        Assert.Equal(1, status);
        Assert.Matches(@"a\(1,1\): error FLT002: ", error);
        Assert.False(File.Exists(In("Faultline.names.json")));

        Write("Faultline.names.json", "{");
        (status, _, error) = Run(Write("models", Model("a", "a.h", "A")));
        Assert.Equal(1, status);
        Assert.Matches(@"Faultline\.names\.json\(1,2\): error FLT013: ", error);
        Assert.Equal("{", File.ReadAllText(In("Faultline.names.json")));
    }

    [Fact]
    public void Missing_file_is_named()
    {
        var (status, _, error) = Run(In("nowhere"));
        Assert.Equal(1, status);
        Assert.StartsWith(In("nowhere") + ": error FLT001: ", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_command_line() => Assert.Equal(2, Run("a", "b", "c").Status);
}
