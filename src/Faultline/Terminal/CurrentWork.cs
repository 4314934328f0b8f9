namespace Faultline.Cli.Terminal;

/// <summary>
/// What a command without phases is doing: on a terminal a status line, once it has taken long enough that people wonder.
/// </summary>
internal sealed class CurrentWork : IProgress<string>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5), Interval = TimeSpan.FromMilliseconds(500);

    private volatile string _doing;

    private CurrentWork(string doing) => _doing = doing;

    public void Report(string value) => _doing = value;

    /// <param name="doing">What is done first: <c>reading /usr/include</c>.</param>
    /// <param name="work">Says what it goes on to do.</param>
    public static async Task<T> ShowAsync<T>(string doing, Func<IProgress<string>, Task<T>> work)
    {
        var (current, console, began) = (new CurrentWork(doing), Consoles.Error, TimeProvider.System.GetTimestamp());
        if (!console.CanRedraw)
            return await work(current);
        // Headers are read where they are asked for, without a pause in which a line could be drawn.
        var running = Task.Run(() => work(current));
        try
        {
            for (var wait = Patience; await Task.WhenAny(running, Task.Delay(wait)) != running; wait = Interval)
            {
                var elapsed = $" ({TimeProvider.System.GetElapsedTime(began).TotalSeconds:0} s)";
                var status = StatusLine.Cut(Printable.OneLine(current._doing), console.Columns - 1 - elapsed.Length, Locale.Ellipsis)
                    + elapsed;
                Consoles.Screen.Show(Locale.IsUtf8 ? status : Printable.Ascii(status));
            }
        }
        finally
        {
            Consoles.Screen.Show("");
        }
        return await running;
    }
}
