namespace Faultline.Harness.Tests;

public class LockFolderTests
{
    [Fact]
    public void It_lies_in_the_users_data_folder_whatever_the_temporary_folder_is()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(folder.Of("data", "faultline", "locks"), LockFolder.Of(folder.Of("data"), folder.Of("other")));
        Assert.False(Directory.Exists(folder.Of("other")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/proc/nowhere")]
    public void Without_a_data_folder_it_is_one_that_only_its_user_can_enter(string data)
    {
        using var folder = new TemporaryFolder();
        var found = LockFolder.Of(data, folder.Of("other"));
        Assert.Equal(folder.Of("other"), found);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(found));
        Assert.Equal(found, LockFolder.Of(data, folder.Of("other")));
    }

    [Fact]
    public void A_folder_that_others_can_write_is_refused_and_named()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.Of("other"));
        File.SetUnixFileMode(folder.Of("other"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute);
        var e = Assert.Throws<UnauthorizedAccessException>(() => LockFolder.Of("", folder.Of("other")));
        Assert.Contains(folder.Of("other"), e.Message, StringComparison.Ordinal);
    }
}
