using Faultline.AbiConsumers.Syntax;

namespace Faultline.AbiConsumers.Hazards.Code;

/// <summary>What a program tells of the memory it watches: where it comes from, and whether it is filled before.</summary>
internal sealed class MemoryUse
{
    private static readonly HashSet<string> PrivateWords = new(["posix_memalign", "aligned_alloc", "valloc", "memalign", "map_anon",
        "mmap_anonymous"], StringComparer.Ordinal);

    private static readonly HashSet<string> SharedWords = new(["memfd_create", "shm_open", "shmget", "MFD_HUGETLB"],
        StringComparer.Ordinal);

    private static readonly string[] PopulateWords = ["populate", "prefault", "pretouch", "preread"];

    private static readonly HashSet<string> Fillers = new(["memset", "bzero", "memcpy", "memmove", "fill", "shim_memset"],
        StringComparer.Ordinal);

    /// <summary>Calls that fill or lock memory, perhaps not all of it, and which argument is its start.</summary>
    private static readonly Dictionary<string, int> Touchers = new(StringComparer.Ordinal)
    {
        ["read"] = 1, ["pread"] = 1, ["pread64"] = 1, ["recv"] = 1, ["fread"] = 0, ["mlock"] = 0, ["mlock2"] = 0, ["getrandom"] = 0,
        ["getentropy"] = 0,
    };

    private readonly SourceProgram _program;
    private readonly HashSet<string> _watched;

    public MemoryUse(SourceProgram program)
    {
        _program = program;
        _watched = program.Requests.Where(request => request.Name is UffdNames.Register or UffdNames.WriteProtect).SelectMany(Watched)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var (function, at, token) in program.Tokens().Where(item => item.Token.Kind == TokenKind.Name))
        {
            if (token.Text is "MAP_ANONYMOUS" or "MAP_ANON")
            {
                var flags = Around(function.Body, at);
                var isShared = flags.Exists(word => word is "MAP_SHARED" or "MAP_HUGETLB");
                (IsPrivate, IsShared) = (IsPrivate || !isShared, IsShared || isShared);
            }
            // .{ .TYPE = .PRIVATE, .ANONYMOUS = true } in Zig.
            IsPrivate |= PrivateWords.Contains(token.Text)
                || (token.Text == "ANONYMOUS" && Around(function.Body, at).Contains("PRIVATE"));
            IsShared |= SharedWords.Contains(token.Text);
        }
    }

    /// <summary>Some of it is private anonymous memory.</summary>
    public bool IsPrivate { get; }

    /// <summary>Some of it is shared, or made of huge pages.</summary>
    public bool IsShared { get; }

    /// <summary>The places where the program reads or populates memory before it has a use for it.</summary>
    public IEnumerable<(Function Function, int At)> Populates() =>
        from item in _program.Tokens()
        where item.Token.Kind == TokenKind.Name && !IsPopulating(item.Function.Name)
        where item.Token.Text is "MADV_POPULATE_READ" or "MADV_POPULATE_WRITE" or "MAP_POPULATE"
            || (item.Function.Body.At(item.At + 1).Is("(") && IsPopulating(item.Token.Text))
        select (item.Function, item.At);

    /// <summary>Whether the memory that is registered is filled as a whole, by a function or before a place.</summary>
    /// <param name="protect">Where it is protected: fills behind it in the same function come too late.</param>
    public bool IsFilledBefore(Request protect) => IsGivenBefore(protect, name => Fillers.Contains(name) ? 0 : null);

    /// <summary>Whether something is done to it before that may reach all of its pages: a loop of stores, a read, a lock.</summary>
    /// <param name="protect">Where it is protected.</param>
    public bool IsTouchedBefore(Request protect) =>
        IsGivenBefore(protect, name => Touchers.TryGetValue(name, out var argument) ? argument : null)
        || _program.Tokens().Any(item => item.Token.IsWord("mlockall"))
        || LoopedAccess.Of(protect.Function, protect.At, _watched).Any(access => access.IsStore);

    /// <summary>Where a loop before reads it through volatile pointers, as is done for nothing but the pages; or null.</summary>
    /// <param name="protect">Where it is protected.</param>
    public int? ReadBefore(Request protect)
    {
        List<LoopedAccess> accesses = [.. LoopedAccess.Of(protect.Function, protect.At, _watched)];
        return accesses.Exists(access => access.IsStore) || accesses.FindIndex(access => access.IsVolatile) is not (>= 0 and var first)
            ? null : accesses[first].At;
    }

    /// <summary>Whether the memory is an argument of a call, in another function or before a place.</summary>
    /// <param name="argument">Which argument of a function it has to be; null for none.</param>
    private bool IsGivenBefore(Request protect, Func<string, int?> argument) =>
        (from function in _program.Functions
         from at in function.Calls()
         let place = argument(function.Body[at].Text)
         where place is not null && (function != protect.Function || at < protect.At)
         where function.Arguments(at).ElementAtOrDefault(place.Value)
            .Any(token => token.Kind == TokenKind.Name && _watched.Contains(token.Text))
         select at).Any();

    /// <summary>The variables that a request's range starts at.</summary>
    public static IEnumerable<string> Watched(Request request)
    {
        var body = request.Function.Body;
        for (var at = 0; at + 3 < request.At; at++)
        {
            // .range = { address, length } and reg = { { address, length }, mode } name no start; C++ does without the sign.
            var brace = body[at + 1].Is("=") ? at + 2 : at + 1;
            if (request.Struct is [var own] && body[at].IsWord(own) && body.At(brace).Is("{"))
                brace++;
            else if (!body[at].IsWord("range"))
                brace = -1;
            var isByPosition = body.At(brace).Is("{") && !body.At(brace + 1).Is(".");
            var isStart = body[at].IsWord("start") && (body[at + 1].Is("=") || body[at + 1].Is("{"));
            if (!isByPosition && !isStart)
                continue;
            var from = isByPosition ? brace + 1 : at + 2;
            foreach (var token in body.Slice(from, Math.Min(body.Until(from, ";", ","), body.Count)))
            {
                if (token.Kind == TokenKind.Name && !Evaluation.IntegerType.TryFind(token.Text, out _)
                    && token.Text is not ("unsigned" or "long" or "uintptr_t" or "void"))
                    yield return token.Text;
            }
        }
    }

    private static bool IsPopulating(string name) => Matching.Spelling.Words(name) is var words
        && (PopulateWords.Any(words.Contains)
            || words.SkipWhile(word => word != "pre").ElementAtOrDefault(1) is "fault" or "touch" or "read");

    /// <summary>The words of the call around a token.</summary>
    private static List<string> Around(TokenList body, int at)
    {
        var (from, to) = (at, at);
        while (from > 0 && at - from < 64 && !body[from].Is(";") && !body[from].Is("{"))
            from--;
        while (to < body.Count && to - at < 64 && !body[to].Is(";") && !body[to].Is("}"))
            to++;
        return [.. body.Slice(from, to).Select(token => token.Text)];
    }
}
