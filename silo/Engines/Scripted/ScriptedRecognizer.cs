using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Threading.Channels;
using VoiceGrains.Audio;
using VoiceGrains.Engines;

namespace VoiceGrains.Silo.Engines.Scripted;

/// <summary>Reads the words of <see cref="ScriptedAudio"/>, at once and without mistakes, in any language. For tests, load and development.</summary>
sealed class ScriptedRecognizer : IRecognizer
{
    public string Name => "scripted";

    public bool Knows(Language language) => true;

    public IRecognizerSession Open(RecognizerRequest request) => new Session();

    sealed class Session : IRecognizerSession
    {
        static readonly TimeSpan EndPause = TimeSpan.FromMilliseconds(200);

        readonly ScriptedAudio.Reader _reader = new();
        readonly Channel<RecognizerEvent> _events = Channel.CreateUnbounded<RecognizerEvent>();
        readonly List<Word> _words = [];
        TimeSpan _told;
        bool _isOpen;

        TimeSpan Now => At(_reader.Position);

        public bool TryWrite(ReadOnlyMemory<byte> audio)
        {
            _reader.Take(MemoryMarshal.Cast<byte, short>(audio.Span));
            TellWords();
            if (_isOpen && At(_reader.Silence) >= EndPause)
                End();
            else if (!_isOpen && At(_reader.Silence) >= Now - _told && Now - _told >= TimeSpan.FromMilliseconds(500))
                Tell(new SilenceHeard(Now));
            else if (!_isOpen && Now - _told >= TimeSpan.FromSeconds(1))
                Tell(new SilenceHeard(Now - EndPause));
            return true;
        }

        public void FinishSegment()
        {
            if (_isOpen)
                End();
        }

        public void Complete()
        {
            FinishSegment();
            Tell(new SilenceHeard(Now));
            _events.Writer.TryComplete();
        }

        public IAsyncEnumerable<RecognizerEvent> Events(CancellationToken cancellationToken) => _events.Reader.ReadAllAsync(cancellationToken);

        public ValueTask DisposeAsync()
        {
            _events.Writer.TryComplete();
            return ValueTask.CompletedTask;
        }

        static TimeSpan At(long samples) => AudioFormat.TimeOf(samples);

        void TellWords()
        {
            if (_reader.Words.Count == 0)
                return;
            if (!_isOpen)
                Tell(new SpeechStarted(At(_reader.Words[0].Start)));
            _isOpen = true;
            _words.AddRange(_reader.Words.Select(static word => new Word(
                word.Text, At(word.Start), At(word.Start + ScriptedAudio.SamplesOfWord), 1)));
            _reader.Words.Clear();
            Tell(new InterimWords(Now, [.. _words]));
        }

        void End()
        {
            Tell(new FinalWords(Now, [.. _words]));
            Tell(new TurnEnded(Now, _words[^1].End));
            _words.Clear();
            _isOpen = false;
        }

        void Tell(RecognizerEvent happened)
        {
            _told = happened.Until;
            _events.Writer.TryWrite(happened);
        }
    }
}
