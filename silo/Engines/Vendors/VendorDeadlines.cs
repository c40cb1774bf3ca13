namespace VoiceGrains.Silo.Engines.Vendors;

/// <summary>How long a vendor may take for one request. All are measured on this side, because the vendors' own clients wait for minutes.</summary>
sealed class VendorDeadlines
{
    static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(50);
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    /// <summary>
    /// From the request to the first text or audio, connecting included. 50 ms to 2 min, default 2 s: a first token takes 350 to 600 ms, and who waits
    /// longer than 2 s is better served by a second try or another engine.
    /// </summary>
    public TimeSpan First { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Between one piece of the answer and the next. 50 ms to 2 min, default 1 s: pieces come every 20 to 50 ms, and a stream that stands still for a
    /// second mostly never goes on.
    /// </summary>
    public TimeSpan Between { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// From the request to the end of the answer, a second try included. 50 ms to 2 min, default 8 s: a lane gives a sentence 10 s, and another engine must
    /// have a chance within them.
    /// </summary>
    public TimeSpan Whole { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>Adds a line for each value that can't be.</summary>
    public void Check(string section, List<string> mistakes)
    {
        foreach (var (name, value) in (ReadOnlySpan<(string, TimeSpan)>)[("First", First), ("Between", Between), ("Whole", Whole)])
        {
            if (value < Shortest || value > Longest)
                mistakes.Add($"{section}:{name} is {value}; it must be {Shortest} to {Longest}.");
        }

        if (First > Whole)
            mistakes.Add($"{section}:First is longer than {section}:Whole. Make it shorter.");
    }
}
