using Faultline.AbiConsumers.Syntax;

namespace Faultline.AbiConsumers.Hazards.Code;

/// <summary>The functions of one file and those that it calls in others: as much of a program as one can see from that file.</summary>
internal sealed class SourceProgram
{
    /// <summary>No function that people wrote makes as many; the bound keeps the reading of hostile files short.</summary>
    private const int MostRequests = 128;

    private readonly HashSet<string> _names;
    private readonly CallFinder _calls;

    public SourceProgram(IReadOnlyList<Function> functions, FlagReader reader, CallFinder calls)
    {
        _calls = calls;
        (Functions, Reader) = (functions, reader);
        Requests = [.. functions.SelectMany(function => Request.Of(function).Take(MostRequests))];
        Handshakes = [.. Made(UffdNames.Api).Select(request => (request, request.Field("features", Reader)))];
        _names = [.. functions.SelectMany(function => Enumerable.Range(0, function.Body.Count).Where(at => !IsDefinition(function, at))
            .Select(function.NameAt)).OfType<string>()];
    }

    /// <summary>In Python a file is one function, and its constants are in it: that one is defined says nothing of its use.</summary>
    private static bool IsDefinition(Function function, int at) => function.Language is Languages.Python
        && function.Body.At(at + 1).Is("=") && function.Body.At(at - 1).Kind == TokenKind.NewLine;

    public IReadOnlyList<Function> Functions { get; }

    public FlagReader Reader { get; }

    public IReadOnlyList<Request> Requests { get; }

    /// <summary>Whether any of the functions has the name of the header in it.</summary>
    public bool Mentions(string name) => _names.Contains(name);

    public IEnumerable<Request> Made(string request) => Requests.Where(made => made.Name == request);

    /// <summary>What each handshake asks for.</summary>
    public IReadOnlyList<(Request Request, Flags Asked)> Handshakes { get; }

    /// <summary>Calls of the userfaultfd crate, which makes the requests itself.</summary>
    public IEnumerable<(Function Function, int At)> CrateCalls =>
        from item in Tokens()
        where item.Function.Language is Languages.RustFamily && item.Function.Body.At(item.At + 1).Is("(")
        where item.Token.Text is "require_features" or "register_with_mode" or "write_protect" or "remove_write_protection"
            || (item.Token.IsWord("new") && item.Function.Body.At(item.At - 2).IsWord("UffdBuilder"))
        select (item.Function, item.At);

    /// <summary>Every call of one of the functions, by another.</summary>
    public IEnumerable<(Function Caller, int At)> CallsOf(Function called) =>
        from caller in Functions
        from at in caller.Calls()
        where caller.Body[at].IsWord(called.Name) && caller != called && _calls.Find(caller, at) == called
        select (caller, at);

    /// <summary>Tokens of all functions, with the place.</summary>
    public IEnumerable<(Function Function, int At, Token Token)> Tokens() =>
        from function in Functions
        from at in Enumerable.Range(0, function.Body.Count)
        select (function, at, function.Body[at]);
}
