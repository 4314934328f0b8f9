using Faultline.AbiConsumers.Languages;
using Faultline.AbiConsumers.Syntax;

namespace Faultline.AbiConsumers.Hazards.Code;

/// <summary>One call that passes a request of userfaultfd and a struct with it: <c>ioctl(fd, UFFDIO_API, &amp;api)</c>.</summary>
/// <param name="At">Where the request's name stands in the body.</param>
/// <param name="Comma">What parts it from the struct.</param>
/// <param name="Call">Where the name of the call around it stands.</param>
internal sealed record Request(Function Function, string Name, int At, int Comma, int Call)
{
    /// <summary>The position of each field in structs that are filled by position.</summary>
    private static readonly Dictionary<string, int> Positions = new(StringComparer.Ordinal)
    {
        ["UFFDIO_API.features"] = 1, ["UFFDIO_REGISTER.mode"] = 1, ["UFFDIO_WRITEPROTECT.mode"] = 1, ["UFFDIO_COPY.mode"] = 3,
            ["UFFDIO_ZEROPAGE.mode"] = 1,
    };

    public int Line => Function.Body[At].Line;

    /// <summary>All requests that a function makes.</summary>
    public static IEnumerable<Request> Of(Function function)
    {
        var body = function.Body;
        var open = new Stack<int>();
        for (var at = 0; at < body.Count; at++)
        {
            if (body[at].Is("("))
                open.Push(at);
            else if (body[at].Is(")"))
                open.TryPop(out _);
            if (function.NameAt(at) is not { } name || !name.StartsWith("UFFDIO_", StringComparison.Ordinal)
                || name.Contains("_MODE_", StringComparison.Ordinal))
                continue;
            // uintptr(UFFDIO_API): the cast is no call.
            var isCast = body.At(at + 1).Is(")") && open.Count > 1
                && Evaluation.IntegerType.TryRead([body.At(open.Peek() - 1).Text.Replace("uintptr", "u64", StringComparison.Ordinal)], 64,
                out _);
            var around = isCast ? open.ElementAt(1) : open.TryPeek(out var innermost) ? innermost : 0;
            if (CommaBehind(body, isCast ? at + 2 : at + 1) is { } comma && body.At(around - 1).Kind == TokenKind.Name)
                yield return new(function, name, at, comma, around - 1);
        }
    }

    /// <summary>The comma behind a request: bindings may make it a function, and Rust may convert it.</summary>
    private static int? CommaBehind(TokenList body, int at)
    {
        if (body.At(at).Is("(") && body.At(at + 1).Is(")"))
            at += 2;
        if (body.At(at).IsWord("as"))
        {
            while (body.At(at).Kind == TokenKind.Name || body.At(at).Is("::"))
                at++;
        }
        return body.At(at).Is(",") ? at : null;
    }

    /// <summary>The struct that is passed, as tokens of a path: <c>api</c>, <c>ctx -&gt; api</c>.</summary>
    public IReadOnlyList<string> Struct
    {
        get
        {
            var argument = Argument().ToList();
            var start = argument.FindLastIndex(token => token.Is("&")) + 1;
            return [.. argument.Skip(start).SkipWhile(token => token.Text is "mut" or "raw" || token.Kind == TokenKind.Mark)
                .TakeWhile(token => !token.IsWord("as") && (token.Kind == TokenKind.Name || token.Is(".") || token.Is("->")))
                    .Select(token => token.Text)];
        }
    }

    /// <summary>What a field holds where the struct is set before the call.</summary>
    public Flags Field(string field, FlagReader reader)
    {
        var (body, path) = (Function.Body, Struct);
        if (Named(field, Comma + 1, body.Until(Comma + 1, ","), reader) is { } literal)
            return literal;
        if (Given(field, Comma + 1, reader) is { } given)
            return given;
        Flags? flags = null;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var at = 0; at < At && path.Count > 0; at++)
        {
            var end = at + path.Count;
            if (!body[at].IsWord(path[0]) || !IsPath(at, path) || !(body.At(end).Is(".") || body.At(end).Is("->"))
                || !IsField(end + 1, field))
                continue;
            if (body.At(end + 2).Is("="))
            {
                seen.Clear();
                flags = reader.Read(Function, end + 3, body.Until(end + 3, ";", "\n"), seen);
            }
            else if (body.At(end + 2).Text is "|" or "&" or "+" && body.At(end + 3).Is("="))
                flags = (flags ?? Initial(field, path, reader)).With(reader.Read(Function, end + 4, body.Until(end + 4, ";", "\n"), seen));
        }
        return flags ?? Initial(field, path, reader);
    }

    /// <summary>What the declaration of the struct, or a memset, leaves in a field.</summary>
    private Flags Initial(string field, IReadOnlyList<string> path, FlagReader reader)
    {
        var body = Function.Body;
        // The last before the call: in Python a file is one function here, and names are used again.
        for (var at = At - 1; at >= 0 && path.Count == 1; at--)
        {
            if (body[at].Text is "memset" or "bzero" or "explicit_bzero" or "shim_memset"
                && body.Slice(at + 1, Math.Min(body.Until(at + 2, ","), body.Count)).Any(token => token.Text == path[0]))
                return Flags.Zero;
            if (!body[at].IsWord(path[0]))
                continue;
            if (IsBraced(at))
                return Initialiser(field, at + 1, reader);
            var equals = body.At(at + 1).Is(":") ? body.Until(at + 1, "=", ";") : at + 1;
            if (!body.At(equals).Is("=") && !body.At(equals).Is(":="))
                continue;
            if (Given(field, equals + 1, reader) is { } given)
                return given;
            if (field == "features" && Constructed(equals + 1, reader) is { } constructed)
                return constructed;
            var open = body.Until(equals + 1, "{", ";");
            if (body.At(open).Is("{"))
                return Initialiser(field, open, reader);
        }
        return Flags.Unknown;
    }

    /// <summary>Whether a variable is declared there with its value in braces, as C++ has it: <c>uffdio_api api{UFFD_API, 0}</c>.</summary>
    private bool IsBraced(int at) => Function.Language is CFamily && Function.Body.At(at + 1).Is("{")
        && Function.Body.At(at - 1) is { Kind: TokenKind.Name } type && !Function.IsKeyword(type.Text);

    /// <summary>
    /// The features that a function is given to fill the struct with, behind the version: <c>newAPI(UFFD_API, features)</c>.
    /// </summary>
    private Flags? Constructed(int from, FlagReader reader)
    {
        var body = Function.Body;
        var name = body.At(from + 1).Is(".") || body.At(from + 1).Is("::") ? from + 2 : from;
        if (body.At(name).Kind != TokenKind.Name || !body.At(name + 1).Is("("))
            return null;
        return Function.Arguments(name) is [{ Count: > 0 } first, { Count: > 0 } second, ..]
            && Function.NameAt(first.Offset + first.Count - 1) == "UFFD_API"
            ? reader.Read(Function, second.Offset, second.Offset + second.Count) : null;
    }

    /// <summary>
    /// The names of a field's own flags among what Python fills a struct with, in whichever place: <c>uffdio_register(range, MODE, 0)</c>,
    /// <c>struct.pack("QQQ", start, length, MODE)</c>.
    /// </summary>
    private Flags? Given(string field, int from, FlagReader reader)
    {
        var body = Function.Body;
        var open = body.Until(from, "(", "\n", ",");
        if (Function.Language is not Python || !body.At(open).Is("(") || body.Partner(open) <= open)
            return null;
        var beginning = field == "features" ? UffdNames.FeaturePrefix : $"{Name}_MODE_";
        var own = reader.Read(Function, open + 1, body.Partner(open)).Names
            .Where(name => name.StartsWith(beginning, StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
        return own.Count == 0 ? null : Flags.Zero with { Names = own };
    }

    private Flags Initialiser(string field, int open, FlagReader reader)
    {
        var body = Function.Body;
        var close = body.Until(open + 1, "}");
        if (Named(field, open, close, reader) is { } value)
            return value;
        if (body.Slice(open, Math.Min(close, body.Count)).Any(token => token.Is("=") || token.Is(":"))
            || !Positions.TryGetValue($"{Name}.{field}", out var position))
            return Flags.Zero;
        var from = open + 1;
        for (var skipped = 0; skipped < position; skipped++)
        {
            var comma = body.Until(from, ",");
            if (!body.At(comma).Is(","))
                return Flags.Zero;
            from = comma + 1;
        }
        return reader.Read(Function, from, body.Until(from, ","));
    }

    /// <summary>
    /// A field that an initialiser names: <c>.mode = x</c>, <c>Mode: x</c>. In C it may be named once for each branch of an
    /// <c>#if</c>: the program is one of several, and what any of them has is in it.
    /// </summary>
    private Flags? Named(string field, int from, int to, FlagReader reader)
    {
        var body = Function.Body;
        Flags? flags = null;
        for (var at = from; at < Math.Min(to, body.Count - 1) && (flags is null || Function.Language is CFamily); at++)
        {
            // In C++ .mode{x} too.
            if (IsField(at, field) && (body[at + 1].Is("=") || body[at + 1].Is(":")
                || (body[at + 1].Is("{") && Function.Language is CFamily && body.At(at - 1).Is("."))))
                flags = (flags ?? Flags.Zero).With(reader.Read(Function, at + 2, body.Until(at + 2, ",")));
        }
        return flags;
    }

    private bool IsField(int at, string field) => Function.Body.At(at) is { Kind: TokenKind.Name } token
        && token.Text.Equals(field, Comparison);

    private bool IsPath(int at, IReadOnlyList<string> path)
    {
        for (var part = 0; part < path.Count; part++)
        {
            if (Function.Body.At(at + part).Text != path[part])
                return false;
        }
        return true;
    }

    private StringComparison Comparison => Function.Language is CFamily or RustFamily ? StringComparison.Ordinal
        : StringComparison.OrdinalIgnoreCase;

    private ArraySegment<Token> Argument() => Function.Body.Slice(Comma + 1,
        Math.Min(Function.Body.Until(Comma + 1, ","), Function.Body.Count));
}
