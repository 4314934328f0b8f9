using Faultline.Harness.Inputs;

namespace Faultline.Harness.Tests.Inputs;

public sealed class StampTests : IDisposable
{
    private static readonly Stamp Kept = new(Input.Of("source", "a"), Input.Of("series", "b"), Input.Of("config", "c"));
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_result_of_the_same_inputs_stands() => Assert.Null(new Stamp(Kept.Inputs).Reason(Kept, never: "none yet"));

    [Fact]
    public void What_differs_is_named_in_the_order_of_the_present_inputs()
    {
        var now = Kept.With(Input.Of("config", "x")).With(Input.Of("source", "y"));
        Assert.Equal("source and config changed", now.Reason(Kept, never: "none yet"));
        Assert.Equal("none yet", now.Reason(null, never: "none yet"));
    }

    [Fact]
    public void An_input_that_was_none_before_is_a_difference_and_one_that_is_none_any_more_is_not()
    {
        Assert.Equal(["image"], new Stamp(Kept.Inputs.Append(Input.Of("image", "d"))).Differences(Kept));
        Assert.True(new Stamp(Kept.Inputs.Take(2)).IsPartOf(Kept));
        Assert.False(Kept.IsPartOf(new Stamp(Kept.Inputs.Take(2))));
    }

    [Fact]
    public void It_lists_what_was_read()
    {
        var (file, inFolder) = (_folder.Write("a.patch", "x"), _folder.Write("steps/build", "y"));
        var stamp = new Stamp(
            Input.OfFile("patch", file), Input.OfFolder("steps", _folder.Of("steps")),
                Input.OfFiles("both", _folder.Path, [file, inFolder]), Input.Of("tag", "-x"));
        Assert.Equal([file, _folder.Of("steps"), inFolder], stamp.Files);
    }

    [Theory]
    [InlineData("a.patch")]
    [InlineData("steps/build")]
    public void A_changed_byte_is_another_key(string edited)
    {
        _folder.Write("a.patch", "x");
        _folder.Write("steps/build", "y");
        var before = Taken();
        Assert.Equal(before.Key, Taken().Key);
        _folder.Write(edited, "z");
        Assert.NotEqual(before.Key, Taken().Key);

        Stamp Taken() => new(Input.OfFile("patch", _folder.Of("a.patch")), Input.OfFolder("steps", _folder.Of("steps")));
    }

    [Fact]
    public void A_kept_stamp_equals_the_one_it_was()
    {
        var file = new StateFile<Stamp>(_folder.Of("deep/x.stamp"), StampContext.Default.Stamp);
        Assert.Null(file.Read());
        file.Write(Kept);
        Assert.Equal(Kept, file.Read());
        Assert.Equal(Kept.Key, file.Read()!.Key);
        file.Remove();
        file.Remove();
        Assert.Null(file.Read());
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"source":1}""")]
    [InlineData("""{"source":"a" """)]
    public void What_is_no_stamp_is_not_read(string text)
    {
        var path = _folder.Write("x.stamp", text);
        Assert.Null(new StateFile<Stamp>(path, StampContext.Default.Stamp).Read());
    }
}
