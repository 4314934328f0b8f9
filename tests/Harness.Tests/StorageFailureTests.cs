using System.Resources;

namespace Faultline.Harness.Tests;

public class StorageFailureTests
{
    [Theory]
    [InlineData(28, true)]
    [InlineData(122, true)]
    [InlineData(30, true)]
    [InlineData(5, false)]
    public void A_disk_that_takes_no_more_is_told_by_its_number(int number, bool told) =>
        Assert.Equal(told, StorageFailure.Advice(new IOException("said", number)) is not null);

    /// <summary>File.WriteAllText on a disk with a little room: the words of this runtime, for it gives no number.</summary>
    [Fact]
    public void A_disk_without_room_for_a_whole_file_is_full_too()
    {
        var words = new ResourceManager("System.Private.CoreLib.Strings", typeof(object).Assembly)
            .GetString("IO_DiskFull_Path_AllocationSize", System.Globalization.CultureInfo.InvariantCulture);
        Assert.NotNull(words);
        Assert.Contains("Free some space", StorageFailure.Advice(new IOException(words)), StringComparison.Ordinal);
    }
}
