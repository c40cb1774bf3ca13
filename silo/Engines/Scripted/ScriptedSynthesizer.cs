using System.Runtime.CompilerServices;
using System.Threading.Channels;
using VoiceGrains.Engines;
using VoiceGrains.Voices;

namespace VoiceGrains.Silo.Engines.Scripted;

/// <summary>Speaks in <see cref="ScriptedAudio"/>, at once.</summary>
sealed class ScriptedSynthesizer : ISynthesizer
{
    public string Name => "scripted";

    public bool Speaks(Language language) => true;

    public ISpeechStream Open(Voice voice) => new SpeechStream();

    sealed class SpeechStream : ISpeechStream
    {
        readonly Channel<string> _clauses = Channel.CreateUnbounded<string>();

        public void Write(string clause) => _clauses.Writer.TryWrite(clause);

        public void Complete() => _clauses.Writer.TryComplete();

        public void Cancel() => _clauses.Writer.TryComplete();

        public async IAsyncEnumerable<SpeechChunk> Chunks([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            var number = 0;
            await foreach (var clause in _clauses.Reader.ReadAllAsync(cancellationToken))
                yield return new SpeechChunk(++number, ScriptedAudio.Encode(clause), IsLastOfClause: true);
        }

        public ValueTask DisposeAsync()
        {
            _clauses.Writer.TryComplete();
            return ValueTask.CompletedTask;
        }
    }
}
