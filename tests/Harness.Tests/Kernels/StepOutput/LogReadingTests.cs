using CsCheck;
using Faultline.Harness.Kernels;
using Faultline.Harness.Kernels.StepOutput;

namespace Faultline.Harness.Tests.Kernels.StepOutput;

public class BuildErrorTests
{
    [Fact]
    public void The_compilers_and_linkers_complaints_are_found_with_their_places_and_nothing_else_is()
    {
        string[] log =
        [
            "  CC      mm/userfaultfd.o",
            "/kernel/src/mm/userfaultfd.c: In function 'mfill_zeropage_pte':",
            "/kernel/src/mm/userfaultfd.c:123:9: error: expected ';' before 'return'",
            "  123 |         return 0;",
            "/kernel/src/mm/userfaultfd.c:123:9: error: expected ';' before 'return'",
            "/kernel/src/mm/memory.c:7:2: warning: unused variable 'x' [-Wunused-variable]",
            "/kernel/src/mm/memory.c:1:10: fatal error: linux/nope.h: No such file or directory",
            "ld: mm/mprotect.o: in function `change_pte_range':",
            "ld: vmlinux.o: undefined reference to `uffd_marker'",
            "mprotect.c:(.text+0x5): undefined reference to `uffd_later'",
            "make[3]: *** [/kernel/src/scripts/Makefile.build:250: mm/userfaultfd.o] Error 1",
            "make[2]: *** No rule to make target 'mm/none.o', needed by 'mm/built-in.a'.  Stop.",
        ];
        Assert.Equal(
            [
                "mm/userfaultfd.c:123: expected ';' before 'return'",
                "mm/memory.c:1: linux/nope.h: No such file or directory",
                "vmlinux.o: undefined reference to `uffd_marker'",
                "mprotect.c: undefined reference to `uffd_later'",
                "No rule to make target 'mm/none.o', needed by 'mm/built-in.a'",
            ],
            BuildError.Find(log).Select(e => e.ToString()));
    }

    [Fact]
    public void A_mistake_in_a_Kconfig_file_is_found() =>
        Assert.Equal(["mm/Kconfig:12: syntax error"], BuildError.Find(["mm/Kconfig:12: syntax error", "make[1]: *** [x] Error 1"]).Select(e => e.ToString()));

    [Fact]
    public void Any_line_is_either_an_error_or_not() => Gen.String.List[0, 5].Sample(lines => BuildError.Find(lines).Count <= lines.Count);
}
