namespace Faultline.Machine.Tests;

public sealed class HostProgramTests
{
    [Fact]
    public void A_program_is_found_as_a_file_that_may_be_executed() => Assert.True(File.Exists(new HostProgram("sh", "dash").Find()));

    [Fact]
    public void One_of_root_is_found_although_a_users_path_lacks_it() => Assert.NotNull(new HostProgram("ldconfig", "libc-bin").Find());

    [Fact]
    public void One_that_is_missing_is_told_with_its_purpose_and_its_package()
    {
        var missing = new HostProgram("no-such-program", "some-package");
        Assert.Null(missing.Find());
        var told = Assert.Throws<ProgramMissingException>(() => missing.Require("to read x")).Message;
        Assert.Equal("no-such-program is not installed, and it is needed to read x. Debian: apt-get install some-package.", told);
    }
}
