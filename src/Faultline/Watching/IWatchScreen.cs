namespace Faultline.Cli.Watching;

/// <summary>What a person sees of the loop.</summary>
internal interface IWatchScreen
{
    /// <param name="saved">The files whose save it is that begins a run; none for the first.</param>
    void Begin(IReadOnlyList<string> saved);

    void Show(WatchedRound round);

    /// <summary>Nothing runs until the next save.</summary>
    void Wait(WatchedRound last);
}
