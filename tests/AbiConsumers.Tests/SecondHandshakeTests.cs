using static Faultline.AbiConsumers.Tests.Hazardous;

namespace Faultline.AbiConsumers.Tests;

/// <summary>A second handshake on one descriptor, beside a second try and a second descriptor.</summary>
public sealed class SecondHandshakeTests
{
    private static string C(string statements) => "int f(int fd, int x) { struct uffdio_api a = { .api = UFFD_API }; int rc;\n" + statements
        + "\n return 0; }";

    private const string Ask = " a.features = UFFD_FEATURE_SIGBUS;\n if (ioctl(fd, UFFDIO_API, &a)) return -1;";

    [Theory]
    [InlineData(" if (ioctl(fd, UFFDIO_API, &a)) return -1;\n")]
    [InlineData(" if (ioctl(fd, UFFDIO_API, &a) < 0) { perror(\"api\"); exit(1); }\n")]
    [InlineData(" if (x || ioctl(fd, UFFDIO_API, &a) == -1) goto out;\n")]
    [InlineData(" rc = ioctl(fd, UFFDIO_API, &a); if (rc != 0) err(1, \"api\");\n")]
    [InlineData(" assert(ioctl(fd, UFFDIO_API, &a) == 0);\n")]
    [InlineData(" SAFE_IOCTL(fd, UFFDIO_API, &a);\n")]
    [InlineData(" if (ioctl(fd, UFFDIO_API, &a)) return -1; if (x) return 0;\n")]
    public void Asking_on_the_descriptor_that_was_asked_with(string first) => Of("a.c", C(first + Ask), "second-handshake certain 4");

    [Fact]
    public void Asking_where_the_answer_allows_it()
    {
        Of("a.c", C(" if (ioctl(fd, UFFDIO_API, &a)) return -1;\n if (a.features & UFFD_FEATURE_SIGBUS) {" + Ask + " }"),
            "second-handshake certain 4");
        Of("a.c", "struct s { int fd; };\n" + C(" if (ioctl(fd, UFFDIO_API, &a)) return -1;\n" + Ask)
            .Replace("fd,", "s->fd,", StringComparison.Ordinal).Replace("int s->fd", "struct s *s", StringComparison.Ordinal),
            "second-handshake certain 5");
    }

    /// <summary>Only an accepted handshake shuts out another (R4-after-failure).</summary>
    [Theory]
    [InlineData(" if (ioctl(fd, UFFDIO_API, &a)) {" + Ask + " }")]
    [InlineData(" if (ioctl(fd, UFFDIO_API, &a) == 0) return 0;" + Ask)]
    [InlineData(" if (!ioctl(fd, UFFDIO_API, &a)) goto out;" + Ask)]
    [InlineData(" rc = ioctl(fd, UFFDIO_API, &a); if (rc == 0) return 0;" + Ask)]
    [InlineData(" rc = ioctl(fd, UFFDIO_API, &a); if (rc) {" + Ask + " }")]
    [InlineData(" rc = ioctl(fd, UFFDIO_API, &a); if (rc) a.features = 0; if (rc && ioctl(fd, UFFDIO_API, &a)) return -1;")]
    [InlineData(" if (ioctl(fd, UFFDIO_API, &a)) rc = 1; if (rc) {" + Ask + " }")]
    [InlineData(" if ((rc = ioctl(fd, UFFDIO_API, &a)) != 0) warn(\"old\"); else return 0;" + Ask)]
    [InlineData(" if (ioctl(fd, UFFDIO_API, &a) < 0) goto old; return 0;\nold:" + Ask)]
    [InlineData(" if (ioctl(fd, UFFDIO_API, &a) && errno != EPERM) return -1;" + Ask)]
    [InlineData(" EXPECT_EQ(-1, ioctl(fd, UFFDIO_API, &a));" + Ask)]
    [InlineData(" while (ioctl(fd, UFFDIO_API, &a) && x--) a.features = 0;")]
    public void Trying_again_what_was_refused_is_right(string statements) => Of("a.c", C(statements));

    [Theory]
    [InlineData(" if (ioctl(fd, UFFDIO_API, &a)) return -1; close(fd); fd = uffd();" + Ask)]
    [InlineData(" if (ioctl(fd, UFFDIO_API, &a)) return -1; reopen(&fd);" + Ask)]
    [InlineData(" if (ioctl(x, UFFDIO_API, &a)) return -1;" + Ask)]
    [InlineData(" if (x) { if (ioctl(fd, UFFDIO_API, &a)) return -1; } else {" + Ask + " }")]
    [InlineData(" switch (x) { case 0: if (ioctl(fd, UFFDIO_API, &a)) return -1; break; case 1:" + Ask + " }")]
    [InlineData("#ifdef OLD\n if (ioctl(fd, UFFDIO_API, &a)) return -1;\n#else\n" + Ask + "\n#endif")]
    [InlineData(" if (ioctl(fd, UFFDIO_API, &a)) return -1;\n if (!ioctl(fd, UFFDIO_API, &a) || errno != EINVAL) return -1;")]
    // As the kernel's selftests do.
    [InlineData(" if (ioctl(fd, UFFDIO_API, &a)) return -1;\n if (ioctl(fd, UFFDIO_API, &a) == 0) { fail(\"accepted\"); goto out; }\nout:")]
    [InlineData(" if (ioctl(fd, UFFDIO_API, &a)) return -1;\n if (!ioctl(fd, UFFDIO_API, &a)) fail(\"accepted\");")]
    [InlineData(" if (ioctl(fd, UFFDIO_API, &a)) return -1;\n assert(ioctl(fd, UFFDIO_API, &a) == -1);")]
    public void Another_descriptor_another_way_and_a_test_of_it_are_right(string statements) => Of("a.c", C(statements));

    [Fact]
    public void Helpers_that_make_the_handshake_on_a_parameter()
    {
        const string Helper = "static int api(int fd, __u64 f) { struct uffdio_api a = { .api = UFFD_API, .features = f }; "
            + "return ioctl(fd, UFFDIO_API, &a); }\n";
        const string Use = "int g(int one, int two) {\n if (api(one, 0)) return -1;\n if (api(two, UFFD_FEATURE_SIGBUS)) return -1;\n"
            + " return 0; }";
        Of("a.c", Helper + Use);
        Of("a.c", Helper + Use.Replace("two", "one", StringComparison.Ordinal), "second-handshake likely 4");
        // What is true where it was accepted says nothing of the way behind it.
        Of("a.c", (Helper + Use.Replace("two", "one", StringComparison.Ordinal)).Replace("&a);", "&a) == 0;", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a.go", "package a\nfunc f(fd int) error {\n api := UffdioApi{Api: UFFD_API}\n if _, _, e := unix.Syscall(unix.SYS_IOCTL, "
        + "uintptr(fd), uintptr(UFFDIO_API), uintptr(unsafe.Pointer(&api))); e != 0 {\n  return e\n }\n _, _, e := "
        + "unix.Syscall(unix.SYS_IOCTL, uintptr(fd), uintptr(UFFDIO_API), uintptr(unsafe.Pointer(&api)))\n if e != 0 { return e }\n"
        + " return nil\n}",
        7)]
    [InlineData("a.rs", "fn f(fd: i32) -> i32 {\n let mut api = uffdio_api { api: UFFD_API, features: 0, ioctls: 0 };\n if unsafe { "
        + "libc::ioctl(fd, UFFDIO_API as u64, &mut api) } < 0 { return -1; }\n let rc = unsafe { libc::ioctl(fd, UFFDIO_API as u64, "
        + "&mut api) };\n rc }", 4)]
    [InlineData("a.zig", "fn f(fd: i32) !void {\n var api = UffdioApi{ .api = UFFD_API, .features = 0, .ioctls = 0 };\n "
        + "if (linux.ioctl(fd, UFFDIO_API, @intFromPtr(&api)) != 0) return error.No;\n "
        + "if (linux.ioctl(fd, UFFDIO_API, @intFromPtr(&api)) != 0) return error.No;\n}", 4)]
    [InlineData("a.cpp", "bool U::open() {\n uffdio_api a{UFFD_API, 0, 0};\n if (::ioctl(fd_, UFFDIO_API, &a) == -1) return false;\n "
        + "if (::ioctl(fd_, UFFDIO_API, &a) == -1) throw 1;\n return true; }", 4)]
    public void Other_languages(string file, string text, int line) => Of(file, text, $"second-handshake certain {line}");
}
