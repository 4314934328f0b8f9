using Faultline.AbiExtractor.Clang;
using Faultline.AbiModel;

namespace Faultline.AbiExtractor.Stages;

/// <summary>Third stage: turns the probe's answers into constants and ioctls; what got no answer is unresolved, with the compiler's reason.</summary>
internal sealed class MacroEvaluator(IReadOnlyList<MacroDefinition> macros, SearchPath path, CommentReader comments)
{
    private readonly List<ConstantSpec> _constants = [];
    private readonly List<IoctlSpec> _ioctls = [];
    private readonly List<UnresolvedSpec> _unresolved = [];

    public AbiSpec AddTo(AbiSpec spec) => spec with
    {
        Constants = _constants.ToEquatableArray(),
        Ioctls = _ioctls.ToEquatableArray(),
        Unresolved = spec.Unresolved.Concat(_unresolved).ToEquatableArray(),
        Locations = spec.Locations.Concat(macros.Where(IsResolved).Select(macro => new LocationSpec { Name = macro.Name, At = At(macro) })).ToEquatableArray(),
    };

    /// <summary>Indexes of the macros the compiler can be asked about: object-like, with a body whose brackets close.</summary>
    public IReadOnlyList<int> Askable() =>
        [.. Enumerable.Range(0, macros.Count).Where(index => macros[index] is { FunctionLike: false, Body.Count: > 0 } macro && Balanced(macro))];

    /// <summary>Indexes of the macros that may expand to _IOC: they call something, or name such a macro.</summary>
    public IReadOnlyList<int> Callers()
    {
        var askable = Askable();
        var callers = new HashSet<string>(StringComparer.Ordinal);
        int before;
        do
        {
            before = callers.Count;
            foreach (var index in askable)
            {
                var body = macros[index].Body;
                if (Calls(body) || body.Any(token => callers.Contains(token.Text)))
                    callers.Add(macros[index].Name);
            }
        }
        while (callers.Count > before);
        return [.. askable.Where(index => callers.Contains(macros[index].Name))];
    }

    private static bool Calls(IReadOnlyList<SourceToken> body) =>
        body.Zip(body.Skip(1)).Any(pair => pair.First.Kind == TokenKind.Identifier && pair.Second.Text == "(");

    public void Read(ProbeAnswers answers, DeclarationReader declarations)
    {
        var enumerators = declarations.AddTo(new()).Enums.SelectMany(e => e.Members).Select(m => m.Name).ToHashSet(StringComparer.Ordinal);
        for (var index = 0; index < macros.Count; index++)
        {
            var macro = macros[index];
            if (macro.FunctionLike)
                Refuse(macro, "function-like", "it takes arguments");
            else if (macro.Body.Count == 0)
                Refuse(macro, "empty", "it expands to nothing");
            else if (macro.Body.Count == 1 && macro.Body[0].Text == macro.Name && enumerators.Contains(macro.Name))
                continue; // "#define X X" beside an enumerator X: the enum holds it
            else if (!Balanced(macro))
                Refuse(macro, "not-an-expression", "its brackets do not close, or it holds a statement");
            else if (!IsRequest(index, answers))
                Constant(macro, index, answers);
            else if (answers.Error(MacroProbe.Variable(Question.Value, index)) is { } error)
                Refuse(macro, "not-constant", error);
            else if (!TryIoctl(macro, index, answers, declarations))
                Constant(macro, index, answers);
        }
    }

    private bool IsResolved(MacroDefinition macro) => !_unresolved.Exists(item => item.Name == macro.Name);

    private string At(MacroDefinition macro) => $"{path.Name}:{macro.Line}";

    private void Refuse(MacroDefinition macro, string kind, string reason) =>
        _unresolved.Add(new() { Name = macro.Name, Kind = kind, Reason = reason, At = At(macro) });

    private static bool Balanced(MacroDefinition macro)
    {
        var open = new Stack<string>();
        foreach (var text in macro.Body.Where(token => token.Kind == TokenKind.Punctuation).Select(token => token.Text))
        {
            switch (text)
            {
                case "(" or "[" or "{":
                    open.Push(text);
                    break;
                case ")" or "]" or "}":
                    if (open.Count == 0 || open.Pop() != (text switch { ")" => "(", "]" => "[", _ => "{" }))
                        return false;
                    break;
                case ";" or "#" or "##":
                    return false;
            }
        }
        return open.Count == 0;
    }

    private static bool IsRequest(int index, ProbeAnswers answers) => answers.Type(MacroProbe.Variable(Question.IsRequest, index)) is { } type
        && type.Kind == ClangTypeKind.Pointer && NativeMethods.Take(NativeMethods.clang_getTypeSpelling(type)) == "struct faultline_request *";

    private void Constant(MacroDefinition macro, int index, ProbeAnswers answers)
    {
        var variable = MacroProbe.Variable(Question.Value, index);
        if (answers.Error(variable) is { } error)
        {
            if (error.Contains($"undeclared identifier '{macro.Name}'", StringComparison.Ordinal) && macro.Body.All(token => token.Text != macro.Name))
                error = "the header undefines it again";
            Refuse(macro, error.Contains("not a compile-time constant", StringComparison.Ordinal) ? "not-constant" : "not-an-expression", error);
            return;
        }
        if (answers.Type(variable) is not { } type)
        {
            Refuse(macro, "not-an-expression", "the compiler made no variable of it");
            return;
        }
        var reference = TypeReader.Read(type);
        var value = answers.Value(variable);
        if (reference.Kind == TypeKind.Pointer && value?.Kind != ValueKind.String)
            value = answers.Integer(MacroProbe.Variable(Question.Address, index)) is { } address ? (ValueKind.Integer, address.ToString()) : null;
        if (value is not { } known || reference.Kind is TypeKind.Void)
        {
            Refuse(macro, "not-constant", $"an expression of type {TypeReader.Spelling(type)} without a value known at compile time");
            return;
        }
        if (known.Kind == ValueKind.String && !answers.IsPlainText(variable, known.Text))
        {
            Refuse(macro, "not-constant", "a string of wide characters, or with a NUL byte inside, of which libclang tells the beginning only");
            return;
        }
        if (reference is { Kind: TypeKind.Integer, ScalarSize: > 8 })
        {
            Refuse(macro, "not-constant", $"a value of type {TypeReader.Spelling(type)}, of which libclang tells 64 bits only");
            return;
        }
        _constants.Add(new()
        {
            Name = macro.Name,
            CType = TypeReader.Spelling(type),
            Type = reference,
            Kind = known.Kind,
            Value = known.Text,
            Expression = macro.Expression,
            Doc = comments.Of(macro.Name, macro.Line, macro.EndLine),
        });
    }

    /// <summary>False when the request's parts are no constants of their width, so that it is a number at most.</summary>
    private bool TryIoctl(MacroDefinition macro, int index, ProbeAnswers answers, DeclarationReader declarations)
    {
        int? Ask(Question question, int most) =>
            answers.Integer(MacroProbe.Variable(question, index)) is { } part && part >= 0 && part <= most ? (int)part : null;
        if (answers.Integer(MacroProbe.Variable(Question.Value, index)) is not { } code || Ask(Question.Type, byte.MaxValue) is not { } type
            || Ask(Question.Number, byte.MaxValue) is not { } number || Ask(Question.Size, AbiLimits.LargestArgument) is not { } size
            || Ask(Question.Direction, byte.MaxValue) is not { } direction)
        {
            return false;
        }
        var ioctl = new IoctlSpec
        {
            Name = macro.Name,
            Direction = Direction(direction, answers),
            Type = type,
            Number = number,
            Size = size,
            Code = (uint)(code & uint.MaxValue),
            Doc = comments.Of(macro.Name, macro.Line, macro.EndLine),
        };
        if (answers.Type(MacroProbe.Variable(Question.Argument, index)) is { Kind: ClangTypeKind.Pointer } pointer)
        {
            var argument = NativeMethods.clang_getPointeeType(pointer);
            ioctl = ioctl with { Argument = TypeReader.Spelling(argument), ArgumentType = declarations.Need(argument) };
        }
        _ioctls.Add(ioctl);
        return true;
    }

    private static IoctlDirection Direction(int direction, ProbeAnswers answers)
    {
        var read = (int?)answers.Integer(MacroProbe.ReadDirection) ?? 2;
        var write = (int?)answers.Integer(MacroProbe.WriteDirection) ?? 1;
        return ((direction & read) != 0 ? IoctlDirection.Read : 0) | ((direction & write) != 0 ? IoctlDirection.Write : 0);
    }
}
