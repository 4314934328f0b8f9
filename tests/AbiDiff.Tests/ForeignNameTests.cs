using Faultline.AbiModel;
using static Faultline.AbiDiff.Tests.Build;

namespace Faultline.AbiDiff.Tests;

/// <summary>Names of another architecture that a header of all architectures loses.</summary>
public sealed class ForeignNameTests
{
    private static string Kind(AbiSpec spec, string target) =>
        Assert.Single(AbiDiffer.Compare(spec with { Target = target }, new() { Target = target })).Kind.Id;

    [Theory]
    [InlineData("KVM_S390_RESET_IPL", "x86_64-linux-gnu", "foreign-removed")]
    [InlineData("KVM_PPC_PAGE_SIZES", "i386-linux-gnu", "foreign-removed")]
    [InlineData("KVM_S390_RESET_IPL", "s390x-linux-gnu", "constant-removed")]
    [InlineData("KVM_PPC_PAGE_SIZES", "powerpc64le-linux-gnu", "constant-removed")]
    [InlineData("KVM_ARM_DEV_EL1_PTIMER", "x86_64-linux-gnu", "foreign-removed")]
    [InlineData("KVM_ARM_DEV_EL1_PTIMER", "aarch64-linux-gnu", "constant-removed")]
    [InlineData("KVM_ARM_DEV_EL1_PTIMER", "arm-linux-gnueabihf", "constant-removed")]
    [InlineData("TIMER_MODE_ARM_IT", "x86_64-linux-gnu", "constant-removed")]
    [InlineData("X86_AND_S390_PARTS", "x86_64-linux-gnu", "constant-removed")]
    [InlineData("KVM_S390X_RESET", "x86_64-linux-gnu", "constant-removed")]
    [InlineData("KVM_RESET", "x86_64-linux-gnu", "constant-removed")]
    [InlineData("KVM_S390_RESET_IPL", "", "constant-removed")]
    public void A_name_tells_of_another_machine_by_a_whole_word(string name, string target, string kind) =>
        Assert.Equal(kind, Kind(Constants(Constant(name, "1")), target));

    [Fact]
    public void A_record_and_an_ioctl_too()
    {
        Assert.Equal("foreign-removed", Kind(Records(new StructSpec { Name = "kvm_s390_irq", Size = 4, Align = 4 }), "x86_64-linux-gnu"));
        Assert.Equal("foreign-removed", Kind(Ioctl("KVM_S390_IRQ"), "x86_64-linux-gnu"));
    }

    [Fact]
    public void What_changes_is_told_as_ever() => Assert.Equal("constant-changed", Assert.Single(AbiDiffer.Compare(
        Constants(Constant("KVM_S390_X", "1")) with { Target = "x86_64-linux-gnu" },
        Constants(Constant("KVM_S390_X", "2")) with { Target = "x86_64-linux-gnu" })).Kind.Id);

    private static string Kinds(string old, string current)
    {
        static AbiSpec Lines(string names) => new()
        {
            Target = "x86_64-linux-gnu", Header = "linux/x.h",
            Enums = names.Split(' ').Where(name => name.StartsWith('e')).Select(name => Members(name, U32, [(name + "_MEMBER", 1)]))
                .ToEquatableArray(),
            Constants = names.Split(' ').Where(name => !name.StartsWith('e')).Select(name => Constant(name, "1")).ToEquatableArray(),
            Locations = names.Split(' ').Select((name, line) => new LocationSpec
            {
                Name = name.StartsWith('e') ? "enum " + name : name, At = $"linux/x.h:{line + 9}",
            }).ToEquatableArray(),
        };
        return string.Join(' ', AbiDiffer.Compare(Lines(old), Lines(current)).Select(change => change.Kind.Id).Order());
    }

    [Theory]
    [InlineData("A X_S390_B e_cmd X_S390_C", "A", "foreign-removed foreign-removed foreign-removed")]
    [InlineData("A X_S390_B e_cmd Y_CMD X_PPC_C", "A", "foreign-removed foreign-removed foreign-removed foreign-removed")]
    [InlineData("A X_S390_B e_cmd", "A", "enum-removed foreign-removed")]
    [InlineData("A X_S390_B e_cmd A2 X_S390_C", "A A2", "enum-removed foreign-removed foreign-removed")]
    [InlineData("A X_S390_B e_cmd X_S390_C", "A X_S390_C", "enum-removed foreign-removed")]
    public void What_stood_among_them_alone_went_with_them(string old, string current, string kinds) =>
        Assert.Equal(kinds, Kinds(old, current));
}
