namespace VoiceGrains.Silo.Engines.Deepgram;

/// <summary>
/// Settings of the Deepgram recognizers, section <c>Engines:Deepgram</c>. The key is read by <see cref="VendorKey"/>: <c>Key</c>, <c>KeyFile</c> or
/// <c>DEEPGRAM_API_KEY</c>.
/// </summary>
sealed class DeepgramOptions
{
    /// <summary>
    /// Root of the API: wss, or ws for a server of your own. A region has an address of its own, for example wss://api.eu.deepgram.com.
    /// Default: wss://api.deepgram.com.
    /// </summary>
    public string Url { get; set; } = "wss://api.deepgram.com";

    /// <summary>Model of <c>/v1/listen</c>. Default: nova-3.</summary>
    public string NovaModel { get; set; } = "nova-3";

    /// <summary>Model of <c>/v2/listen</c> for English. Default: flux-general-en.</summary>
    public string FluxEnglishModel { get; set; } = "flux-general-en";

    /// <summary>Model of <c>/v2/listen</c> for the other languages that Flux knows. Default: flux-general-multi.</summary>
    public string FluxModel { get; set; } = "flux-general-multi";

    /// <summary>Nova: silence that ends a turn, 10 ms to 5 s. Shorter cuts people off who think in mid-sentence, longer delays every translation. Default: 300 ms.</summary>
    public TimeSpan Endpointing { get; set; } = TimeSpan.FromMilliseconds(300);

    /// <summary>Nova: gap between words that ends a turn where noise hides the silence, 1 to 5 s; the vendor takes no less than 1 s. Default: 1 s.</summary>
    public TimeSpan UtteranceEnd { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Flux: how sure the model must be that a turn is over, 0.5 to 1. Higher waits longer. Default: 0.7, the vendor's.</summary>
    public double EndOfTurnThreshold { get; set; } = 0.7;

    /// <summary>
    /// Flux: how sure it must be to guess that early, 0.3 to 0.9 and not above <see cref="EndOfTurnThreshold"/>; 0: it does not guess.
    /// Default: 0, because nothing uses the guess yet.
    /// </summary>
    public double EagerEndOfTurnThreshold { get; set; }

    /// <summary>
    /// Flux: silence after which a turn is over however unsure the model is, 0.5 to 60 s. Default: 3 s; the vendor's 5 s is a long time to wait for
    /// a translation.
    /// </summary>
    public TimeSpan EndOfTurnTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>A turn that is longer is ended at the next chance, 5 to 120 s: listeners must not wait for the end of a monologue. Default: 15 s.</summary>
    public TimeSpan LongestTurn { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Until the socket is open, 0.1 to 30 s. Default: 3 s.</summary>
    public TimeSpan ConnectDeadline { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Streams that the account may have at a time, 1 to 100,000, over the whole cluster. Default: 150, the limit of pay as you go for Nova-3 and Flux (Deepgram docs, rate limits).
    /// </summary>
    public int Streams { get; set; } = 150;

    /// <summary>Longest wait for one of them, 0 to 60 s; then another engine hears. Default: 1 s.</summary>
    public TimeSpan SlotLimit { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Until a finished segment has its last words, 0.1 to 30 s; after it the newest interim words count. Default: 2 s.</summary>
    public TimeSpan FinishDeadline { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>From the end of the audio to the last words, 0.1 to 60 s. Default: 5 s.</summary>
    public TimeSpan DrainDeadline { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Until the vendor acknowledges a close, 0.1 to 10 s; a socket that just vanishes counts against the account's limit for a while. Default: 1 s.</summary>
    public TimeSpan CloseDeadline { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long nothing may come back after speech went out, 1 to 30 s; while no audio goes it is looked at with each keep-alive. Default: 3 s.</summary>
    public TimeSpan StallAfter { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Between keep-alives while no audio goes, 1 to 8 s; the vendor closes after 10 s and advises 3 to 5. Default: 4 s.</summary>
    public TimeSpan KeepAlive { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>Between pings, and how long one may stay unanswered, 1 to 60 s. Finds a dead peer in silence. Default: 10 s.</summary>
    public TimeSpan Ping { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How fast audio goes out that is late, in times real time, 1 to 1.25: the vendor takes no faster replay. Default: 1.25.</summary>
    public double ReplaySpeed { get; set; } = 1.25;

    /// <summary>Adds a line for each setting that is out of range.</summary>
    public void Validate(List<string> mistakes)
    {
        if (!Uri.TryCreate(Url, UriKind.Absolute, out var url) || url.Scheme is not ("ws" or "wss") || url.Query.Length > 0)
            mistakes.Add("Engines:Deepgram:Url must be an address with ws or wss, for example wss://api.deepgram.com.");
        foreach (var (name, model) in ((string, string)[])[(nameof(NovaModel), NovaModel), (nameof(FluxEnglishModel), FluxEnglishModel), (nameof(FluxModel), FluxModel)])
        {
            if (string.IsNullOrWhiteSpace(model))
                mistakes.Add($"Engines:Deepgram:{name} must name a model.");
        }

        Range(nameof(Endpointing), Endpointing.TotalSeconds, 0.01, 5, mistakes);
        Range(nameof(UtteranceEnd), UtteranceEnd.TotalSeconds, 1, 5, mistakes);
        Range(nameof(EndOfTurnTimeout), EndOfTurnTimeout.TotalSeconds, 0.5, 60, mistakes);
        Range(nameof(LongestTurn), LongestTurn.TotalSeconds, 5, 120, mistakes);
        Range(nameof(ConnectDeadline), ConnectDeadline.TotalSeconds, 0.1, 30, mistakes);
        Range(nameof(SlotLimit), SlotLimit.TotalSeconds, 0, 60, mistakes);
        Range(nameof(Streams), Streams, 1, 100_000, mistakes);
        Range(nameof(FinishDeadline), FinishDeadline.TotalSeconds, 0.1, 30, mistakes);
        Range(nameof(DrainDeadline), DrainDeadline.TotalSeconds, 0.1, 60, mistakes);
        Range(nameof(CloseDeadline), CloseDeadline.TotalSeconds, 0.1, 10, mistakes);
        Range(nameof(StallAfter), StallAfter.TotalSeconds, 1, 30, mistakes);
        Range(nameof(KeepAlive), KeepAlive.TotalSeconds, 1, 8, mistakes);
        Range(nameof(Ping), Ping.TotalSeconds, 1, 60, mistakes);
        Range(nameof(ReplaySpeed), ReplaySpeed, 1, 1.25, mistakes);
        Range(nameof(EndOfTurnThreshold), EndOfTurnThreshold, 0.5, 1, mistakes);
        if (EagerEndOfTurnThreshold != 0)
            Range(nameof(EagerEndOfTurnThreshold), EagerEndOfTurnThreshold, 0.3, Math.Min(0.9, EndOfTurnThreshold), mistakes);
    }

    static void Range(string name, double value, double least, double most, List<string> mistakes)
    {
        var unit = name.Contains("Threshold", StringComparison.Ordinal) || name is nameof(ReplaySpeed) or nameof(Streams) ? "" : " seconds";
        if (!(value >= least && value <= most))
            mistakes.Add(FormattableString.Invariant($"Engines:Deepgram:{name} must be from {least} to {most}{unit}."));
    }
}
