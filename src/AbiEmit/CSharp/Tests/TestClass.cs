
namespace Faultline.AbiEmit.CSharp.Tests;

/// <summary>
/// Writes a class of xunit tests whose bodies are calls into <c>Faultline.AbiTests.Generated.GeneratedChecks</c>, with a list of them for
/// a program that searches for none.
/// </summary>
internal sealed class TestClass
{
    private const string Checks = "global::Faultline.AbiTests.Generated.GeneratedChecks";
    private const string Planned = "global::Faultline.AbiTests.Planning.SuiteTest";

    private readonly List<string> _plan = [];
    private readonly string _name;

    /// <param name="about">What the class tests, in words.</param>
    public TestClass(EmittableModel model, string name, string about)
    {
        _name = name;
        Code = CodeWriter.File(model);
        Code.Line($"/// <summary>Generated from the header: {about}.</summary>");
        Code.Line("[global::Xunit.Trait(\"suite\", \"generated\")]");
        Code.Open($"public sealed class {name}");
    }

    public CodeWriter Code { get; }

    /// <param name="name">A method name made of C names, so that a result leads back to the header.</param>
    /// <param name="call">The check.</param>
    /// <param name="record">The C# type that the check measures in a variable called <c>record</c>.</param>
    public void Test(string name, string call, string? feature = null, string? record = null)
    {
        var method = CSharpName.Clean(name);
        Code.Separate();
        Code.Line("[global::Xunit.Fact]");
        if (feature is not null)
            Code.Line($"[global::Xunit.Trait(\"feature\", {Literal.Of(feature)})]");
        if (record is null)
        {
            Code.Line($"public void {method}() => {Checks}.{call};");
        }
        else
        {
            Code.Open($"public void {method}()");
            Code.Line($"ref readonly var record = ref {Checks}.Blank<{record}>();");
            Code.Line($"{Checks}.{call};");
            Code.Close();
        }
        var told = feature is null ? "" : $" {{ Feature = {Literal.Of(feature)} }}";
        _plan.Add($"new({Literal.Of(_name)}, {Literal.Of(method)}, static () => new {_name}().{method}()){told},");
    }

    public string Finish()
    {
        Code.Separate();
        Code.Line("/// <summary>The tests above.</summary>");
        Code.Line($"internal static {Planned}[] Plan() =>");
        Code.Line("[");
        foreach (var test in _plan)
            Code.Line("    " + test);
        Code.Line("];");
        return Code.Finish();
    }
}
