using Faultline.AbiConsumers.Syntax;

namespace Faultline.AbiConsumers.Hazards.Code;

/// <summary>
/// One access in a loop to memory that is watched, at a place that the loop moves: <c>area[i]</c>, <c>*(area + i)</c>, <c>*p++</c>.
/// </summary>
/// <param name="At">The token that names the memory.</param>
/// <param name="IsStore">Whether it is written.</param>
/// <param name="IsVolatile">Whether it is for the access alone, whatever comes of it.</param>
internal readonly record struct LoopedAccess(int At, bool IsStore, bool IsVolatile)
{
    /// <summary>Every such access in a function, before a place in it.</summary>
    /// <param name="watched">The variables that hold the memory's start.</param>
    public static IEnumerable<LoopedAccess> Of(Function function, int before, IReadOnlySet<string> watched)
    {
        var body = function.Body;
        var pointers = Pointers(body, before, watched);
        for (var at = 0; at < before; at++)
        {
            if (!(body[at].Text is "for" or "while" && body.At(at + 1).Is("(")) && !(body[at].IsWord("do") && body.At(at + 1).Is("{")))
                continue;
            var end = Math.Min(EndOf(body, at), before);
            foreach (var access in In(body, at, end, pointers))
                yield return access;
            // An inner loop's accesses are the outer one's.
            at = Math.Max(at, end - 1);
        }
    }

    private static int EndOf(TokenList body, int loop)
    {
        var start = body.At(loop + 1).Is("(") ? body.Partner(loop + 1) + 1 : loop + 1;
        return body.At(start).Is("{") ? body.Partner(start) : body.Until(start, ";");
    }

    private static IEnumerable<LoopedAccess> In(TokenList body, int loop, int end, Dictionary<string, bool> pointers)
    {
        var moved = Enumerable.Range(loop, Math.Max(0, end - loop)).Where(at => IsMoved(body, at)).Select(at => body[at].Text)
            .ToHashSet(StringComparer.Ordinal);
        for (var at = loop; at < end; at++)
        {
            if (body[at].Kind != TokenKind.Name || !pointers.TryGetValue(body[at].Text, out var isVolatile)
                || Behind(body, at, moved) is not { } behind)
                continue;
            yield return new(at, IsAssigned(body, behind), isVolatile || IsVolatileAt(body, at));
        }
    }

    /// <summary>The token behind the access that a name is part of; null where it is none, or none that moves.</summary>
    private static int? Behind(TokenList body, int at, HashSet<string> moved)
    {
        var index = at + 1;
        while (body.At(index).Is(")"))
            index++;
        if (body.At(index).Is("["))
        {
            var close = body.Partner(index);
            return body.Slice(index + 1, Math.Min(close, body.Count)).Any(token => token.Kind == TokenKind.Name) ? close + 1 : null;
        }
        if (body.At(at + 1).Is("+") && !IsMoved(body, at))
        {
            var close = body.Until(at + 1);
            while (body.At(close).Is(")"))
                close++;
            return close;
        }
        return body.At(at - 1).Is("*") && moved.Contains(body[at].Text)
            ? Enumerable.Range(at + 1, 3).First(next => next == at + 3 || !body.At(next).Text.StartsWith('+')) : null;
    }

    private static bool IsMoved(TokenList body, int at) => body[at].Kind == TokenKind.Name
        && (body.At(at + 1).Text is "++" or "+=" || (body.At(at + 1).Is("+") && body.At(at + 2).Text is "+" or "="));

    private static bool IsAssigned(TokenList body, int at) =>
        body.At(at).Is("=") || (body.At(at).Text is "|" or "+" or "^" or "-" or "&" && body.At(at + 1).Is("="))
        || body.At(at).Text is "|=" or "+=" or "^=" or "-=" or "&=" or "++";

    private static bool IsVolatileAt(TokenList body, int at)
    {
        for (var back = at - 1; back >= 0 && at - back < 24 && body[back].Text is not (";" or "{" or "}"); back--)
        {
            if (body[back].IsWord("volatile"))
                return true;
        }
        return false;
    }

    /// <summary>The watched variables and those set from one, <c>volatile char *p = area</c>; and which of them are volatile.</summary>
    private static Dictionary<string, bool> Pointers(TokenList body, int before, IReadOnlySet<string> watched)
    {
        var pointers = watched.ToDictionary(name => name, _ => false, StringComparer.Ordinal);
        for (var at = 1; at < before; at++)
        {
            if (!body[at].Is("=") || body[at - 1].Kind != TokenKind.Name || body.At(at - 2).Text is "." or "->")
                continue;
            var value = body.Slice(at + 1, Math.Min(body.Until(at + 1, ";", ","), body.Count));
            if (value.Count < 8 && value.Any(token => token.Kind == TokenKind.Name && watched.Contains(token.Text)))
                pointers.TryAdd(body[at - 1].Text, IsVolatileAt(body, at));
        }
        return pointers;
    }
}
