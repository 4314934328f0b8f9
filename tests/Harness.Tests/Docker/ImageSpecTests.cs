using CsCheck;
using Faultline.Harness.Docker;
using Faultline.Harness.Guest;
using Faultline.Harness.Inputs;
using Faultline.Harness.Kernels;
using Faultline.Harness.Sources;

namespace Faultline.Harness.Tests.Docker;

public class ImageSpecTests
{
    private static readonly BaseImage Debian = new(RepositoryRoot.Of("images", "bookworm"));

    [Theory]
    [InlineData("faultline/kernel-builder:94e70fe8c6e7", true)]
    [InlineData("localhost/faultline/bookworm:85331bf491b7", true)]
    [InlineData("docker.io/faultline/kernel-builder:94e70fe8c6e7", true)]
    [InlineData("docker.io/library/debian:bookworm-slim", false)]
    [InlineData("example.org/faultline/kernel-builder:mine", false)]
    public void Images_are_known_by_the_names_that_engines_give_them(string tag, bool ours) => Assert.Equal(ours, ImageSpec.IsOurs(tag));

    [Fact]
    public void The_key_follows_content_names_modes_arguments_and_the_parent()
    {
        using var folder = new TemporaryFolder();
        folder.Write("Dockerfile", "FROM x");
        folder.Write("bin/run", "1");
        var spec = new ImageSpec("i", folder.Path, Debian);
        var keys = new List<string> { spec.Key };
        Assert.Equal(spec.Key, (spec with { Name = "another-name" }).Key);

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

    /// <summary>A changed recipe of the base alone has to rebuild everything that stands on it, down to the kernels.</summary>
    [Fact]
    public void The_base_images_recipe_is_part_of_every_key()
    {
        using var folder = new TemporaryFolder();
        var checkout = new Checkout(folder.Path);
        foreach (var image in new[] { "kernel-builder", "linux-source", "guest-runner" })
            folder.Write($"images/{image}/Dockerfile", image);
        string[] Keys() =>
        [
            StepRunner.BuilderImage(checkout).Key, StepRunner.ImageOf(checkout, new KernelSource.Debian("6.1")).Key,
            GuestImages.RunnerImage(checkout.Images).Key,
        ];

        folder.Write("images/bookworm/create", "1");
        var before = Keys();
        folder.Write("images/bookworm/create", "2");
        Assert.Empty(before.Intersect(Keys()));
    }

    [Fact]
    public void Different_inputs_never_run_together() =>
        Gen.Select(Gen.String[0, 6].List[0, 4], Gen.String[0, 6].List[0, 4]).Sample((one, two) =>
        {
            string Hash(List<string> parts) => InputHash.Of(hash => parts.ForEach(p => hash.Add(p, p)));
            Assert.Equal(one.SequenceEqual(two), Hash(one) == Hash(two));
        });
}
