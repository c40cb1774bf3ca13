using VoiceGrains.Audio;
using VoiceGrains.Engines;
using VoiceGrains.Lanes;

namespace VoiceGrains.Voices;

/// <summary>Opens streams of speech in a speaker's voice.</summary>
static class VoiceStreams
{
    static readonly TimeSpan AskLimit = TimeSpan.FromSeconds(1);

    /// <summary>A stream that speaks with the voice, with the stock voice where the own one can't or may not any more. Null: no engine speaks the language. Throws <see cref="EngineFaultException"/>.</summary>
    public static ISpeechStream? Open(LaneServices services, Voice voice)
    {
        if (services.Engines.SynthesizerFor(voice.Language) is not { } stock)
            return null;
        ISpeechStream OpenStock() => stock.Open(voice with { Own = null });
        var stream = OpenOwn(services, voice) is { } own ? new RevocableSpeech(own, OpenStock, () => Holds(services, voice)) : OpenStock();
        return VoiceEffect.Find(voice.Effect) is { } effect ? new EffectSpeech(stream, effect) : stream;
    }

    static ISpeechStream? OpenOwn(LaneServices services, Voice voice)
    {
        if (voice.Own is not { } own || services.Engines.SynthesizerOf(own, voice.Language) is not { } engine)
            return null;
        try
        {
            return engine.Open(voice);
        }
        catch (EngineFaultException fault)
        {
            // The stock voice speaks instead.
            CallMeters.Fault(fault);
            return null;
        }
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
