namespace Faultline.AbiConsumers.Tests;

/// <summary>Structs of C++ that get their values in braces without an equals sign, and requests written as numbers.</summary>
public sealed class BracedTests
{
    private static string Asking(string declaration) =>
        "struct U { static constexpr auto F = UFFD_FEATURE_PAGEFAULT_FLAG_WP;\n"
        + $"bool init(int fd) {{ {declaration} return ::ioctl(fd, UFFDIO_API, &a) == 0; }} }};";

    [Theory]
    [InlineData("uffdio_api a{UFFD_API, F};", true)]
    [InlineData("struct uffdio_api a{UFFD_API, UFFD_FEATURE_PAGEFAULT_FLAG_WP};", true)]
    [InlineData("uffdio_api a{.api = UFFD_API, .features = F};", true)]
    [InlineData("uffdio_api a{.api{UFFD_API}, .features{F}};", true)]
    [InlineData("uffdio_api a = {UFFD_API, F};", true)]
    [InlineData("auto a = uffdio_api{UFFD_API, F};", true)]
    [InlineData("__u64 f{F}; uffdio_api a{UFFD_API, f};", true)]
    [InlineData("uffdio_api a{UFFD_API, 0}; ", false)]
    [InlineData("uffdio_api a{UFFD_API};", false)]
    [InlineData("uffdio_api a{};", false)]
    [InlineData("uffdio_api a{.api = UFFD_API};", false)]
    [InlineData("uffdio_api a{.api{UFFD_API}};", false)]
    public void Features_in_braces_are_asked_for(string declaration, bool asks) =>
        Hazardous.Of("x.cpp", Asking(declaration), asks ? ["one-step-handshake likely 2"] : []);

    private static string Protecting(string register, string before = "") => Hazardous.Query + $$$"""
        void f(int fd, size_t n) {
          void *p = mmap(nullptr, n, 3, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
          {{{before}}}
          {{{register}}}
          ioctl(fd, UFFDIO_REGISTER, &r);
          uffdio_writeprotect w{{(__u64)p, n}, UFFDIO_WRITEPROTECT_MODE_WP};
          ioctl(fd, UFFDIO_WRITEPROTECT, &w);
        }
        """;

    [Theory]
    [InlineData("uffdio_register r{{(__u64)p, n}, UFFDIO_REGISTER_MODE_WP};", "", true)]
    [InlineData("uffdio_register r{.range{(__u64)p, n}, .mode{UFFDIO_REGISTER_MODE_WP}};", "", true)]
    [InlineData("uffdio_register r{.range = {.start = (__u64)p, .len = n}, .mode = UFFDIO_REGISTER_MODE_WP};", "", true)]
    [InlineData("uffdio_register r{{(__u64)p, n}, UFFDIO_REGISTER_MODE_MISSING | UFFDIO_REGISTER_MODE_WP};", "", false)]
    [InlineData("uffdio_register r{{(__u64)p, n}, UFFDIO_REGISTER_MODE_MISSING};", "", false)]
    [InlineData("uffdio_register r{{(__u64)p, n}, UFFDIO_REGISTER_MODE_WP};", "memset(p, 1, n);", false)]
    [InlineData("uffdio_register r{.range{(__u64)p, n}, .mode{UFFDIO_REGISTER_MODE_WP}};", "memset(p, 1, n);", false)]
    public void Ranges_and_modes_in_braces_are_read(string register, string before, bool isLost) =>
        Assert.Equal(isLost ? ["lost-first-writes"] : [],
            Hazardous.Run(("x.cpp", Protecting(register, before))).Hazards.Select(hazard => hazard.Kind.Id));

    private static string Handling(string request) => $$"""
        int f(int fd) {
          struct uffdio_api api; memset(&api, 0, sizeof api); api.api = UFFD_API; api.features |= UFFD_FEATURE_EVENT_FORK;
          {{request}}
          switch (m.event) { case UFFD_EVENT_REMAP: break; case UFFD_EVENT_FORK: break; }
        }
        """;

    [Theory]
    [InlineData("ioctl(fd, UFFDIO_API, &api);", "unchecked-answer certain 3", "event-never-asked likely 4")]
    [InlineData("ioctl(fd, 0xc018aa3f, &api);", "unchecked-answer certain 3", "event-never-asked likely 4", "typed-number certain 3")]
    [InlineData("ioctl(fd, 0xC018AA3FUL, &api);", "unchecked-answer certain 3", "event-never-asked likely 4", "typed-number certain 3")]
    [InlineData("ioctl(fd, 3222841919, &api);", "unchecked-answer certain 3", "event-never-asked likely 4", "typed-number certain 3")]
    [InlineData("if (ioctl(fd, 0xc018aa3f, &api)) fail();", "event-never-asked likely 4", "typed-number certain 3")]
    [InlineData("ioctl(fd, 0xc018aa3e, &api);")]
    public void A_number_is_the_request_that_it_is(string request, params string[] expected) =>
        Hazardous.Of("x.c", Handling(request), expected);
}
