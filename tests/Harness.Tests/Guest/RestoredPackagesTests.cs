using Faultline.Harness.Guest;

namespace Faultline.Harness.Tests.Guest;

/// <summary>Nothing is restored again that was, and what is gone is.</summary>
public sealed class RestoredPackagesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private RestoredPackages Packages => new(_folder.Path);

    [Fact]
    public void A_project_a_lock_file_and_the_SDK_count_and_a_test_does_not()
    {
        var (project, test) = (_folder.Write("src/a.csproj", "<Project/>"), _folder.Write("src/Test.cs", "class A;"));
        var (locked, model) = (_folder.Write("src/packages.lock.json", "{}"), _folder.Write("src/userfaultfd.abi.json", "{}"));
        var asked = Of("10.0.1");
        Assert.False(Packages.Are(asked));
        Packages.Remember(asked);
        Assert.True(Packages.Are(asked));
        File.WriteAllText(test, "class B;");
        File.WriteAllText(model, "{ }");
        Assert.True(Packages.Are(Of("10.0.1")));
        Assert.False(Packages.Are(Of("10.0.2")));
        File.WriteAllText(locked, "{ }");
        Assert.False(Packages.Are(Of("10.0.1")));
        Packages.Forget();
        File.WriteAllText(locked, "{}");
        Assert.False(Packages.Are(Of("10.0.1")));

        Faultline.Harness.Inputs.Stamp Of(string sdk) => RestoredPackages.Of(_folder.Path, [project, test, locked, model], sdk);
    }

    [Theory]
    [InlineData("x.cs(1,2): error CS1002: ; expected", false)]
    [InlineData("CSC : error CS0006: Metadata file 'xunit.v3.assert.dll' could not be found", true)]
    [InlineData("a.targets(266,5): error NETSDK1064: Package xunit.v3 was not found.", true)]
    public void A_mistake_in_a_test_is_none_of_a_package(string line, bool missing) =>
        Assert.Equal(missing, RestoredPackages.MayBeMissing([line]));

    public void Dispose() => _folder.Dispose();
}
