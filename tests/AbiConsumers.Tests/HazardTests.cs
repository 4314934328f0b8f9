using CsCheck;
using Faultline.AbiConsumers.Hazards;
using static Faultline.AbiConsumers.Tests.Hazardous;

namespace Faultline.AbiConsumers.Tests;

/// <summary>Each pattern of misuse, beside what looks like it and is right.</summary>
public sealed class HazardTests
{
    [Theory]
    [InlineData("int rc = ioctl(fd, UFFDIO_API, &api); (void)rc;", true)]
    [InlineData("int rc = ioctl(fd, UFFDIO_API, &api); assert(!rc); (void)rc;", false)]
    public void An_answer_that_is_only_cast_to_void_is_thrown_away(string handshake, bool isThrown)
    {
        var program = Query + $"int open_it(int fd) {{ struct uffdio_api api = {{ .api = UFFD_API }}; {handshake} return fd; }}";
        Hazardous.Of("a.c", program, isThrown ? ["unchecked-answer certain 2"] : []);
    }

    [Fact]
    public void Helpers_in_other_files_belong_to_the_program_that_calls_them()
    {
        const string Helper = """
            int uffd_api(int fd, __u64 features) { struct uffdio_api api = {0}; api.api = UFFD_API; api.features = features; return ioctl(fd, UFFDIO_API, &api); }
            int uffd_register(int fd, void *p, __u64 mode) { struct uffdio_register r; r.range.start = (uintptr_t)p; r.mode = mode; return ioctl(fd, UFFDIO_REGISTER, &r); }
            int uffd_protect(int fd, void *p, bool wp) { struct uffdio_writeprotect w; w.range.start = (uintptr_t)p; w.mode = (wp ? UFFDIO_WRITEPROTECT_MODE_WP : 0); return ioctl(fd, UFFDIO_WRITEPROTECT, &w); }
            """;
        const string User = "void run(int fd) { void *p = mmap(0, 9, 3, MAP_PRIVATE | MAP_ANON, -1, 0); uffd_api(first, 0); "
            + "uffd_api(fd, UFFD_FEATURE_PAGEFAULT_FLAG_WP); uffd_register(fd, p, UFFDIO_REGISTER_MODE_WP); uffd_protect(fd, p, true); }";
        // Another program in the same folder, which asks for the feature, changes nothing for this one.
        const string Other = "void main(int fd) { uffd_api(first, 0); uffd_api(fd, UFFD_FEATURE_WP_UNPOPULATED); uffd_register(fd, q, "
            + "UFFDIO_REGISTER_MODE_WP); uffd_protect(fd, q, true); }";
        Hazardous.Of([("util/uffd.c", Helper), ("run.c", User), ("other.c", Other)], "lost-first-writes likely 3");
        Hazardous.Of([("util/uffd.c", Helper), ("other.c", Other)]);
        Hazardous.Of([("util/uffd.c", Helper), ("other.c", Other.Replace("uffd_api(first, 0);", "", StringComparison.Ordinal))],
            "one-step-handshake likely 1");
    }

    [Theory]
    [InlineData("UFFD_FEATURE_PAGEFAULT_FLAG_WP", "lost-first-writes likely 13")]
    [InlineData("0", "lost-first-writes likely 13")]
    [InlineData("UFFD_FEATURE_WP_ASYNC")]
    [InlineData("size | UFFD_FEATURE_PAGEFAULT_FLAG_WP", "lost-first-writes possible 13")]
    [InlineData("global", "lost-first-writes possible 13")]
    public void What_a_wrapper_asks_for_is_what_its_callers_give_it(string features, params string[] expected)
    {
        const string Wrapper = "static int open_it(__u64 want) { return open_fd(9, want); }\nstatic int open_fd(int flags, __u64 want) { "
            + "struct uffdio_api api = { .api = UFFD_API, .features = want }; return ioctl(flags, UFFDIO_API, &api); }\n";
        var user = Tracker().Replace("struct uffdio_api api = { .api = UFFD_API, .features = UFFD_FEATURE_PAGEFAULT_FLAG_WP };",
            $"int uffd = open_it({features});", StringComparison.Ordinal)
            .Replace(" || ioctl(fd, UFFDIO_API, &api)", "", StringComparison.Ordinal);
        Hazardous.Of("a.c", Wrapper + user, expected);
        Hazardous.Of("a.c", Wrapper + user.Replace("open_it(", "unknown(", StringComparison.Ordinal),
            expected.Length > 0 ? ["lost-first-writes possible 13"] : []);
    }

    [Theory]
    [InlineData("case UFFD_EVENT_FORK: return \"fork\"; default: return 0;", false)]
    [InlineData("case UFFD_EVENT_FORK: puts(\"fork\"); break;", false)]
    [InlineData("case UFFD_EVENT_FORK: name = \"fork\"; break;", false)]
    [InlineData("} if (event == UFFD_EVENT_FORK) { return \"fork\";", false)]
    [InlineData("} name = event == UFFD_EVENT_FORK ? \"fork\" : \"other\"; {", false)]
    [InlineData("case UFFD_EVENT_FORK: puts(\"fork\"); adopt(message->arg.fork.ufd); break;", true)]
    [InlineData("case UFFD_EVENT_FORK: adopt(); break;", true)]
    [InlineData("case UFFD_EVENT_FORK: count++; break;", true)]
    [InlineData("} if (event == UFFD_EVENT_FORK) { adopt();", true)]
    public void To_say_what_an_event_is_called_is_not_to_handle_it(string body, bool isHandled) => Hazardous.Of("a.c",
        "int open_it(int fd) { struct uffdio_api api = { .api = UFFD_API }; return ioctl(fd, UFFDIO_API, &api); }\n"
        + $"const char *read_it(int event, struct uffd_msg *message) {{ switch (event) {{ {body} }} return 0; }}",
        isHandled ? ["event-never-asked likely 2"] : []);

    private const string Tracking = """
        UFFD_FEATURE_PAGEFAULT_FLAG_WP = 1
        UFFD_FEATURE_WP_UNPOPULATED = 1 << 13
        query = uffdio_api(UFFD_API, 0, 0)
        fcntl.ioctl(first, UFFDIO_API, query)
        api = uffdio_api(UFFD_API, FEATURES, 0)
        fcntl.ioctl(fd, UFFDIO_API, api)
        area = mmap.mmap(-1, 1 << 20, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
        register = REGISTER
        fcntl.ioctl(fd, UFFDIO_REGISTER, register)
        fcntl.ioctl(fd, UFFDIO_WRITEPROTECT, struct.pack("QQQ", start, 1 << 20, UFFDIO_WRITEPROTECT_MODE_WP))
        """;

    [Theory]
    [InlineData("uffdio_register(start, 1 << 20, UFFDIO_REGISTER_MODE_WP, 0)")]
    [InlineData("uffdio_register(uffdio_range(start, 1 << 20), UFFDIO_REGISTER_MODE_WP)")]
    [InlineData("uffdio_register(start=start, len=1 << 20, mode=UFFDIO_REGISTER_MODE_WP)")]
    [InlineData("bytearray(struct.pack('QQQQ', start, 1 << 20, UFFDIO_REGISTER_MODE_WP, 0))")]
    public void Python_fills_its_structs_by_position_and_defines_what_it_does_not_use(string register)
    {
        var program = Tracking.Replace("REGISTER\n", register + "\n", StringComparison.Ordinal);
        Hazardous.Of("a.py", program.Replace("FEATURES", "UFFD_FEATURE_PAGEFAULT_FLAG_WP", StringComparison.Ordinal),
            "lost-first-writes likely 10");
        Hazardous.Of("a.py", program.Replace("FEATURES", "UFFD_FEATURE_WP_UNPOPULATED", StringComparison.Ordinal));
        Hazardous.Of("a.py", program.Replace("FEATURES", "UFFD_FEATURE_PAGEFAULT_FLAG_WP", StringComparison.Ordinal)
            .Replace("UFFDIO_REGISTER_MODE_WP", "UFFDIO_REGISTER_MODE_WP | UFFDIO_REGISTER_MODE_MISSING", StringComparison.Ordinal));
    }

    [Fact]
    public void Zero_pages_over_missing_ones_are_corruption() =>
        Hazardous.Of("a.c", Tracker(features: "UFFD_FEATURE_WP_ZEROPAGE", mode: "UFFDIO_REGISTER_MODE_MISSING | UFFDIO_REGISTER_MODE_WP")
            .Replace("int track(", "#define UFFD_FEATURE_WP_ZEROPAGE (1<<13)\nint track(", StringComparison.Ordinal),
            "zeropage-over-missing certain 8");

    private static string Filler(string copyMode, string rest = "") =>
        Tracker(features: "UFFD_FEATURE_WP_UNPOPULATED", mode: "UFFDIO_REGISTER_MODE_MISSING | UFFDIO_REGISTER_MODE_WP")
        + "\nvoid fill(int fd, struct uffdio_copy c) { c.mode = " + copyMode + "; ioctl(fd, UFFDIO_COPY, &c); " + rest + " }\n";

    [Fact]
    public void Copies_over_protection_drop_it_unless_they_protect()
    {
        Hazardous.Of("a.c", Filler("0"), "copy-drops-protection likely 13");
        Hazardous.Of("a.c", Filler("wake ? 0 : UFFDIO_COPY_MODE_DONTWAKE"), "copy-drops-protection possible 13");
        Hazardous.Of("a.c", Filler("UFFDIO_COPY_MODE_WP"));
        Hazardous.Of("a.c", Filler("0").Replace("UFFD_FEATURE_WP_UNPOPULATED", "UFFD_FEATURE_PAGEFAULT_FLAG_WP", StringComparison.Ordinal),
            "copy-drops-protection possible 13");
    }

    [Fact]
    public void Zero_pages_onto_markers_meet_EEXIST()
    {
        Hazardous.Of("a.c", Filler("UFFDIO_COPY_MODE_WP", "struct uffdio_zeropage z = {}; ioctl(fd, UFFDIO_ZEROPAGE, &z);"),
            "zeropage-onto-marker possible 13");
        Hazardous.Of("a.c", Filler("UFFDIO_COPY_MODE_WP",
            "struct uffdio_zeropage z = {}; if (ioctl(fd, UFFDIO_ZEROPAGE, &z) && errno != EEXIST) fail();"));
    }

    private static string OneStep(string features, string after = "return -1;", string name = "open_it") =>
        $"int {name}(int fd) {{\n struct uffdio_api api;\n api.api = UFFD_API;\n api.features = {features};\n if (ioctl(fd, "
            + $"UFFDIO_API, &api)) {{ {after} }}\n return fd; }}\n";

    [Fact]
    public void Features_asked_for_in_one_step()
    {
        Hazardous.Of("a.c", OneStep("UFFD_FEATURE_WP_HUGETLBFS_SHMEM | UFFD_FEATURE_SIGBUS"), "one-step-handshake likely 5");
        Assert.Equal("before 5.19, or configured without what UFFD_FEATURE_WP_HUGETLBFS_SHMEM needs",
            Hazardous.Run(("a.c", OneStep("UFFD_FEATURE_WP_HUGETLBFS_SHMEM"))).Hazards[0].Kernels);
        Hazardous.Of("a.c", "#define WANTED (UFFD_FEATURE_EVENT_FORK | UFFD_FEATURE_MOVE)\n" + OneStep("WANTED"),
            "one-step-handshake likely 6");
        Hazardous.Of("a.c", OneStep("0;\n api.features |= UFFD_FEATURE_POISON"), "one-step-handshake likely 6");
        Hazardous.Of("a.rs", "fn f() { let u = UffdBuilder::new()\n.require_features(FeatureFlags::PAGEFAULT_FLAG_WP).create(); }",
            "one-step-handshake likely 2");
        Hazardous.Of("a.go", "package a\nfunc Open(fd int) {\n api := UffdioApi{Api: UFFD_API, Features: UFFD_FEATURE_MOVE}\n if _, "
            + "_, e := unix.Syscall(unix.SYS_IOCTL, uintptr(fd), uintptr(UFFDIO_API), uintptr(unsafe.Pointer(&api))); e != 0 { "
            + "fail() }\n}", "one-step-handshake likely 4");
        Hazardous.Of("a.py", "api = uffdio_api()\napi.features = UFFD_FEATURE_MOVE\nfcntl.ioctl(fd, UFFDIO_API, api)\n",
            "one-step-handshake likely 3");
        Hazardous.Of("a.rs", "fn f(fd: i32) {\n let mut api = uffdio_api { api: UFFD_API, features: UFFD_FEATURE_MOVE, ioctls: 0 "
            + "};\n if unsafe { libc::ioctl(fd, x::UFFDIO_API as libc::Ioctl, &raw mut api) } < 0 { fail(); } }",
            "one-step-handshake likely 3");
    }

    private const string Wanted = "impl M { fn wanted(&self, minor: bool) -> u64 {\n let mut features = 0u64;\n if minor { features |= "
        + "uffd::UFFD_FEATURE_MINOR_SHMEM; }\n features } }\n";

    /// <summary>As cloud-hypervisor does: one file makes the request, another puts together what it asks for.</summary>
    [Fact]
    public void Features_that_a_function_puts_together()
    {
        const string Create = "pub(crate) fn create(wanted: u64) -> i32 { let mut api = uffdio_api { api: UFFD_API, features: wanted, "
            + "ioctls: 0 }; if unsafe { libc::ioctl(fd, UFFDIO_API as u64, &mut api) } < 0 { fail(); } fd }\n";
        const string Use = "impl N { fn restore<F>(&self, f: F) where F: FnMut(u32) -> u64 {\n "
            + "let wanted = self.wanted(self.minor);\n let fd = uffd::create(wanted); "
            + "let f = OpenOptions::new().create(true); } }\n";
        Hazardous.Of([("uffd.rs", Create), ("manager.rs", Wanted + Use), ("file.rs", "// uffd\npub fn create(a: bool) { }\n")],
            "one-step-handshake likely 7");
        // What is offered is in it.
        Hazardous.Of([("uffd.rs", Create), ("manager.rs", Wanted.Replace(" features }", " features & self.offered }",
            StringComparison.Ordinal) + Use)]);
        Hazardous.Of("a.c", "static __u64 wanted(void) { return UFFD_FEATURE_MOVE; }\n" + OneStep("wanted()"),
            "one-step-handshake likely 6");
        Hazardous.Of("a.c", "static __u64 wanted(int fd) { return ask(fd) & UFFD_FEATURE_MOVE; }\n" + OneStep("wanted(fd)"));
    }

    /// <summary>As bindings of Go do, which have a function for each struct.</summary>
    [Fact]
    public void Features_that_a_constructor_takes()
    {
        const string Open = "package a\nfunc Open(fd int) {\n api := constants.NewUffdioAPI(constants.UFFD_API, WANTED)\n if _, _, e := "
            + "unix.Syscall(unix.SYS_IOCTL, uintptr(fd), uintptr(UFFDIO_API), uintptr(unsafe.Pointer(&api))); e != 0 { fail() }\n}";
        Hazardous.Of("a.go", Open.Replace("WANTED", "UFFD_FEATURE_WP_ASYNC", StringComparison.Ordinal), "one-step-handshake likely 4");
        Hazardous.Of("a.go", Open.Replace("WANTED", "0", StringComparison.Ordinal));
    }

    /// <summary>As umap does: one of two programs asks for nothing, which is no query of the other.</summary>
    [Fact]
    public void A_handshake_that_is_one_of_two()
    {
        const string Either = "void check_uffd(int fd) {\n struct uffdio_api api = { .api = UFFD_API\n#ifdef READ_ONLY\n, .features = 0\n"
            + "#else\n, .features = UFFD_FEATURE_PAGEFAULT_FLAG_WP\n#endif\n};\n if (ioctl(fd, UFFDIO_API, &api)) fail(); }\n";
        const string Register = "void f(int fd) { struct uffdio_register r = { .mode = UFFDIO_REGISTER_MODE_MISSING }; "
            + "if (ioctl(fd, UFFDIO_REGISTER, &r)) fail(); }\n";
        Hazardous.Of("a.c", Either + Register, "one-step-handshake likely 9");
        Hazardous.Of("a.c", Either); // only checks
    }

    [Fact]
    public void Handshakes_that_ask_first_are_right()
    {
        Hazardous.Of("a.c", OneStep("0"));
        Hazardous.Of("a.c", Query + OneStep("UFFD_FEATURE_MOVE"));
        Hazardous.Of("a.c", OneStep("UFFD_FEATURE_MOVE & offered"));
        Hazardous.Of("a.c", OneStep("UFFD_FEATURE_EVENT_FORK | UFFD_FEATURE_THREAD_ID"));
        Hazardous.Of("a.c", OneStep("UFFD_FEATURE_MOVE", "if (errno == EINVAL) return skip(); return -1;"));
        Hazardous.Of("a.c", OneStep("UFFD_FEATURE_MOVE",
            "api.features = UFFD_FEATURE_SIGBUS; if (ioctl(fd, UFFDIO_API, &api)) return -1;"));
        Hazardous.Of("a.c", OneStep("UFFD_FEATURE_MOVE", name: "have_move"));
        Hazardous.Of("a.h", "#define CHECK(fd, f) do { struct uffdio_api a = { UFFD_API, 0, 0 }; SAFE_IOCTL(fd, UFFDIO_API, &a); if "
            + "(!(a.features & f)) skip(); } while (0)\n" + "static void setup(void) { CHECK(3, UFFD_FEATURE_MOVE); }\n"
            + OneStep("UFFD_FEATURE_MOVE"));
    }

    [Fact]
    public void Answers_that_nobody_looks_at()
    {
        Hazardous.Of("a.c", "void f(int fd) {\n struct uffdio_api a = {UFFD_API, 0};\n ioctl(fd, UFFDIO_API, &a);\n (void)ioctl(fd2, "
            + "UFFDIO_API, &a);\n}", "unchecked-answer certain 3", "unchecked-answer certain 4");
        Hazardous.Of("a.c", "void f(int fd) { struct uffdio_api a = {UFFD_API, 0}; SAFE_IOCTL(fd, UFFDIO_API, &a); int r = ioctl(fd2, "
            + "UFFDIO_API, &a); return r; }");
        Hazardous.Of("a.c", "void f(int fd) { struct uffdio_api a = {UFFD_API, 0};\n int rc = ioctl(fd, UFFDIO_API, &a); }",
            "unchecked-answer certain 2");
        const string Minor = "void g(int fd) {\n struct uffdio_api a = {UFFD_API, 0};\n if (ioctl(fd, UFFDIO_API, &a)) return;\n "
            + "struct uffdio_register r = { .mode = UFFDIO_REGISTER_MODE_MINOR };\n if (ioctl(fd, UFFDIO_REGISTER, &r)) return;\n";
        Hazardous.Of("a.c", Minor + "}", "unchecked-answer possible 5");
        Hazardous.Of("a.c", Minor + " if (!(r.ioctls & (1 << _UFFDIO_CONTINUE))) fail(); }");
        Hazardous.Of("a.c", Minor.Replace("MODE_MINOR", "MODE_MISSING", StringComparison.Ordinal) + "}");
    }

    [Fact]
    public void Events_that_nobody_asked_for()
    {
        const string Handler = "void on(struct uffd_msg *m) {\n switch (m->event) {\n case UFFD_EVENT_FORK: follow(m); break;\n case "
            + "UFFD_EVENT_REMOVE: drop(m); } }\n";
        Hazardous.Of("a.c", OneStep("UFFD_FEATURE_EVENT_REMOVE") + Handler, "event-never-asked likely 9");
        Hazardous.Of("a.c", OneStep("UFFD_FEATURE_EVENT_REMOVE | UFFD_FEATURE_EVENT_FORK") + Handler);
        Hazardous.Of("a.c", OneStep("wanted") + Handler);
        Hazardous.Of("a.c", Handler);
    }

    [Fact]
    public void Numbers_typed_by_hand()
    {
        Hazardous.Of("a.c", "int f(int fd, void *a) {\n return ioctl(fd, 0xc018aa3f, a); }", "typed-number certain 2");
        Hazardous.Of("uffd.py", "import fcntl\nfcntl.ioctl(fd, 3222841919, api)\nUFFDIO_API = 0xc018aa3f\n", "typed-number certain 2");
        Hazardous.Of("a.c", OneStep("1 << 13"), "typed-number certain 4");
        Hazardous.Of("a.c", OneStep("0x2000"), "typed-number certain 4");
        Hazardous.Of("a.c", "int f(int fd, struct uffdio_register *r) { r->mode = 2;\n return ioctl(fd, UFFDIO_REGISTER, r); }",
            "typed-number certain 1");
        Hazardous.Of("uffd.c", "int userfault(int fd, void *a) {\n return ioctl(fd, _IOWR(0xAA, 0x3F, char[24]), a); }",
            "typed-number likely 2");
        Hazardous.Of("a.c", OneStep("0xdeadbeef"));
        Hazardous.Of("a.c", OneStep("BIT_ULL(63)"));
        Hazardous.Of("a.c", OneStep("1ULL << 40"));
        Hazardous.Of("a.c", "void f(int fd) { struct uffdio_api a = { UFFD_API, BIT_ULL(0) }; "
            + "if (ioctl(fd, UFFDIO_API, &a) == 0) fail(); }");
        Hazardous.Of("a.c", OneStep("BIT(13)"), "typed-number certain 4");
        Hazardous.Of("a.c", "#define UFFDIO_API 0xc018aa3f\n" + OneStep("0"));
        Hazardous.Of("uffd.rs", "pub const UFFDIO_API: u32 = 0xc018aa3f;\nfn f() { let UFFDIO_API = 0xc018aa3fu32; }");
    }

    [Fact]
    public void Comments_strings_directives_and_other_systems_are_no_use()
    {
        Assert.Equal(0, Hazardous.Run(("a.c",
            "// ioctl(fd, UFFDIO_API, &a);\nchar *s = \"ioctl(fd, 0xc018aa3f)\";\n#ifdef UFFDIO_API\n#endif\nint f(void) { return 1; }"))
            .Requests);
        Hazardous.Of("a.c", "// 0xc018aa3f\nint f(void) { return 0; }");
    }

    private static readonly string[] HostileFiles = ["a.c", "a.rs", "a.py"];

    [Fact]
    public void Any_text_is_searched()
    {
        string[] files = ["a.c", "a.rs", "a.go", "a.cs", "a.py", "a.zig", "a.java", "a.cpp"];
        string[] words =
        [
            "int f(", "fn f(", "func f(", "void ", "static ", "{", "}", "(", ")", ";", ",", "=", "|", ".", "->", "::", "&", "\n", "\"",
                "'", "/*", "*/", "#define M(x) ", "#", "\\\n",
            "ioctl(fd, ", "UFFDIO_API", "UFFDIO_REGISTER", "UFFDIO_WRITEPROTECT", "UFFDIO_COPY", "UFFDIO_ZEROPAGE", "&a", "a",
                "a.features", "a.mode", "features", "mode", "start", "0xc018aa3f", "1 << 13",
            "UFFD_FEATURE_WP_UNPOPULATED", "UFFD_FEATURE_MOVE", "UFFDIO_REGISTER_MODE_WP", "UFFDIO_REGISTER_MODE_MISSING",
                "UFFDIO_WRITEPROTECT_MODE_WP", "UFFD_EVENT_FORK", "case ", "mmap(", "MAP_ANON", "memset(", " as u64", "f(",
        ];
        Gen.Select(Gen.OneOf(files), Gen.OneOf(words).Array[0, 80])
            .Sample((file, text) => Hazardous.Run((file, string.Concat(text))).Files == (text.Length == 0 ? 0 : 1), iter: 1500);
    }

    [Fact]
    public void A_quarter_megabyte_without_an_end_is_searched_in_time()
    {
        string[] texts =
        [
            "UFFDIO_API" + new string('{', 1 << 18),
            string.Concat(Enumerable.Repeat("ioctl(fd, UFFDIO_API, &a, ", 1 << 12)),
            "void f() {" + string.Concat(Enumerable.Repeat("ioctl(fd, UFFDIO_API, &a);", 1 << 12)) + "}",
            "void f() {" + string.Concat(Enumerable.Repeat("a.features |= UFFD_FEATURE_MOVE | a;", 1 << 12))
                + "ioctl(fd, UFFDIO_API, &a); }",
            "void f() {" + string.Concat(Enumerable.Repeat("x = x | y; y = x | x | y;", 1 << 11))
                + "a.features = x; ioctl(fd, UFFDIO_API, &a); }",
            string.Concat(Enumerable.Range(0, 1 << 11).Select(i => $"void f{i}() {{ f{i + 1}(UFFDIO_API); }}\n")),
            string.Concat(Enumerable.Range(0, 1 << 12).Select(i => $"#define N{i} (N{i + 1} | N{i + 2} | UFFD_FEATURE_MOVE)\n"))
                + "void f() { a.features = N0; ioctl(fd, UFFDIO_API, &a); }",
        ];
        foreach (var (text, file) in texts.SelectMany(text => HostileFiles.Select(file => (text, file))))
        {
            var watch = System.Diagnostics.Stopwatch.StartNew();
            Hazardous.Run((file, text));
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(40), $"{file} {text[..20]}: {watch.Elapsed}");
        }
    }

    /// <summary>Rows and values that the kinds claim are those of linux-patch.</summary>
    [Fact]
    public void Every_proof_is_a_row_of_the_suite()
    {
        var scenarios = string.Concat(Directory.GetFiles(Path.Combine(AbiExtractor.Tests.Repository.Root, "src", "AbiTests", "Scenarios"),
            "*.cs").Select(File.ReadAllText));
        Assert.All(HazardKind.All, kind => Assert.NotEmpty(kind.Proofs));
        Assert.All(HazardKind.All.SelectMany(kind => kind.Proofs), proof =>
        {
            Assert.Contains($"[Scenario(\"{proof.Row}\", ", scenarios, StringComparison.Ordinal);
            Assert.Equal(proof.Value, Expected(proof.Variant, proof.Row, proof.Key));
        });
    }

    private static string? Expected(string variant, string row, string key)
    {
        var lines = File.ReadAllLines(Path.Combine(AbiExtractor.Tests.Repository.Root, "linux-patch", variant, "variant.toml"));
        var own = lines.SkipWhile(line => !line.StartsWith($"[expect.{row}]", StringComparison.Ordinal)).Skip(1)
            .TakeWhile(line => !line.StartsWith('[')).Select(Pair).FirstOrDefault(pair => pair.Key == key).Value;
        var parent = lines.Select(Pair).FirstOrDefault(pair => pair.Key == "inherits").Value;
        return own ?? (parent is null ? null : Expected(parent, row, key));
    }

    private static (string? Key, string? Value) Pair(string line) => line.Split('"') is [var name, var value, ..]
        && name.Contains('=', StringComparison.Ordinal) ? (name.Split('=')[0].Trim(), value) : default;
}
