using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading.Channels;
using VoiceGrains.Audio;
using VoiceGrains.Engines;

namespace VoiceGrains.Silo.Engines.Scripted;

/// <summary>One stream of scripted audio: interim words when a word is whole, final ones at a mark or pause, the end of the turn at a pause of 200 ms.</summary>
sealed class ScriptedSession : IRecognizerSession
{
    const string Marks = ",;:.!?";
    static readonly TimeSpan EndPause = TimeSpan.FromMilliseconds(200);

    readonly ScriptedOptions _options;
    readonly TimeProvider _time;
    readonly AudioPace _pace;
    readonly ScriptedAudio.Reader _reader = new();

    // Bounded by the pace at which audio comes; each event is small.
    readonly Channel<(RecognizerEvent Happened, long TellAt)> _events = Channel.CreateUnbounded<(RecognizerEvent, long)>();
    readonly List<Word> _words = [];
    TimeSpan _told;
    TimeSpan _spokenUntil;
    bool _isOpen;

    public ScriptedSession(ScriptedOptions options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        _pace = new AudioPace(options.RecognizerSpeed, time);
    }

    TimeSpan Now => At(_reader.Position);

    public bool TryWrite(ReadOnlyMemory<byte> audio)
    {
        if (!_pace.TryTake(audio))
            return false;
        _reader.Take(MemoryMarshal.Cast<byte, short>(audio.Span));
        TakeWords();
        if (_isOpen && At(_reader.Silence) >= EndPause)
            End(Now);
        else if (!_isOpen && At(_reader.Silence) >= Now - _told && Now - _told >= TimeSpan.FromMilliseconds(500))
            Tell(new SilenceHeard(Now));
        else if (!_isOpen && Now - _told >= TimeSpan.FromSeconds(1) && At(_reader.Settled) > _told)
            Tell(new SilenceHeard(At(_reader.Settled)));
        return true;
    }

    public void FinishSegment()
    {
        if (_isOpen)
            End(At(_reader.Settled));
    }

    public void Complete()
    {
        if (_isOpen)
            End(Now);
        Tell(new SilenceHeard(Now));
        _events.Writer.TryComplete();
    }

    public async IAsyncEnumerable<RecognizerEvent> Events([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var (happened, tellAt) in _events.Reader.ReadAllAsync(cancellationToken))
        {
            if (_time.GetElapsedTime(_time.GetTimestamp(), tellAt) is var early && early > TimeSpan.Zero)
                await Task.Delay(early, _time, cancellationToken);
            yield return happened;
        }
    }

    public ValueTask DisposeAsync()
    {
        _events.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }

    static TimeSpan At(long samples) => AudioFormat.TimeOf(samples);

    void TakeWords()
    {
        if (_reader.Words.Count == 0)
            return;
        foreach (var (text, start, end) in _reader.Words)
        {
            if (!_isOpen)
                Tell(new SpeechStarted(At(start)));
            (_isOpen, _spokenUntil) = (true, At(end));
            _words.Add(new Word(text, At(start), At(end), 1));
            if (_options.FinalAtMarks && Marks.Contains(text[^1], StringComparison.Ordinal))
                Finish(At(end));
        }

        _reader.Words.Clear();
        if (_words.Count > 0)
            Tell(new InterimWords(At(_reader.Settled), [.. _words]));
    }

    void Finish(TimeSpan until)
    {
        if (_words.Count > 0)
            Tell(new FinalWords(until, [.. _words]), isLate: true);
        _words.Clear();
    }

    void End(TimeSpan until)
    {
        Finish(until);
        Tell(new TurnEnded(until, _spokenUntil), isLate: true);
        _isOpen = false;
    }

    void Tell(RecognizerEvent happened, bool isLate = false)
    {
        _told = happened.Until;
        var latency = isLate ? _options.RecognizerLatency : TimeSpan.Zero;
        _events.Writer.TryWrite((happened, _time.GetTimestamp() + (long)(latency.TotalSeconds * _time.TimestampFrequency)));
    }
}
