using System.Runtime.CompilerServices;
using VoiceGrains.Audio;
using VoiceGrains.Engines;

namespace VoiceGrains.Voices;

/// <summary>Speech that goes through an effect on its way out, once, however many listen.</summary>
sealed class EffectSpeech(ISpeechStream speech, VoiceEffect effect) : ISpeechStream
{
    public void Write(string clause) => speech.Write(clause);

    public void Complete() => speech.Complete();

    public void Cancel() => speech.Cancel();

    public async IAsyncEnumerable<SpeechChunk> Chunks([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var chunk in speech.Chunks(cancellationToken))
            yield return chunk with { Audio = effect.Apply(chunk.Audio.Span) };
    }

    public ValueTask DisposeAsync() => speech.DisposeAsync();
}
