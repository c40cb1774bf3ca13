using VoiceGrains.Engines;

namespace VoiceGrains.Silo.Engines.Scripted;

/// <summary>Reads the words of <see cref="ScriptedAudio"/>, without mistakes, in any language. For tests, load and development.</summary>
sealed class ScriptedRecognizer(ScriptedOptions? options = null, TimeProvider? time = null) : IRecognizer
{
    readonly ScriptedOptions _options = options ?? new ScriptedOptions();
    readonly TimeProvider _time = time ?? TimeProvider.System;

    public string Name => "scripted";

    public bool Knows(Language language) => true;

    public IRecognizerSession Open(RecognizerRequest request) => new ScriptedSession(_options, _time);
}
