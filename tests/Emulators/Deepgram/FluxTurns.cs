namespace VoiceGrains.Tests.Emulators.Deepgram;

/// <summary>
/// The state machine of Flux (Deepgram docs, Flux state): Update about every quarter second of audio, with text even before StartOfTurn; EagerEndOfTurn where
/// a threshold for it is set, then TurnResumed if more is said, else EndOfTurn with the same text.
/// </summary>
sealed class FluxTurns(ListenServer server, HeardAudio audio, FluxMessages messages)
{
    const double Step = 0.08;
    const double UpdateEvery = 0.24;
    const double EagerPause = 0.16;
    const double EndPause = 0.4;

    readonly List<HeardWord> _words = [];
    double _threshold = server.Query.Number("eot_threshold") ?? 0.7;
    double? _eager = server.Query.Number("eager_eot_threshold");
    double _timeout = (server.Query.Number("eot_timeout_ms") ?? 5_000) / 1_000;
    double _windowStart;
    double _saidAt;
    int _turn;
    bool _hasText;
    bool _isOpen;
    bool _isEager;

    public void Configure(double? threshold, double? eager, double? timeoutMs) =>
        (_threshold, _eager, _timeout) = (threshold ?? _threshold, eager ?? _eager, timeoutMs / 1_000 ?? _timeout);

    /// <summary>Hears what came.</summary>
    /// <param name="isAll">Also what is shorter than a step.</param>
    public async Task Hear(bool isAll)
    {
        while (audio.Hear(Step, out var words, out _) || (isAll && audio.Hear(0, out words, out _)))
        {
            _words.AddRange(words);
            if (_isEager && words.Count > 0)
            {
                _isEager = false;
                await Say("TurnResumed", 0.2);
            }

            await Judge();
        }
    }

    /// <summary>Ends the turn because the client says so. Ignored when there is none (Deepgram docs, Flux force end turn).</summary>
    public async Task Force()
    {
        await Hear(isAll: true);
        if (_isOpen)
            await EndTurn("manual");
    }

    /// <summary>Says the last text. The turn is not ended.</summary>
    public async Task End()
    {
        await Hear(isAll: true);
        await Say("Update", 0.3);
    }

    async Task Judge()
    {
        if (_words.Count > 0 && audio.Silence >= (_threshold < 1 ? Math.Min(EndPause, _timeout) : _timeout))
        {
            await Start();
            if (_eager is not null && !_isEager)
                await Say("EagerEndOfTurn", 0.6);
            await EndTurn(audio.Silence >= _timeout ? "timeout" : "model");
        }
        else if (_isOpen && !_isEager && _eager is not null && audio.Silence >= EagerPause)
        {
            _isEager = true;
            await Say("EagerEndOfTurn", 0.6);
        }
        else if (audio.Position - _saidAt >= UpdateEvery - 0.001)
        {
            await Update();
        }
    }

    async Task Update()
    {
        if (_words.Count > 0 && _hasText && !_isOpen)
        {
            await Start();
            return;
        }

        _hasText = _words.Count > 0;
        // The tip of the text changes, but not once the turn is thought to be over.
        await Say("Update", 0.1, isTipWrong: !_isEager && audio.Silence < EagerPause);
    }

    async Task Start()
    {
        if (_isOpen)
            return;
        _isOpen = true;
        await Say("StartOfTurn", 0.1);
    }

    async Task EndTurn(string trigger)
    {
        await Say("EndOfTurn", 0.9, trigger: trigger);
        _turn++;
        _words.Clear();
        (_windowStart, _isOpen, _isEager, _hasText) = (audio.Position, false, false, false);
    }

    Task Say(string happened, double confidence, bool isTipWrong = false, string? trigger = null)
    {
        _saidAt = audio.Position;
        IReadOnlyList<HeardWord> words = isTipWrong && _words is [.., { Text.Length: > 2 } last] ? [.. _words[..^1], last with { Text = last.Text[..^1] }] : [.. _words];
        return server.Say(messages.Turn(happened, _turn, _windowStart, audio.Position, words, confidence, trigger));
    }
}
