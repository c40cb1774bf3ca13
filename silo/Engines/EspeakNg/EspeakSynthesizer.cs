using VoiceGrains.Engines;
using VoiceGrains.Voices;

namespace VoiceGrains.Silo.Engines.EspeakNg;

/// <summary>
/// Speaks with espeak-ng, one short-lived process for each clause: its library is one for the whole process and crashes when two threads use it.
/// </summary>
sealed class EspeakSynthesizer(EspeakOptions options, EspeakVoices voices, TimeProvider time) : ISynthesizer, IDisposable
{
    readonly SemaphoreSlim _places = new(options.Processes, options.Processes);

    public string Name => "espeak-ng";

    public bool Speaks(Language language) => voices.Find(new Voice(StockVoices.Usual, Gender.Female, language)) is not null;

    public ISpeechStream Open(Voice voice) => voices.Find(voice) is { } name
        ? new EspeakStream(options, name, EspeakVoices.PitchOf(voice), _places, time)
        : throw new EngineFaultException(Name, FaultKind.BadRequest, $"No voice speaks {voice.Language}.");

    public void Dispose() => _places.Dispose();
}
