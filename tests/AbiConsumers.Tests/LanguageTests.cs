namespace Faultline.AbiConsumers.Tests;

/// <summary>What each language's sources say of the header: one case a line, the name and the state it must have.</summary>
public sealed class LanguageTests
{
    private static void Is(string file, string text, params (string Name, string State)[] expected)
    {
        var report = Scan.Run(file, text);
        Assert.All(expected, item => Assert.Equal($"{item.Name} {item.State}", $"{item.Name} {report.State(item.Name)}"));
    }

    [Fact]
    public void C_defines_enumerates_and_mentions() => Is("a.c",
        """
        // UFFD_FEATURE_MOVE in a comment is no code
        #define UFFD_FEATURE_WP_ASYNC (1 << 15)
        #define UFFD_FEATURE_POISON \
            (1<<13)
        #define UFFD_EVENT_FORK(x) (x)
        enum { UFFD_FEATURE_SIGBUS = 1 << 7, OTHER, };
        enum events { UFFD_EVENT_PAGEFAULT = 0x12, UFFD_EVENT_FORK, UFFD_EVENT_REMAP, };
        static const unsigned long long UFFD_FEATURE_EVENT_FORK = 1ULL << 1;
        #define UFFDIO_COPY _IOWR(UFFDIO, _UFFDIO_COPY, struct uffdio_copy)
        #define UFFDIO 0xAA
        #define UFFDIO_WAKE _IOR(UFFDIO, _UFFDIO_WAKE, struct uffdio_range)
        #define _UFFDIO_WAKE (0x02)
        struct uffdio_range { __u64 start; __u64 len; };
        int f(void) { return ioctl(fd, UFFDIO_ZEROPAGE, "UFFDIO_CONTINUE"); }
        """,
        ("UFFD_FEATURE_MOVE", "missing"),
        ("UFFD_FEATURE_WP_ASYNC", "same"),
        ("UFFD_FEATURE_POISON", "different"),
        ("UFFD_FEATURE_SIGBUS", "same"),
        ("UFFD_EVENT_PAGEFAULT", "same"),
        ("UFFD_EVENT_FORK", "same"),
        ("UFFD_EVENT_REMAP", "same"),
        ("UFFD_FEATURE_EVENT_FORK", "same"),
        ("UFFDIO_COPY", "unclear"),
        ("UFFDIO_WAKE", "same"),
        ("UFFDIO_ZEROPAGE", "mentioned"),
        ("UFFDIO_CONTINUE", "missing"),
        ("uffdio_range", "same"));

    /// <summary>A name behind <c>r#</c> is one that Rust has for itself.</summary>
    [Fact]
    public void Rust_raw_names() => Is("src/lib.rs",
        "#[repr(C)] pub struct uffdio_move { dst: u64, src: u64, len: u64, mode: u64, r#move: i64 } const A: &str = r#\"UFFD_API\"#;",
        ("uffdio_move", "same"),
        ("UFFD_API", "missing"));

    [Fact]
    public void Rust_constants_bit_sets_enums_and_structs() => Is("src/lib.rs",
        """
        /* UFFD_FEATURE_MOVE /* nested */ still a comment */
        pub const UFFD_FEATURE_WP_ASYNC: u64 = 1 << 15;
        pub const UFFDIO_API: u32 = 0xc018_aa3f;
        pub const UFFD_FEATURE_MINOR_SHMEM: u64 = 0x8u64 as u64;
        const Q: &'static str = r#"UFFD_FEATURE_POISON "quoted""#;
        bitflags! {
            pub struct FeatureFlags: u64 {
                const EVENT_FORK = 1 << 1;
                const EVENT_REMAP = 1 << 3;
                const BOTH = Self::EVENT_FORK.bits() | Self::EVENT_REMAP.bits();
            }
        }
        #[repr(u8)]
        pub enum UffdEvent { Pagefault = 0x12, Fork, Remap = 0x14 }
        fn f(x: RegisterMode) -> bool { x == RegisterMode::MISSING && WP }
        #[repr(C)] #[derive(Clone)]
        pub struct UffdioRange { pub start: __u64, pub len: __u64 }
        #[repr(C)]
        pub struct uffdio_zeropage { pub range: UffdioRange, pub zeropage: i64, pub mode: u64 }
        pub struct uffdio_move { pub dst: u64 }
        """,
        ("UFFD_FEATURE_MOVE", "missing"),
        ("UFFD_FEATURE_POISON", "missing"),
        ("UFFD_FEATURE_WP_ASYNC", "same"),
        ("UFFDIO_API", "same"),
        ("UFFD_FEATURE_MINOR_SHMEM", "different"),
        ("UFFD_FEATURE_EVENT_FORK", "same"),
        ("UFFD_FEATURE_EVENT_REMAP", "different"),
        ("UFFD_EVENT_PAGEFAULT", "same"),
        ("UFFD_EVENT_FORK", "same"),
        ("UFFDIO_REGISTER_MODE_MISSING", "mentioned"),
        ("UFFDIO_REGISTER_MODE_WP", "missing"),
        ("uffdio_range", "same"),
        ("uffdio_zeropage", "different"),
        ("uffdio_move", "unclear"));

    [Fact]
    public void Go_blocks_count_with_iota() => Is("uffd.go",
        """
        package uffd
        type Feature uint64
        const UFFDIO_API = 0xc018aa3f
        const (
            UFFD_FEATURE_PAGEFAULT_FLAG_WP Feature = 1 << iota
            UFFD_FEATURE_EVENT_FORK
            UFFD_FEATURE_EVENT_REMAP
            _
            UFFD_FEATURE_MISSING_HUGETLBFS // bit 4
        )
        const (
            a, b = iota, 1
            UFFD_EVENT_FORK = 0x12 + iota
            FeatureSigbus Feature = 1 << 6; UFFD_FEATURE_POISON = 1 &^ 0 | 1<<14
        )
        type UffdioRange struct {
            Start, Len uint64
        }
        var s = `UFFD_FEATURE_MOVE`
        """,
        ("UFFDIO_API", "same"),
        ("UFFD_FEATURE_PAGEFAULT_FLAG_WP", "same"),
        ("UFFD_FEATURE_EVENT_FORK", "same"),
        ("UFFD_FEATURE_EVENT_REMAP", "same"),
        ("UFFD_FEATURE_MISSING_HUGETLBFS", "same"),
        ("UFFD_EVENT_FORK", "same"),
        ("UFFD_FEATURE_SIGBUS", "different"),
        ("UFFD_FEATURE_POISON", "different"),
        ("UFFD_FEATURE_MOVE", "missing"),
        ("uffdio_range", "same"));

    [Fact]
    public void CSharp_constants_and_enums() => Is("Uffd.cs",
        """"
        public static class Native {
            public const ulong UFFD_FEATURE_WP_ASYNC = 1UL << 15;
            internal static readonly uint UffdioApi = 0xC018_AA3F;
            const string Text = """UFFD_FEATURE_MOVE""";
        }
        [Flags]
        public enum Features : ulong { EventFork = 1 << 1, Sigbus = 1 << 6, WpUnpopulated = 1ul << 13, }
        public enum UffdEvent : byte { Fork, Remap }
        """",
        ("UFFD_FEATURE_WP_ASYNC", "same"),
        ("UFFDIO_API", "same"),
        ("UFFD_FEATURE_EVENT_FORK", "same"),
        ("UFFD_FEATURE_SIGBUS", "different"),
        ("UFFD_FEATURE_WP_UNPOPULATED", "same"),
        // C# counts from zero; the header does not.
        ("UFFD_EVENT_FORK", "different"),
        ("UFFD_FEATURE_MOVE", "missing"));

    [Fact]
    public void Python_assignments_in_modules_and_classes() => Is("uffd.py",
        """
        '''UFFD_FEATURE_MOVE'''
        UFFD_FEATURE_WP_ASYNC = 1 << 15  # UFFD_FEATURE_POISON
        UFFDIO_API: int = 0xc018aa3f
        class Feature(IntFlag):
            EVENT_FORK = 1 << 1
            SIGBUS = (1 <<
                      6)
        SIGBUS = 9
        x = 'UFFD_FEATURE_POISON'
        if UFFD_EVENT_FORK == 3: pass
        """,
        ("UFFD_FEATURE_WP_ASYNC", "same"),
        ("UFFDIO_API", "same"),
        ("UFFD_FEATURE_EVENT_FORK", "same"),
        ("UFFD_FEATURE_SIGBUS", "different"),
        ("UFFD_EVENT_FORK", "mentioned"),
        ("UFFD_FEATURE_POISON", "missing"),
        ("UFFD_FEATURE_MOVE", "missing"));

    [Fact]
    public void Java_constants_are_read_and_its_enums_are_not_numbers()
    {
        Is("E.java", "enum UffdEvent { PAGEFAULT, FORK(7) }", ("UFFD_EVENT_PAGEFAULT", "mentioned"));
        Is("U.java", "class U { public static final long UFFD_FEATURE_SIGBUS = 1L << 7; }", ("UFFD_FEATURE_SIGBUS", "same"));
    }

    [Fact]
    public void Files_for_other_machines_are_not_compared()
    {
        Is("zerrors_linux_mips64le.go", "package x\nconst UFFDIO_API = 0x4018aa3f\n", ("UFFDIO_API", "elsewhere"));
        Is("zerrors_linux_amd64.go", "package x\nconst UFFDIO_API = 0x4018aa3f\n", ("UFFDIO_API", "different"));
        Is("zerrors_freebsd_amd64.go", "package x\nconst UFFDIO_API = 0x4018aa3f\n", ("UFFDIO_API", "elsewhere"));
        Is("src/x86_64/general.rs", "pub const UFFDIO_API: u32 = 1;", ("UFFDIO_API", "different"));
        Is("src/armed/general.rs", "pub const UFFDIO_API: u32 = 1;", ("UFFDIO_API", "different"));
    }

    [Fact]
    public void Plain_x86_is_the_small_one_only_beside_the_large_one()
    {
        using var folder = new AbiExtractor.Tests.TemporaryDirectory();
        folder.Write("x86/a.rs", "pub const UFFDIO_API: u32 = 1;");
        Assert.Equal("different", ConsumerScan.Run(folder.Path, Scan.Header, TestContext.Current.CancellationToken).State("UFFDIO_API"));
        folder.Write("x86_64/a.rs", "");
        folder.Write("x86_64/b.rs", "fn f() {}");
        Assert.Equal("elsewhere", ConsumerScan.Run(folder.Path, Scan.Header, TestContext.Current.CancellationToken).State("UFFDIO_API"));
    }

    [Fact]
    public void Taking_a_name_from_elsewhere_is_a_mention()
    {
        Is("types.go", "package x\nconst UFFD_FEATURE_SIGBUS = C.UFFD_FEATURE_SIGBUS\n", ("UFFD_FEATURE_SIGBUS", "mentioned"));
        Is("a.rs", "enum Whence { SeekCur = libc::UFFD_FEATURE_SIGBUS }\nenum f { UFFD_FEATURE_MOVE = 65536 }\npub const UFFD_FEATURE_MOVE: u64 = f::UFFD_FEATURE_MOVE as _;", ("UFFD_FEATURE_SIGBUS", "mentioned"), ("UFFD_FEATURE_MOVE", "same same"));
    }

    [Fact]
    public void Masks_and_last_members_of_an_older_header_are_behind()
    {
        Is("a.c", "#define UFFD_API_FEATURES 0x1fff\n", ("UFFD_API_FEATURES", "behind"));
        Is("a.c", "#define UFFD_API_FEATURES 0x7fffff\n", ("UFFD_API_FEATURES", "different"));
        var header = Scan.Header with { Enums = AbiModel.EquatableArray.Of(new AbiModel.EnumSpec { Name = "op", Members = AbiModel.EquatableArray.Of(new AbiModel.EnumMemberSpec { Name = "OP_LAST", Value = 9 }) }) };
        Assert.Equal("behind", Scan.Run("a.rs", "const OP_LAST: u32 = 7;", header).State("OP_LAST"));
        Assert.Equal("different", Scan.Run("a.rs", "const OP_LAST: u32 = 11;", header).State("OP_LAST"));
    }

    [Fact]
    public void Packed_structs_have_no_padding()
    {
        var header = Scan.Header with { Structs = AbiModel.EquatableArray.Of(new AbiModel.StructSpec { Name = "tight", Size = 5 }) };
        Assert.Equal("same", Scan.Run("a.rs", "#[repr(C, packed)] struct tight { a: u8, b: u32 }", header).State("tight"));
        Assert.Equal("same", Scan.Run("a.c", "struct tight { unsigned char a; int b; } __attribute__((packed));", header).State("tight"));
        Assert.Equal("different", Scan.Run("a.c", "struct tight { unsigned char a; int b; };", header).State("tight"));
        Assert.Equal("unclear", Scan.Run("a.c", "struct tight { unsigned char a; int b; } __attribute__((aligned(8)));", header).State("tight"));
    }

    [Fact]
    public void Variables_are_not_taken_for_constants() => Is("a.py", "event_fork = 7\nmode_wp = 1\n", ("UFFD_EVENT_FORK", "missing"));

    [Fact]
    public void Short_name_alone_is_no_mention() =>
        Is("a.rs", "fn f() { let MISSING = WP_UNPOPULATED; enum Color { WpUnpopulated = 1 } }", ("UFFD_FEATURE_WP_UNPOPULATED", "missing"), ("UFFDIO_REGISTER_MODE_MISSING", "missing"));

    [Fact]
    public void Value_of_a_signed_top_bit_is_that_bit()
    {
        var header = Scan.Header with { Constants = AbiModel.EquatableArray.Of(new AbiModel.ConstantSpec { Name = "TOP", CType = "int", Type = AbiModel.TypeRef.Integer(4, signed: true), Value = "-2147483648" }) };
        Assert.Equal("same", Scan.Run("a.rs", "const TOP: u32 = 0x8000_0000;", header).State("TOP"));
    }

    /// <summary>Padding hides what a field lost: the struct is as long as the header's.</summary>
    [Fact]
    public void Fields_that_are_elsewhere_or_shorter()
    {
        Is("a.py", "import ctypes\nclass uffdio_range(ctypes.Structure):\n    _fields_ = [('start', ctypes.c_uint64), "
            + "('len', ctypes.c_uint32)]\n", ("uffdio_range", "different"));
        Is("a.c", "struct uffdio_range { unsigned int flags; unsigned int start; unsigned long long len; };\n",
            ("uffdio_range", "different"));
        Is("a.rs", "#[repr(C)] pub struct UffdioRange { pub start: u64, pub len: u64 }\n", ("uffdio_range", "same"));
    }

    [Theory]
    [InlineData("b'\\xaa'", "unclear")]
    [InlineData("b'q'", "different")]
    [InlineData("b'\\''", "different")]
    [InlineData("b'\\x71'", "different")]
    [InlineData("0xAA", "same")]
    public void Bytes_of_Rust_are_numbers(string type, string state) =>
        Says.Of("a.rs", $"const TYPE: u8 = {type};\nconst S: &[u8] = br#\"a'b\"#; const T: &[u8] = b\"a'b\";\n"
            + "#[repr(C)] pub struct A { a: u64, b: u64, c: u64 }\nioctl_readwrite!(uffdio_api, TYPE, 0x3F, A);", $"UFFDIO_API {state}");
}
