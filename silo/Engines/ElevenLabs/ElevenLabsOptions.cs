namespace VoiceGrains.Silo.Engines.ElevenLabs;

/// <summary>Settings of ElevenLabs, section <c>Engines:ElevenLabs</c>. The key has settings of its own: <see cref="VendorKey"/>.</summary>
sealed class ElevenLabsOptions
{
    /// <summary>Root of the API. Default: https://api.elevenlabs.io. An address with https or http; that of a region keeps audio there.</summary>
    public string Url { get; set; } = "https://api.elevenlabs.io";

    /// <summary>The model. Default: eleven_flash_v2_5, the fastest to the first sound that speaks 32 languages.</summary>
    public string Model { get; set; } = "eleven_flash_v2_5";

    /// <summary>
    /// <c>websocket</c> or <c>http</c>. Default: websocket, which saves a request for each clause. Models that the socket does not take, such as eleven_v3, go over HTTP anyway.
    /// </summary>
    public string Transport { get; set; } = "websocket";

    /// <summary>Languages that the model speaks, as primary tags. Default: those of Flash v2.5.</summary>
    public string Languages { get; set; } =
        "ar, bg, cs, da, de, el, en, es, fi, fil, fr, hi, hr, hu, id, it, ja, ko, ms, nb, nl, no, pl, pt, ro, ru, sk, sv, ta, tr, uk, vi, zh";

    /// <summary>Id of the stock voice for <c>stock-female</c>. Default: one that every account has.</summary>
    public string FemaleVoice { get; set; } = "21m00Tcm4TlvDq8ikWAM";

    /// <summary>Id of the stock voice for <c>stock-male</c>. Default: one that every account has.</summary>
    public string MaleVoice { get; set; } = "pNInz6obpgDQGcFmaJgB";

    /// <summary>Stock voices for single languages, for example <c>Voices:de:Female</c>. Default: none, the two above speak everything.</summary>
    public Dictionary<string, StockVoicePair> Voices { get; set; } = [];

    /// <summary>How even a voice sounds, 0 to 1. Default: 0.5, the vendor's.</summary>
    public double Stability { get; set; } = 0.5;

    /// <summary>How near it stays to its samples, 0 to 1. Default: 0.75, the vendor's.</summary>
    public double Similarity { get; set; } = 0.75;

    /// <summary>How fast it speaks, 0.7 to 1.2 times. Default: 1.</summary>
    public double Speed { get; set; } = 1;

    /// <summary>Whether the vendor may keep what was spoken. Default: yes, because no is only taken from enterprise accounts (zero retention).</summary>
    public bool Logging { get; set; } = true;

    /// <summary>Time for a connection, 100 ms to 30 s. Default: 3 s, a slow handshake over the ocean.</summary>
    public TimeSpan ConnectLimit { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Time from a clause to its first sound, a second attempt included, 100 ms to 60 s. Default: 3 s; after that another engine is the better answer.</summary>
    public TimeSpan FirstAudioLimit { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Longest gap inside a clause, 100 ms to 60 s. Default: 3 s; generation is many times faster than speech.</summary>
    public TimeSpan AudioGapLimit { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Longest wait for one of the account's concurrent generations, 0 to 60 s. Default: 2 s; later the clause is old.</summary>
    public TimeSpan SlotLimit { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Generations at a time, 1 to 1,000. Default: 6, what the smallest plan with own voices has for Flash (Free 4, Starter 6, Creator 10, Pro 20, Scale 30).</summary>
    public int Concurrency { get; set; } = 6;

    /// <summary>A socket that spoke nothing for this long is closed, 10 s to 170 s. Default: 60 s; the vendor closes it after 180 s.</summary>
    public TimeSpan IdleLimit { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Time for a context or socket to end once it was asked to, 100 ms to 30 s. Default: 2 s, as the vendor advises.</summary>
    public TimeSpan CloseLimit { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Time for making, deleting or listing voices, 1 s to 10 min. Default: 60 s, an upload of some minutes of speech.</summary>
    public TimeSpan VoiceLimit { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>One line for each setting that is wrong.</summary>
    public IEnumerable<string> Mistakes()
    {
        if (!Uri.TryCreate(Url, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http"))
            yield return "Engines:ElevenLabs:Url is no http or https address.";
        if (Transport is not ("websocket" or "http"))
            yield return "Engines:ElevenLabs:Transport is neither websocket nor http.";
        foreach (var (name, value) in ((string, string)[])[(nameof(Model), Model), (nameof(Languages), Languages), (nameof(FemaleVoice), FemaleVoice), (nameof(MaleVoice), MaleVoice)])
        {
            if (string.IsNullOrWhiteSpace(value))
                yield return $"Engines:ElevenLabs:{name} is empty.";
        }

        foreach (var (name, value, from, to) in ((string, double, double, double)[])
            [
                (nameof(Stability), Stability, 0, 1), (nameof(Similarity), Similarity, 0, 1), (nameof(Speed), Speed, 0.7, 1.2), (nameof(Concurrency), Concurrency, 1, 1_000),
            ])
        {
            if (!(value >= from && value <= to))
                yield return FormattableString.Invariant($"Engines:ElevenLabs:{name} is {value}; it must be {from} to {to}.");
        }

        foreach (var (name, value, from, to) in ((string, TimeSpan, double, double)[])
            [
                (nameof(ConnectLimit), ConnectLimit, 0.1, 30), (nameof(FirstAudioLimit), FirstAudioLimit, 0.1, 60), (nameof(AudioGapLimit), AudioGapLimit, 0.1, 60),
                (nameof(SlotLimit), SlotLimit, 0, 60), (nameof(IdleLimit), IdleLimit, 10, 170), (nameof(CloseLimit), CloseLimit, 0.1, 30), (nameof(VoiceLimit), VoiceLimit, 1, 600),
            ])
        {
            if (value.TotalSeconds < from || value.TotalSeconds > to)
                yield return FormattableString.Invariant($"Engines:ElevenLabs:{name} is {value}; it must be {from} to {to} seconds.");
        }
    }
}

/// <summary>Ids of the stock voices of a language.</summary>
sealed class StockVoicePair
{
    public string? Female { get; set; }

    public string? Male { get; set; }
}
