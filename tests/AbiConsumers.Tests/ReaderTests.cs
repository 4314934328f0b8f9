using Faultline.AbiModel;

namespace Faultline.AbiConsumers.Tests;

/// <summary>Forms that only some languages have: cgo, syzlang, request macros of Rust, Zig, ctypes, structs of C# and lists of
/// declarators.</summary>
public sealed class ReaderTests
{
    [Fact]
    public void C_code_before_import_C_is_read_on_its_own_lines()
    {
        Says.Of("a.go", "package a\n/*\n#define UFFD_FEATURE_SIGBUS (1 << 6)\nstruct uffdio_range { __u64 start, len; };\n*/\nimport "
            + "\"C\"\nconst UFFDIO_API = 1\n",
            "UFFD_FEATURE_SIGBUS different", "uffdio_range same", "UFFDIO_API different");
        Says.Of("b.go", "package a\n// #include <linux/userfaultfd.h>\n// #define UFFD_FEATURE_SIGBUS (1 << 7)\nimport \"C\"\n",
            "UFFD_FEATURE_SIGBUS same");
        Says.Of("c.go", "package a\n/* #define UFFD_FEATURE_SIGBUS 1 */\nimport ( \"C\" )\n", "UFFD_FEATURE_SIGBUS different");
        Assert.Equal(3, Scan.Run("a.go", "package a\n/*\n#define UFFD_FEATURE_SIGBUS 1\n*/\nimport \"C\"\n").Use("UFFD_FEATURE_SIGBUS")
            .Sites[0].Line);
    }

    [Theory]
    [InlineData("package a\n/* #define UFFD_FEATURE_SIGBUS 1 */\n\nimport \"C\"\n")]
    [InlineData("package a\n/* #define UFFD_FEATURE_SIGBUS 1 */\nimport \"fmt\"\n")]
    [InlineData("package a\nvar s = `\n/* #define UFFD_FEATURE_SIGBUS 1 */`\n")]
    [InlineData("import \"C\"")]
    [InlineData("*/\nimport \"C\"")]
    [InlineData("/*/\nimport \"C\"")]
    [InlineData("//\nimport \"C\"")]
    public void Other_comments_of_Go_are_no_code(string text) => Says.Of("a.go", text, "UFFD_FEATURE_SIGBUS missing");

    [Fact]
    public void Syzlang_has_defines_mentions_and_structs() => Says.Of("dev.txt",
        """
        # UFFD_FEATURE_MOVE is only named here
        include <linux/userfaultfd.h>
        resource fd_uffd[fd]
        ioctl$UFFDIO_WAKE(fd fd_uffd, cmd const[UFFDIO_WAKE], arg ptr[in, uffdio_range])
        define UFFD_FEATURE_SIGBUS	1 << 6
        features = UFFD_FEATURE_EVENT_FORK, UFFD_FEATURE_EVENT_REMAP
        uffdio_range {
        	start	vma64
        	len	len[start, int64]
        }
        uffdio_api {
        	api		const[UFFD_API, int64]
        	features	flags[features, int32]
        	ioctls		int64be	(out)
        } [packed]
        uffdio_zeropage {
        	range	uffdio_range
        	mode	flags[features, int64]
        	zeropage	array[int8, 8]
        }
        uffdio_copy {
        	dst	some_type[3]
        }
        """,
        "UFFD_FEATURE_MOVE missing", "UFFDIO_WAKE mentioned", "UFFD_FEATURE_SIGBUS different", "UFFD_FEATURE_EVENT_FORK mentioned",
        "uffdio_range same", "uffdio_api different", "uffdio_zeropage same", "uffdio_copy unclear");

    [Fact]
    public void Syzkallers_extracted_numbers_count_where_they_hold_everywhere()
    {
        Says.Of("dev_userfaultfd.txt.const",
            "# generated\narches = 386, amd64\nUFFDIO_API = 3222841919\nUFFD_FEATURE_SIGBUS = 64, mips64le:128\nUFFD_FEATURE_MOVE = "
                + "amd64:1\nUFFD_EVENT_FORK = ???\n",
            "UFFDIO_API same", "UFFD_FEATURE_SIGBUS different", "UFFD_FEATURE_MOVE mentioned", "UFFD_EVENT_FORK mentioned");
        Assert.Empty(Scan.Run("notes.txt", "UFFDIO_API = 1\n").Files);
        Assert.Empty(Scan.Run("other.const", "UFFDIO_API = 1\n").Files);
    }

    [Fact]
    public void Rust_macros_make_requests()
    {
        const string Range = "#[repr(C)] pub struct uffdio_range { pub start: u64, pub len: u64 }\n";
        Says.Of("nix.rs", Range + """
            nix::ioctl_read!(
                /// Wakes the waiting.
                uffdio_wake, UFFDIO, 0x02, uffdio_range
            );
            const UFFDIO: u8 = 0xAA;
            ioctl_readwrite!(api, raw::UFFDIO, raw::_UFFDIO_API, foreign::uffdio_api);
            nix::ioctl_readwrite! { uffdio_register, 0xAA, 0x01, [u8; 32] }
            nix::ioctl_readwrite_bad!(uffdio_copy, 0xc028aa03, uffdio_copy);
            println!("UFFDIO_MOVE");
            """, "UFFDIO_WAKE same", "UFFDIO_API unclear", "UFFDIO_REGISTER unclear", "UFFDIO_COPY same", "UFFDIO_MOVE missing");
        Says.Of("vmm.rs", Range + "ioctl_ior_nr!(UFFDIO_WAKE, UFFDIO, 0x03, uffdio_range);\nconst UFFDIO: u32 = 0xAA;\n",
            "UFFDIO_WAKE different");
        Says.Of("rustix.rs", Range + """
            const UFFDIO_WAKE: Opcode = opcode::read::<uffdio_range>(0xAA, 0x02);
            const UFFDIO_UNREGISTER: Opcode = ioctl::opcode::write::<uffdio_range>(0xAA, 0x01);
            const UFFDIO_API: u64 = nix::request_code_readwrite!(0xAA, 0x3F, 24);
            const UFFDIO_COPY: u64 = request_code_readwrite!(0xAA, 0x03, core::mem::size_of::<uffdio_range>());
            """, "UFFDIO_WAKE same", "UFFDIO_UNREGISTER different", "UFFDIO_API same", "UFFDIO_COPY different");
    }

    [Fact]
    public void Rust_enums_count_from_zero_only_when_they_are_numbers()
    {
        Says.Of("a.rs", "#[repr(u8)] enum UffdEvent { Pagefault, Fork }", "UFFD_EVENT_FORK different");
        Says.Of("b.rs", "enum UffdEvent { #[cfg(feature = \"new\")] Pagefault { addr: u64 }, Fork(i32) }", "UFFD_EVENT_FORK mentioned");
        Says.Of("c.rs", "enum UffdEvent { Pagefault, Fork }", "UFFD_EVENT_FORK mentioned");
    }

    [Fact]
    public void Zig_constants_enums_extern_structs_and_packed_flags() => Says.Of("uffd.zig",
        """
        // UFFD_FEATURE_MOVE
        const text =
            \\ UFFD_FEATURE_MOVE = "
        ;
        pub const UFFD_FEATURE_THREAD_ID = @as(u64, 1) << 8;
        pub const UFFDIO_API: u32 = IOCTL.IOWR(0xAA, 0x3F, uffdio_api);
        pub const UFFDIO_WAKE = linux.IOCTL.IOR(0xAA, 2, uffdio_range);
        pub const uffdio_api = extern struct { api: u64, features: u64 = 0, ioctls: u64, pub fn ok(self: @This()) bool { return self.api != 0; } };
        pub const uffdio_range = extern struct { start: u64, len: u64, };
        pub const uffdio_copy = struct { dst: u64 };
        pub const Event = enum(u8) { PAGEFAULT = 0x12, FORK, REMAP = 0x15, _ };
        pub const FEATURE = packed struct(u64) { PAGEFAULT_FLAG_WP: bool = false, EVENT_FORK: bool, _2: u2, EVENT_REMOVE: bool, _rest: u59 = 0 };
        """,
        "UFFD_FEATURE_MOVE missing", "UFFD_FEATURE_THREAD_ID same", "UFFDIO_API same", "UFFDIO_WAKE same", "uffdio_api same",
            "uffdio_range same", "uffdio_copy unclear",
        "UFFD_EVENT_PAGEFAULT same", "UFFD_EVENT_FORK same", "UFFD_EVENT_REMAP different",
        "UFFD_FEATURE_PAGEFAULT_FLAG_WP same", "UFFD_FEATURE_EVENT_FORK same", "UFFD_FEATURE_EVENT_REMOVE different");

    [Fact]
    public void Structs_of_ctypes_are_laid_out() => Says.Of("uffd.py",
        """
        import ctypes
        from ctypes import *
        class uffdio_range(Structure):
            _fields_ = [("start", c_uint64), ("len", c_uint64)]
        class uffdio_api(ctypes.Structure):
            _fields_ = [
                ("api", ctypes.c_uint64),
                ('features', ctypes.c_uint32),  # too small
                ("ioctls", ctypes.c_uint64),
            ]
            _pack_ = 1
        class uffdio_zeropage(ctypes.Structure):
            pass
        uffdio_zeropage._fields_ = [("range", uffdio_range), ("mode", c_uint8 * 8), ("zeropage", c_int64)]
        class uffdio_copy(ctypes.Structure):
            _fields_ = [("dst", c_uint64, 4)]
        class uffdio_move(Other):
            _fields_ = [("dst", c_uint8)]
        UFFDIO_WAKE = _IOR(0xAA, 0x02, uffdio_range)
        UFFDIO_API = IOWR(0xAA, 0x3F, ctypes.sizeof(uffdio_range))
        """,
        "uffdio_range same", "uffdio_api different", "uffdio_zeropage same", "uffdio_copy unclear", "uffdio_move mentioned",
            "UFFDIO_WAKE same", "UFFDIO_API unclear");

    [Fact]
    public void CSharp_structs_and_unchecked_casts() => Says.Of("Uffd.cs",
        """
        public static class Native { public const uint UFFDIO_WAKE = unchecked((uint)(2 << 30 | 16 << 16 | 0xAA << 8 | 2)), UFFDIO_API = checked((uint)7); }
        [StructLayout(LayoutKind.Sequential)] public struct uffdio_range { public ulong start, len; public ulong End => start + len; public override string ToString() { return ""; } }
        [StructLayout(LayoutKind.Sequential, Pack = 1)] public struct uffdio_api { public ulong api; public uint features; [MarshalAs(UnmanagedType.U8)] public ulong ioctls; }
        public unsafe struct uffdio_zeropage { internal uffdio_range range; private fixed byte mode[8]; public long zeropage; public const int Size = 32; }
        [StructLayout(LayoutKind.Explicit)] public struct uffdio_copy { [FieldOffset(0)] public ulong dst; }
        """,
        "UFFDIO_WAKE same", "UFFDIO_API different", "uffdio_range same", "uffdio_api unclear", "uffdio_zeropage same",
            "uffdio_copy unclear");

    [Fact]
    public void C_declares_several_names_at_once() => Says.Of("a.c",
        """
        static const unsigned UFFD_EVENT_FORK = 0x13, UFFD_EVENT_REMAP = 0x15;
        struct uffdio_range { unsigned long long start, len; };
        struct uffdio_api { unsigned char api[8], features[8], *ioctls; };
        struct uffdio_copy { int (*call)(void); };
        """,
        "UFFD_EVENT_FORK same", "UFFD_EVENT_REMAP different", "uffdio_range same", "uffdio_api same", "uffdio_copy unclear");

    [Fact]
    public void Members_of_the_headers_enums_are_met_without_their_common_words()
    {
        static EnumMemberSpec Member(string name, int value) => new() { Name = name, Value = value };
        var header = Scan.Header with
        {
            Enums = EquatableArray.Of(new EnumSpec { Name = "fz_cmd",
                Members = EquatableArray.Of(Member("FZ_CMD_GET", 1), Member("FZ_CMD_SET", 2)) }),
        };
        var report = Scan.Run("Fz.cs", "enum FzCmd { Get = 1, Set } enum Other { Get = 5 }", header);
        Assert.Equal("same", report.State("FZ_CMD_GET"));
        Assert.Equal("same", report.State("FZ_CMD_SET"));
        Assert.Equal("different", Scan.Run("fz.zig", "const FzCmd = enum { get, set };", header).State("FZ_CMD_GET"));
    }

    [Fact]
    public void Languages_without_a_reader_are_named()
    {
        var report = Scan.Run("Uffd.hs", "api = c'UFFDIO_API -- in a language of its own\n");
        Assert.Equal("1 Haskell file, 1 of which has names of the header", Assert.Single(report.Unread).ToString());
        Assert.Contains("  not read   1 Haskell file, 1 of which has names", Reports.ConsumerText.Write(report), StringComparison.Ordinal);
        Assert.Contains("- 1 Haskell file", Reports.ConsumerMarkdown.Write(report), StringComparison.Ordinal);
        Assert.Contains("\"naming\": 1", Reports.ConsumerJson.Write(report), StringComparison.Ordinal);
        Assert.Equal("1 Swift file", Assert.Single(Scan.Run("a.swift", "print(1)").Unread).ToString());
        Assert.Empty(Scan.Run("README.md", "UFFDIO_API").Unread);
    }
}
