using System.Numerics;
using Faultline.AbiExtractor.Clang;
using Faultline.AbiModel;

namespace Faultline.AbiExtractor.Stages;

/// <summary>Third stage: turns the probe's answers into constants and ioctls; what got no answer is unresolved, with the compiler's reason.</summary>
internal sealed class MacroEvaluator(IReadOnlyList<MacroDefinition> macros, IReadOnlySet<string> asked, SearchPath path, CommentReader comments)
{
    private readonly List<ConstantSpec> _constants = [];
    private readonly List<IoctlSpec> _ioctls = [];
    private readonly List<UnresolvedSpec> _unresolved = [];
    private readonly List<LocationSpec> _places = [];

    /// <summary>Macros that no question could be put about, with the reason.</summary>
    public IReadOnlyDictionary<string, string> LeftOut { get; init; } = new Dictionary<string, string>();

    public AbiSpec AddTo(AbiSpec spec)
    {
        var unresolved = _unresolved.Select(item => item.Name).ToHashSet(StringComparer.Ordinal);
        return spec with
        {
            Constants = _constants.ToEquatableArray(),
            Ioctls = _ioctls.ToEquatableArray(),
            Unresolved = spec.Unresolved.Concat(_unresolved).ToEquatableArray(),
            Locations = spec.Locations.Concat(macros.Where(macro => !unresolved.Contains(macro.Name)).Select(macro => new LocationSpec { Name = macro.Name, At = At(macro) }))
                .Concat(_places).ToEquatableArray(),
        };
    }

    public void Read(ProbeAnswers answers, DeclarationReader declarations)
    {
        var enumerators = declarations.AddTo(new()).Enums.SelectMany(e => e.Members).Select(m => m.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var macro in macros)
        {
            if (macro.FunctionLike)
                Refuse(macro, "function-like", "it takes arguments", Samples(macro, answers, declarations.Types));
            else if (macro.Body.Count == 0)
                Refuse(macro, "empty", "it expands to nothing");
            else if (MacroQuestions.IsItself(macro) && enumerators.Contains(macro.Name))
                continue; // "#define X X" beside an enumerator X: the enum holds it
            else if (!MacroQuestions.IsAskable(macro))
                Refuse(macro, "not-an-expression", "its brackets do not close, or it holds a statement");
            else if (LeftOut.TryGetValue(macro.Name, out var reason))
                Refuse(macro, "not-an-expression", reason);
            else if (!asked.Contains(macro.Name))
                Refuse(macro, "not-an-expression", "it names a macro in which a brace is left open, or that holds a statement");
            else if (!IsRequest(macro.Name, answers))
                Constant(macro, answers, declarations.Types);
            else if (answers.Error(MacroProbe.Variable(Question.Value, macro.Name)) is { } error)
                Refuse(macro, "not-constant", error);
            else if (!TryIoctl(macro, answers, declarations))
                Constant(macro, answers, declarations.Types);
        }
    }

    /// <summary>Takes those enumerators for requests that the compiler says are some.</summary>
    public void ReadEnumerators(IEnumerable<string> names, ProbeAnswers answers, DeclarationReader declarations)
    {
        foreach (var (member, at) in names.Where(name => IsRequest(name, answers)).Select(declarations.Enumerator).OfType<(EnumMemberSpec, string)>())
        {
            if (Request(member.Name, member.Value, answers, declarations) is not { } ioctl)
                continue;
            _ioctls.Add(ioctl with { Enumerator = true, Doc = member.Doc });
            // "#define X X" next to it has a place already.
            if (!macros.Any(macro => macro.Name == member.Name))
                _places.Add(new() { Name = member.Name, At = at });
        }
    }

    private string At(MacroDefinition macro) => $"{(macro.File.Length == 0 ? path.Name : path.NameOf(macro.File))}:{macro.Line}";

    private void Refuse(MacroDefinition macro, string kind, string reason, EquatableArray<MacroSample> samples = default) =>
        _unresolved.Add(new() { Name = macro.Name, Kind = kind, Reason = reason, At = At(macro),
            Body = string.Join(' ', macro.Body.Select(token => token.Text)), Samples = samples });

    /// <summary>What the macro is for the arguments that it was asked about with, where that is a whole number.</summary>
    private static EquatableArray<MacroSample> Samples(MacroDefinition macro, ProbeAnswers answers, TypeReader types)
    {
        if (SampleArguments.ParametersOf(macro) is not { } parameters)
            return default;
        var samples = new List<MacroSample>();
        foreach (var arguments in SampleArguments.For(parameters))
        {
            var variable = MacroProbe.Sample(macro.Name, arguments);
            if (answers.Type(variable) is { } type
                && types.Read(type) is { Kind: TypeKind.Integer, ScalarSize: <= 8, IsArray: false } integer
                && answers.Integer(variable) is { } value)
                samples.Add(new(arguments, integer, value));
        }
        return samples.ToEquatableArray();
    }

    private static bool IsRequest(string name, ProbeAnswers answers) => answers.Type(MacroProbe.Variable(Question.IsRequest, name)) is { } type
        && type.Kind == ClangTypeKind.Pointer && NativeMethods.Take(NativeMethods.clang_getTypeSpelling(type)) == "struct faultline_request *";

    private void Constant(MacroDefinition macro, ProbeAnswers answers, TypeReader types)
    {
        var variable = MacroProbe.Variable(Question.Value, macro.Name);
        if (answers.Error(variable) is { } error)
        {
            if (error.Contains($"undeclared identifier '{macro.Name}'", StringComparison.Ordinal) && macro.Body.All(token => token.Text != macro.Name))
                error = "the header undefines it again";
            Refuse(macro, error.Contains("not a compile-time constant", StringComparison.Ordinal) ? "not-constant" : "not-an-expression", error);
            return;
        }
        var type = answers.Type(variable) ?? throw new InvalidOperationException($"{macro.Name} was asked about and has neither an answer nor an error.");
        var reference = types.Read(type);
        var value = answers.Value(variable);
        if (reference.Kind == TypeKind.Pointer && value?.Kind != ValueKind.String)
            value = answers.Integer(MacroProbe.Variable(Question.Address, macro.Name)) is { } address ? (ValueKind.Integer, address.ToString()) : null;
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

    /// <summary>False when it is a number at most.</summary>
    private bool TryIoctl(MacroDefinition macro, ProbeAnswers answers, DeclarationReader declarations)
    {
        if (answers.Integer(MacroProbe.Variable(Question.Value, macro.Name)) is not { } code
            || Request(macro.Name, code, answers, declarations) is not { } ioctl)
            return false;
        _ioctls.Add(ioctl with { Doc = comments.Of(macro.Name, macro.Line, macro.EndLine) });
        return true;
    }

    /// <summary>Null when the request's parts are no constants of their width.</summary>
    private static IoctlSpec? Request(string name, BigInteger code, ProbeAnswers answers, DeclarationReader declarations)
    {
        int? Ask(Question question, int most) =>
            answers.Integer(MacroProbe.Variable(question, name)) is { } part && part >= 0 && part <= most ? (int)part : null;
        if (Ask(Question.Type, byte.MaxValue) is not { } type
            || Ask(Question.Number, byte.MaxValue) is not { } number || Ask(Question.Size, AbiLimits.LargestArgument) is not { } size
            || Ask(Question.Direction, byte.MaxValue) is not { } direction)
        {
            return null;
        }
        var ioctl = new IoctlSpec
        {
            Name = name,
            Direction = Direction(direction, answers),
            Type = type,
            Number = number,
            Size = size,
            Code = (uint)(code & uint.MaxValue),
        };
        if (answers.Type(MacroProbe.Variable(Question.Argument, name)) is { Kind: ClangTypeKind.Pointer } pointer)
        {
            var argument = NativeMethods.clang_getPointeeType(pointer);
            ioctl = ioctl with { Argument = TypeReader.Spelling(argument), ArgumentType = declarations.Need(argument) };
            if (ioctl.ArgumentType.Kind == TypeKind.Integer
                && answers.OrderedInteger(MacroProbe.Variable(Question.Argument, name)) is { } ordered)
            {
                var dimensions = ioctl.Argument.IndexOf('[', StringComparison.Ordinal);
                ioctl = ioctl with { Argument = dimensions < 0 ? ordered : ordered + ioctl.Argument[dimensions..] };
            }
        }
        return ioctl;
    }

    private static IoctlDirection Direction(int direction, ProbeAnswers answers)
    {
        var read = (int?)answers.Integer(MacroProbe.ReadDirection) ?? 2;
        var write = (int?)answers.Integer(MacroProbe.WriteDirection) ?? 1;
        return ((direction & read) != 0 ? IoctlDirection.Read : 0) | ((direction & write) != 0 ? IoctlDirection.Write : 0);
    }
}
