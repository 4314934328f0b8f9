using Microsoft.Win32.SafeHandles;

namespace Faultline.Machine.Tests;

/// <summary>That a closed one is found is shown with the whole command, which a shell starts with it closed.</summary>
public sealed class StandardDescriptorTests
{
    [Fact]
    public void What_this_program_began_with_was_not_closed() => Assert.All(Enumerable.Range(0, 3), descriptor =>
        Assert.Equal((false, false), (StandardDescriptor.IsFree(descriptor), StandardDescriptor.WasClosed(descriptor))));

    [Fact]
    public void What_the_runtime_opened_was_closed_before()
    {
        using var file = File.OpenHandle("/dev/null");
        Assert.Equal((false, true), (StandardDescriptor.IsFree(Number(file)), StandardDescriptor.WasClosed(Number(file))));
    }

    [Fact]
    public void A_number_that_nothing_has_is_free() =>
        Assert.Equal((true, true), (StandardDescriptor.IsFree(int.MaxValue), StandardDescriptor.WasClosed(int.MaxValue)));

    private static int Number(SafeFileHandle file) => (int)file.DangerousGetHandle();
}
