using Faultline.AbiDiff;
using Faultline.AbiExtractor.Tests;

namespace Faultline.AbiSources.Tests;

/// <summary>Two texts of a header, and all that a comparison of them tells.</summary>
[Trait("needs", "libclang")]
public sealed class HeaderPairTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    /// <summary>A record without a name is compared wherever a program reaches it.</summary>
    [Theory]
    [InlineData("struct s { struct { int a; } *p; };", "struct s { struct { short a; } *p; };",
        "field-resized struct s.p->a", "struct-resized struct s.p->")]
    [InlineData("struct s { struct { int a, b; } *p; };", "struct s { struct { int b, a; } *p; };",
        "field-moved struct s.p->a", "field-moved struct s.p->b")]
    [InlineData("struct s { struct { int a; } *p[4]; };", "struct s { struct { int z; } *p[4]; };", "field-renamed struct s.p->a")]
    [InlineData("struct s { struct { int a; } **p; };", "struct s { struct { unsigned a; } **p; };", "field-retyped struct s.p->a")]
    [InlineData("struct s { struct { int a; } (*p)[2]; };", "struct s { struct { unsigned a; } (*p)[2]; };", "field-retyped struct s.p->a")]
    [InlineData("struct s { struct { struct { int a; } *q; } *p; };", "struct s { struct { struct { unsigned a; } *q; } *p; };",
        "field-retyped struct s.p->q->a")]
    [InlineData("struct s { struct { struct { int a; } *q; }; };", "struct s { struct { struct { unsigned a; } *q; }; };",
        "field-retyped struct s.q->a")]
    [InlineData("struct s { struct { struct { int a; } *q; } in; };", "struct s { struct { struct { unsigned a; } *q; } in; };",
        "field-retyped struct s.in.q->a")]
    [InlineData("struct s { union { int a; } *p; };", "struct s { struct { int a; } *p; };", "pointee-changed struct s.p")]
    [InlineData("struct s { struct { int a; } *p; };", "struct s { struct { int a; } **p; };", "pointee-changed struct s.p")]
    [InlineData("struct s { struct { int a; } *p; };", "struct s { const struct { unsigned a; } *p; };",
        "field-retyped struct s.p->a", "qualifier-changed struct s.p")]
    [InlineData("struct s { struct { int a; } *p; };", "struct t { int a; };\nstruct s { struct t *p; };", "struct-added struct t")]
    [InlineData("struct s { struct { int a; } *p; };", "struct t { unsigned a; };\nstruct s { struct t *p; };",
        "field-retyped struct s.p->a", "struct-added struct t")]
    [InlineData("struct t { int a; };\nstruct s { struct t *p; };", "struct s { struct { int a; } *p; };", "struct-removed struct t")]
    [InlineData("struct s { struct { int a; } *p; };", "struct s { void *p; };", "field-retyped struct s.p")]
    [InlineData("typedef struct { int a; } *t;\nstruct s { t p, q[2]; };", "typedef struct { unsigned a; } *t;\nstruct s { t p, q[2]; };",
        "field-retyped typedef t->a")]
    [InlineData("typedef struct { int a; } *t;\nstruct s { t p; };", "struct s { struct { unsigned a; } *p; };",
        "typedef-removed t", "field-retyped struct s.p->a")]
    [InlineData("typedef struct { int a; } t[4];\nstruct s { t p; };", "typedef struct { unsigned a; } t[4];\nstruct s { t p; };",
        "field-retyped typedef t.a")]
    [InlineData("typedef struct { int a; } t[4];", "typedef struct { int a; } t[5];", "typedef-changed t")]
    [InlineData("typedef struct { int a; } t[4];", "#define X 1", "typedef-removed t", "constant-added X")]
    [InlineData("typedef struct { int a; } t[4];\nstruct s { t *p; };", "typedef struct { unsigned a; } t[4];\nstruct s { t *p; };",
        "field-retyped typedef t.a")]
    [InlineData("typedef struct { int a; } *t[4];", "typedef struct { unsigned a; } *t[4];", "field-retyped typedef t->a")]
    [InlineData("struct s { int (*f)(int, struct { int a; } *); };", "struct s { int (*f)(int, struct { unsigned a; } *); };",
        "field-retyped struct s.f(2)->a")]
    [InlineData("struct s { struct { int a; } *(*f)(void); };", "struct s { struct { unsigned a; } *(*f)(void); };",
        "field-retyped struct s.f()->a")]
    [InlineData("typedef int (*t)(struct { int a; } *);", "typedef int (*t)(struct { unsigned a; } *);", "field-retyped typedef t(1)->a")]
    [InlineData("struct { int a; } *f(int);", "struct { unsigned a; } *f(int);", "field-retyped f()->a")]
    [InlineData("typedef struct { int a; } *p, t;", "typedef struct { unsigned a; } *p, t;", "field-retyped typedef t.a")]
    [InlineData("enum e { A };\nstruct s { struct { enum e k; } *p; };",
        "enum e { A, B = 1ULL << 40 };\nstruct s { struct { enum e k; } *p; };",
        "enum-retyped enum e", "field-resized struct s.p->k", "struct-resized struct s.p->", "enumerator-added B")]
    [InlineData("struct s { enum { A, B } k; };", "struct s { enum { A = 1, B } k; };", "enumerator-changed A", "enumerator-changed B")]
    [InlineData("struct s { enum { A, B } *k; };",
        "struct s { enum { A, B = 1ULL << 40 } *k; };", "enumerator-changed B", "pointee-changed struct s.k",
        "enum-storage-changed enum with A")]
    [InlineData("struct s { struct { int a; } *p; };", "struct s { struct { __signed__ a; } *p; };")]
    [InlineData("struct s { struct { int a; } *p; };", "struct s { struct { int a; } *q; };", "field-renamed struct s.p")]
    [InlineData("struct s { struct { int a; } *p; };",
        "struct s { struct { short a; } *q; };", "field-removed struct s.p", "field-inserted struct s.q")]
    [InlineData("struct s { int (*f)(struct { int a; } *); };", "struct s { int (*g)(struct { short a; } *); };",
        "field-removed struct s.f", "field-inserted struct s.g")]
    [InlineData("struct s { int b; struct { int a; } *p; };", "struct s { int b, c; long d; struct { int a; } *p; };",
        "field-moved struct s.p", "struct-resized struct s", "field-in-padding struct s.c", "field-inserted struct s.d")]
    [InlineData("typedef struct { int a; } *t, *u;", "typedef struct { int a; } *u, *t;")]
    [InlineData("typedef struct { struct { int a; } *q; } t;",
        "typedef struct { struct { unsigned a; } *q; } t;", "field-retyped typedef t.q->a")]
    [InlineData("#define P struct { int a; }\nstruct s { P *p; P *q; };", "#define P struct { unsigned a; }\nstruct s { P *p; P *q; };",
        "field-retyped struct s.p->a", "field-retyped struct s.q->a", "macro-body-changed P")]
    [InlineData("struct s { struct { int a : 3; int b[]; } *p; };",
        "struct s { struct { int a : 4; int b[]; } *p; };", "field-resized struct s.p->a")]
    [InlineData("struct s { struct { int reserved[2]; } *p; };",
        "struct s { struct { int used; int reserved; } *p; };", "reserved-used struct s.p->reserved")]
    [InlineData("struct s { struct { char a; int b; } *p; };", "struct s { struct { char a; int b; } __attribute__((packed)) *p; };",
        "field-moved struct s.p->b", "struct-resized struct s.p->", "struct-packing-changed struct s.p->")]
    [InlineData("struct s { union { int a; } *p; };", "struct s { union { int a; short b; } *p; };", "union-member-added struct s.p->b")]
    [InlineData("typedef const struct { int a; } t[4];", "typedef struct { int a; } t[4];", "qualifier-changed t")]
    [InlineData("struct s { int (*f)(struct { int a; } *); };",
        "struct s { int (*f)(struct { int a; } *, int); };", "function-pointer-changed struct s.f")]
    [InlineData("struct s { struct { struct s *up; } *p; };", "struct s { struct { struct s *up; int n; } *p; };",
        "field-appended struct s.p->n", "struct-resized struct s.p->")]
    public Task A_record_without_a_name(string was, string now, params string[] told) => TellsAsync(was, now, told);

    /// <summary>What qualifies a typedef's record, or an anonymous member.</summary>
    [Theory]
    [InlineData("typedef const struct { int a; } t;", "typedef const struct { unsigned a; } t;", "field-retyped typedef t.a")]
    [InlineData("typedef const struct { int a; } t;", "typedef struct { int a; } t;", "qualifier-changed typedef t")]
    [InlineData("typedef struct { int a; } t;\nstruct s { t x; t *p; };", "typedef volatile struct { int a; } t;\nstruct s { t x; t *p; };",
        "qualifier-changed typedef t")]
    [InlineData("typedef const struct { int a; } t;", "typedef const struct t { int a; } t;", "tag-added struct t")]
    [InlineData("typedef const struct { int a; } t;", "typedef struct t { int a; } t;", "qualifier-changed t", "tag-added struct t")]
    [InlineData("typedef const struct s { int a; } t;", "typedef struct s { int a; } t;", "qualifier-changed t")]
    [InlineData("typedef struct { int a; } *t;", "typedef const struct { int a; } *t;", "qualifier-changed t")]
    [InlineData("typedef struct { int a; } *const t;", "typedef struct { int a; } *t;", "qualifier-changed t")]
    [InlineData("typedef struct { int a; } const t;", "typedef struct { int a; } t;", "qualifier-changed typedef t")]
    [InlineData("typedef const union { int a; } t;", "typedef const union { int a; short b; } t;", "union-member-added typedef t.b")]
    [InlineData("typedef const enum { A, B } t;", "typedef enum { A, B } t;", "qualifier-changed typedef enum t")]
    [InlineData("typedef const enum { A, B } t;", "typedef const enum { A, B, C } t;", "enumerator-added C")]
    [InlineData("struct s { struct { int a; }; };", "struct s { const struct { int a; }; };", "qualifier-changed struct s.a")]
    [InlineData("struct s { struct { int a; }; };", "struct s { struct { int a; } volatile; };", "qualifier-changed struct s.a")]
    [InlineData("struct s { __const union { int a; char b; }; };", "struct s { union { int a; char b; }; };",
        "const-dropped struct s.a", "const-dropped struct s.b")]
    [InlineData("struct s { const struct { const int a; }; };", "struct s { struct { const int a; }; };")]
    [InlineData("struct s { struct { int a; }; };", "struct s { struct { int a; } /* const; */; };")]
    [InlineData("struct s { struct { int a; }; };", "struct s { /* const */ struct { int a; }; // const\n};")]
    [InlineData("struct s { struct { int a; } /* ; */ const; };", "struct s { struct { int a; }; };", "const-dropped struct s.a")]
    [InlineData("struct s { const struct { char *a; struct { int c; } b; }; };", "struct s { struct { char *a; struct { int c; } b; }; };",
        "const-dropped struct s.a", "const-dropped struct s.b")]
    [InlineData("typedef int n;\nstruct s { struct { n a; }; };", "typedef int n;\nstruct s { const struct { n a; }; };",
        "qualifier-changed struct s.a")]
    [InlineData("#define M(x) struct { x }\nstruct s { M(const int a;); };",
        "#define M(x) struct { x }\nstruct s { const M(const int a;); };")]
    public Task A_record_that_is_qualified(string was, string now, params string[] told) => TellsAsync(was, now, told);

    /// <summary>Integers of the same bytes that C keeps apart.</summary>
    [Theory]
    [InlineData("struct s { long a; };", "struct s { long long a; };", "field-retyped struct s.a")]
    [InlineData("struct s { unsigned long a[2]; };", "struct s { __UINT64_TYPE__ a[2]; };")]
    [InlineData("typedef unsigned long long u;\nstruct s { u a; };", "typedef unsigned long long u;\nstruct s { unsigned long a; };",
        "field-retyped struct s.a")]
    [InlineData("typedef long t;\nstruct s { t a; t *p; };", "typedef long long t;\nstruct s { t a; t *p; };", "typedef-retyped t")]
    [InlineData("struct s { char a[4]; };", "struct s { signed char a[4]; };", "field-retyped struct s.a")]
    [InlineData("struct s { long *p; };", "struct s { long long *p; };", "pointer-retyped struct s.p")]
    [InlineData("struct s { long **p; };", "struct s { long long **p; };", "pointer-retyped struct s.p")]
    [InlineData("struct s { char *p; };", "struct s { signed char *p; };", "field-retyped struct s.p")]
    [InlineData("struct s { const long *p; };", "struct s { long long *p; };", "qualifier-changed struct s.p")]
    [InlineData("struct s { void (*f)(long); };", "struct s { void (*f)(long long); };", "function-pointer-retyped struct s.f")]
    [InlineData("typedef void f(long *);", "typedef void f(long long *);", "function-pointer-retyped f")]
    [InlineData("long f(long);", "long long f(long long);")]
    [InlineData("long f(long *);", "long f(long long *);", "function-signature-changed f")]
    [InlineData("void f(char *);", "void f(signed char *);", "function-retyped f")]
    [InlineData("#define X 1UL", "#define X 1ULL", "constant-retyped X")]
    [InlineData("#define X ((long)1)", "#define X 1L")]
    public Task Integers_of_the_same_bytes(string was, string now, params string[] told) => TellsAsync(was, now, told);

    /// <summary>Told once, and as grave as it is.</summary>
    [Theory]
    [InlineData("typedef int t[4];\nstruct s { t a; };",
        "typedef int t[8];\nstruct s { t a; };", "struct-resized struct s", "typedef-changed t")]
    [InlineData("typedef int t[4];\nstruct s { t a; };", "typedef int t[2][2];\nstruct s { t a; };", "field-reshaped t")]
    [InlineData("typedef int t;\nstruct s { t a; };", "typedef int t[1];\nstruct s { t a; };", "field-reshaped t")]
    [InlineData("typedef int t[2][3];\nstruct s { t a; };", "typedef int t[3][2];\nstruct s { t a; };", "typedef-changed t")]
    [InlineData("int reg(int (*)(char *));", "int reg(int (*)(const char *));", "function-retyped reg")]
    [InlineData("int reg(int (*)(char *));", "int reg(int (*)(char *, int));", "function-signature-changed reg")]
    [InlineData("enum e { A };\nint reg(int (*)(enum e));", "enum e { A };\nint reg(int (*)(unsigned));", "function-retyped reg")]
    [InlineData("#define f(a, ...) g(a, ##__VA_ARGS__)", "#define f(a, ...) g(a __VA_OPT__(,) __VA_ARGS__)", "macro-rewritten f")]
    [InlineData("#define f(a, ...) g(a, ##__VA_ARGS__)", "#define f(a, ...) g(a, __VA_ARGS__)", "macro-body-changed f")]
    [InlineData("#define f(a, b...) g(a, ##b)", "#define f(a, ...) g(a __VA_OPT__(,) __VA_ARGS__)", "macro-rewritten f")]
    public Task Others(string was, string now, params string[] told) => TellsAsync(was, now, told);

    private async Task TellsAsync(string was, string now, string[] told)
    {
        var (old, current) = await AbiSource.LoadPairAsync(
            Side("old", was), Side("new", now), TestContext.Current.CancellationToken);
        Assert.Equal(told.Order(StringComparer.Ordinal),
            AbiDiffer.Compare(old, current, out _).Select(change => $"{change.Kind.Id} {change.Subject}").Order(StringComparer.Ordinal));
    }

    private SideRequest Side(string name, string text) =>
        new(_directory.Write($"{name}/sample.h", text + "\n")) { Target = "x86_64-linux-gnu" };
}
