using VoiceGrains.Audio;
using VoiceGrains.Engines;
using VoiceGrains.Lanes;

namespace VoiceGrains.Voices;

/// <summary>Opens streams of speech in a speaker's voice.</summary>
static class VoiceStreams
{
    static readonly TimeSpan AskLimit = TimeSpan.FromSeconds(1);

    /// <summary>
    /// A stream that speaks with the voice: the own one as long as it can and may, then the stock voice of each synthesizer in turn. Null: no engine speaks the
    /// language. Throws <see cref="EngineFaultException"/> when none works just now; it is counted already.
    /// </summary>
    public static ISpeechStream? Open(LaneServices services, Voice voice)
    {
        var stock = services.Engines.SynthesizersFor(voice.Language).Select(engine => new SpeechSource(engine, voice with { Own = null })).ToList();
        if (stock.Count == 0)
            return null;
        var stream = new SuccessiveSpeech(services.Engines, [.. Own(services, voice), .. stock], spoke: engine => services.Use.Synthesizers[voice.Language] = engine.Name);
        return VoiceEffect.Find(voice.Effect) is { } effect ? new EffectSpeech(stream, effect) : stream;
    }

    /// <summary>The same, with clauses that are made before they are committed if the rules say so.</summary>
    public static ISpeechStream? OpenForeseen(LaneServices services, Voice voice)
    {
        if (Open(services, voice) is not { } stream)
            return null;
        if (!services.Engines.Speech.IsForeseen)
            return stream;
        return new ForeseenSpeech(stream, () => Open(services, voice), () => voice.Own is null ? Task.FromResult(true) : Holds(services, voice), () => services.Use.Unheard++);
    }

    static IEnumerable<SpeechSource> Own(LaneServices services, Voice voice)
    {
        if (voice.Own is { } own && services.Engines.SynthesizerOf(own, voice.Language) is { } engine)
            yield return new SpeechSource(engine, voice, () => Holds(services, voice));
    }

    // Who can't be asked has not said yes.
    static async Task<bool> Holds(LaneServices services, Voice voice)
    {
        try
        {
            return (await services.VoiceFor(voice.Language).WaitAsync(AskLimit, services.Time))?.Own == voice.Own;
        }
        catch (Exception)
        {
            return false;
        }
    }
}
