using CsCheck;
using Faultline.Harness.Docker;

namespace Faultline.Harness.Tests.Docker;

public class ImageSpecTests
{
    [Fact]
    public void The_key_follows_content_names_modes_arguments_and_the_parent()
    {
        using var folder = new TemporaryFolder();
        folder.Write("Dockerfile", "FROM x");
        folder.Write("bin/run", "1");
        var spec = new ImageSpec("i", folder.Path);
        var keys = new List<string> { spec.Key };
        Assert.Equal(spec.Key, new ImageSpec("another-name", folder.Path).Key);

        keys.Add((spec with { Arguments = new Dictionary<string, string> { ["A"] = "1" } }).Key);
        keys.Add((spec with { Parent = spec }).Key);
        File.SetUnixFileMode(folder.Of("bin", "run"), (UnixFileMode)0b111_101_101);
        keys.Add(spec.Key);
        folder.Write("bin/run", "2");
        keys.Add(spec.Key);
        File.Move(folder.Of("bin", "run"), folder.Of("bin", "ran"));
        keys.Add(spec.Key);
        Assert.Equal(keys.Count, keys.Distinct().Count());
        Assert.All(keys, k => Assert.Equal(12, k.Length));
    }

    [Fact]
    public void Different_inputs_never_run_together() =>
        Gen.Select(Gen.String[0, 6].List[0, 4], Gen.String[0, 6].List[0, 4]).Sample((one, two) =>
        {
            string Hash(List<string> parts) => InputHash.Of(hash => parts.ForEach(p => hash.Add(p, p)));
            Assert.Equal(one.SequenceEqual(two), Hash(one) == Hash(two));
        });
}
