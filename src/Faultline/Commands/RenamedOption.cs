using System.CommandLine;

namespace Faultline.Cli.Commands;

/// <summary>An option that had another name once. The old one is still read, and not in the help.</summary>
internal sealed class RenamedOption<T>(string name, string oldName, string helpName, string description)
{
    private readonly Option<T?> _current = new(name) { Description = description, HelpName = helpName };
    private readonly Option<T?> _old = new(oldName) { HelpName = helpName, Hidden = true };

    public void AddTo(Command command)
    {
        command.Add(_current);
        command.Add(_old);
    }

    /// <summary>What the user gave under either name, or null.</summary>
    public T? Of(ParseResult parsed) => parsed.GetValue(_current) ?? parsed.GetValue(_old);
}
