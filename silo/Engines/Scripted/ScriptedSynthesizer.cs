using System.Runtime.CompilerServices;
using System.Threading.Channels;
using VoiceGrains.Engines;
using VoiceGrains.Voices;

namespace VoiceGrains.Silo.Engines.Scripted;

/// <summary>Speaks in <see cref="ScriptedAudio"/>, at once or at a speed. Words in somebody's own voice end with <c>@</c> and its id.</summary>
sealed class ScriptedSynthesizer(ScriptedOptions? options = null, TimeProvider? time = null) : ISynthesizer
{
    readonly ScriptedOptions _options = options ?? new ScriptedOptions();
    readonly TimeProvider _time = time ?? TimeProvider.System;

    public string Name => "scripted";

    public bool Speaks(Language language) => true;

    public ISpeechStream Open(Voice voice) => new SpeechStream(_options, voice.Own is { } own ? $"@{own.Id}" : "", _time);

    sealed class SpeechStream(ScriptedOptions options, string mark, TimeProvider time) : ISpeechStream
    {
        const int BytesOfPiece = 3_200;
        static readonly TimeSpan Piece = TimeSpan.FromMilliseconds(100);

        // Holds the clauses of one segment.
        readonly Channel<string> _clauses = Channel.CreateUnbounded<string>();

        public void Write(string clause) => _clauses.Writer.TryWrite(clause);

        public void Complete() => _clauses.Writer.TryComplete();

        public void Cancel() => _clauses.Writer.TryComplete();

        public async IAsyncEnumerable<SpeechChunk> Chunks([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            var number = 0;
            await foreach (var clause in _clauses.Reader.ReadAllAsync(cancellationToken))
            {
                number++;
                var words = clause.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word + mark);
                var audio = ScriptedAudio.Encode(words, (int)(options.SynthesizedWord.TotalSeconds * 16_000));
                var piece = options.SynthesisSpeed > 0 ? BytesOfPiece : audio.Length;
                for (var at = 0; at < audio.Length; at += piece)
                {
                    if (options.SynthesisSpeed > 0)
                        await Task.Delay(Piece / options.SynthesisSpeed, time, cancellationToken);
                    yield return new SpeechChunk(number, audio.AsMemory(at, Math.Min(piece, audio.Length - at)), IsLastOfClause: at + piece >= audio.Length);
                }
            }
        }

        public ValueTask DisposeAsync()
        {
            _clauses.Writer.TryComplete();
            return ValueTask.CompletedTask;
        }
    }
}
