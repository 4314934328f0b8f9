using Faultline.Harness.Kernels;

namespace Faultline.Harness.Tests.Kernels;

public sealed class TraceDecoderTests
{
    private const string Trace = """
        [    1.0] WARNING: CPU: 0 PID: 101 at fs/userfaultfd.c:1042 userfaultfd_ioctl+0x10/0x20
        [    1.1]  dump_stack+0x10/0x12
        [    1.2] Code: 40 00 48
        [    1.3]  userfaultfd_ioctl+0x10/0x20
        """;

    [Fact]
    public void A_line_that_the_script_can_place_takes_the_place_of_the_kernels()
    {
        string[] decoded =
        [
            "[ 1.0] WARNING: CPU: 0 PID: 101 at fs/userfaultfd.c:1042 userfaultfd_ioctl (fs/userfaultfd.c:1042) ",
            "[ 1.1] dump_stack (??:?) ",
            "[ 1.3] userfaultfd_ioctl (fs/userfaultfd.c:1042 fs/userfaultfd.c:2100) ",
        ];
        Assert.Equal(
            """
            [ 1.0] WARNING: CPU: 0 PID: 101 at fs/userfaultfd.c:1042 userfaultfd_ioctl (fs/userfaultfd.c:1042)
            [    1.1]  dump_stack+0x10/0x12
            [    1.2] Code: 40 00 48
            [ 1.3] userfaultfd_ioctl (fs/userfaultfd.c:1042 fs/userfaultfd.c:2100)
            """,
            TraceDecoder.Merged(Trace, decoded));
    }

    [Theory]
    [InlineData("one line")]
    [InlineData("")]
    public void What_is_no_answer_line_by_line_changes_nothing(string decoded) =>
        Assert.Equal(Trace, TraceDecoder.Merged(Trace, decoded.Split('\n')));
}
