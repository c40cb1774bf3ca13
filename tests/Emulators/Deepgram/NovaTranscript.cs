namespace VoiceGrains.Tests.Emulators.Deepgram;

/// <summary>
/// What Nova says about audio (Deepgram docs: endpointing, interim results, utterance end, finalize). Interim results replace each other and their last word
/// is not to be trusted; long speech becomes final in parts; silence ends an utterance, and where noise hides it, a gap between words does.
/// </summary>
sealed class NovaTranscript(ListenServer server, HeardAudio audio)
{
    const double Step = 0.02;
    const double InterimEvery = 0.5;
    const double LongestPart = 3;

    readonly double? _endpointing = server.Query.Text("endpointing") == "false" ? null : (server.Query.Number("endpointing") ?? 10) / 1_000;
    readonly double? _utteranceEnd = server.Query.Number("utterance_end_ms") / 1_000;
    readonly List<HeardWord> _words = [];
    double _from;
    double _interimAt = InterimEvery;
    double? _lastWordEnd;
    bool _isSpeaking;

    DeepgramManners Manners => server.Emulator.Manners;

    /// <summary>Hears what came.</summary>
    /// <param name="isAll">Also what is shorter than a step.</param>
    public async Task Hear(bool isAll)
    {
        while (audio.Hear(Step, out var words, out var speechBegan) || (isAll && audio.Hear(0, out words, out speechBegan)))
        {
            for (var i = 0; speechBegan is not null && server.Query.Flag("vad_events") && i < Manners.SpeechStarted; i++)
                await server.Say(NovaMessages.SpeechStarted(server, speechBegan.Value));
            _isSpeaking |= speechBegan is not null;
            Add(words);
            await Judge();
        }
    }

    /// <summary>Says what was held back, because the client asks for it.</summary>
    public async Task Finalize()
    {
        await Hear(isAll: true);
        if (_words.Count == 0 && Manners.Finalize == FinalizeAnswer.NothingIfNothingIsLeft)
            return;
        await SayFinal(audio.Position, speechFinal: false, fromFinalize: true);
        _isSpeaking = false;
    }

    public async Task End()
    {
        await Hear(isAll: true);
        if (_words.Count > 0 || audio.Position > _from)
            await SayFinal(audio.Position, speechFinal: false);
    }

    void Add(IReadOnlyList<HeardWord> words)
    {
        _words.AddRange(words);
        if (words.Count > 0)
            _lastWordEnd = words[^1].End;
    }

    async Task Judge()
    {
        if (_isSpeaking && !Manners.IsNoisy && audio.Silence >= _endpointing)
        {
            await SayFinal(audio.Position, speechFinal: true);
            _isSpeaking = false;
        }
        else if (_words.Count > 0 && audio.Position - _from >= LongestPart)
        {
            // No pause: a part is final, the utterance is not (is_final without speech_final).
            await SayFinal(_words[^1].End, speechFinal: false);
        }
        else if (_words.Count == 0 && audio.Settled - _from >= LongestPart)
        {
            await SayFinal(audio.Settled, speechFinal: false);
        }

        await JudgeGap();
        if (audio.Position >= _interimAt && server.Query.Flag("interim_results"))
        {
            _interimAt = audio.Position + InterimEvery;
            await server.Say(NovaMessages.Results(server, _from, audio.Position, WithoutTheLastLetter(_words), isFinal: false));
        }
    }

    // Also after speech_final, for the same utterance.
    async Task JudgeGap()
    {
        if (_utteranceEnd is not { } gap || _lastWordEnd is not { } last || audio.Position - last < gap)
            return;
        if (_words.Count > 0)
            await SayFinal(audio.Position, speechFinal: false);
        await server.Say(NovaMessages.UtteranceEnd(Manners.HasNoLastWord ? null : last));
        (_lastWordEnd, _isSpeaking) = (null, false);
    }

    async Task SayFinal(double end, bool speechFinal, bool fromFinalize = false)
    {
        await server.Say(NovaMessages.Results(server, _from, end, _words, isFinal: true, speechFinal, fromFinalize));
        _words.Clear();
        (_from, _interimAt) = (end, audio.Position + InterimEvery);
    }

    // Words at the tip of the audio are likely to be wrong (Deepgram docs, interim results).
    static IReadOnlyList<HeardWord> WithoutTheLastLetter(List<HeardWord> words) =>
        words is [.., { Text.Length: > 2 } last] ? [.. words[..^1], last with { Text = last.Text[..^1] }] : [.. words];
}
