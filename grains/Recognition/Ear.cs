using System.Threading.Channels;
using VoiceGrains.Context;
using VoiceGrains.Engines;

namespace VoiceGrains.Recognition;

/// <summary>
/// A participant's way to a recognizer: one session at a time, its events in order, also when the language changes in between. Positions are on one
/// clock over all sessions. When an engine fails the next one hears what had no final words, and once a better one may be tried again it takes over in a pause.
/// Runs in the turns of the participant.
/// </summary>
sealed class Ear : IAsyncDisposable
{
    const int MostSessions = 16;

    // A turn is told a moment after it ended; if much has been taken since, somebody may speak again.
    static readonly TimeSpan StillPause = TimeSpan.FromMilliseconds(700);

    readonly EngineSet _engines;
    readonly IHearing _hearing;
    readonly KnownTerms _terms;
    readonly CancellationTokenSource _closing = new();

    // A session waits here until the one before it has said its last words. People change language now and then, not 16 times at once.
    readonly Channel<Listening> _sessions = Channel.CreateBounded<Listening>(MostSessions);
    readonly Task _reading;
    readonly Retries _retries;
    Listening? _current;
    bool _isWaiting;

    public Ear(EngineSet engines, TimeProvider time, IHearing hearing, KnownTerms terms)
    {
        _engines = engines;
        _retries = new Retries(time);
        _hearing = hearing;
        _terms = terms;
        _reading = ReadAll();
    }

    /// <summary>End of the audio taken so far.</summary>
    public TimeSpan Position { get; private set; }

    /// <summary>Name of the engine that hears now; null: none has been opened.</summary>
    public string? Engine => _current?.Engine?.Name;

    /// <summary>Changes the language; what was heard before is finished in the old one. False: nobody can recognize it.</summary>
    public bool Listen(Language language)
    {
        _current?.Session?.Complete();
        _current = new Listening(language, Position);
        return _engines.RecognizersFor(language).Any();
    }

    /// <summary>Takes audio. False: not now, the recognizer is behind or being restarted.</summary>
    public bool TryHear(ReadOnlyMemory<byte> audio)
    {
        if (_current is null || (_current.Session is null && !TryOpen(_current)) || !_current.Session!.TryWrite(audio))
            return false;
        Position += AudioTime.Of(audio);
        return true;
    }

    /// <summary>Asks for the final words of what was heard so far, because nothing more comes for now.</summary>
    public void Pause() => _current?.Session?.FinishSegment();

    /// <summary>Asks for the final words of what was heard so far, though the speaker goes on.</summary>
    public void AskForWords() => _current?.Session?.FinishWords();

    /// <summary>Asks for the final words of what was heard so far; the ear hears nothing any more. Completes when they are out.</summary>
    public Task FinishNow()
    {
        _current?.Session?.FinishSegment();
        return Finish();
    }

    /// <summary>Finishes what was heard. The ear hears nothing any more; completes when the last words are out.</summary>
    public Task Finish()
    {
        _current?.Session?.Complete();
        _current = null;
        _sessions.Writer.TryComplete();
        return _reading;
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await Finish();
    }

    bool TryOpen(Listening listening)
    {
        if (_sessions.Reader.Count >= MostSessions)
            return false;
        if (_engines.RecognizersFor(listening.Language).Any(engine => MayTry(engine) && TryOpen(listening, engine)))
        {
            _isWaiting = false;
            return _sessions.Writer.TryWrite(listening);
        }

        if (!_isWaiting)
            _hearing.Wait(listening.Language);
        _isWaiting = true;
        return false;
    }

    bool TryOpen(Listening listening, IRecognizer engine)
    {
        try
        {
            // What was taken for a session that is gone comes again, so the new one begins here.
            listening.Base = Position;
            listening.Session = engine.Open(new RecognizerRequest(listening.Language) { Keyterms = _terms.Glossary.Keyterms(listening.Language) });
            listening.Engine = engine;
            return true;
        }
        catch (Exception error)
        {
            _retries.Fail(engine, _engines.Failed(engine, error));
            return false;
        }
    }

    // The engine's health is asked last: it may let this one call through only.
    bool MayTry(IRecognizer engine) => _retries.IsDue(engine) && _engines.MayTry(engine);

    async Task ReadAll()
    {
        try
        {
            await foreach (var listening in _sessions.Reader.ReadAllAsync(_closing.Token))
                await ReadOnce(listening);
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // The participant is gone.
        }
    }

    async Task ReadOnce(Listening listening)
    {
        await using var session = listening.Session!;
        if (listening.IsAbandoned)
            return;
        try
        {
            var hasWorked = false;
            await foreach (var happened in session.Events(_closing.Token))
            {
                // Only words prove that the engine works; that somebody speaks it knows before it has begun to.
                if (!hasWorked && happened is FinalWords or TurnEnded)
                {
                    _retries.Succeed(listening.Engine!);
                    _engines.Succeeded(listening.Engine!);
                    hasWorked = true;
                }

                _hearing.Hear(happened, listening.Base, listening.Language);
                if (happened is TurnEnded)
                    GoBackToBetter(listening, happened.Until);
            }
        }
        catch (Exception error) when (error is not OperationCanceledException || !_closing.IsCancellationRequested)
        {
            if (_closing.IsCancellationRequested)
                return;
            _retries.Fail(listening.Engine!, _engines.Failed(listening.Engine!, error));
            Abandon();
            _isWaiting = true;
            _hearing.Lose(listening.Language);
        }
    }

    void GoBackToBetter(Listening listening, TimeSpan until)
    {
        if (listening != _current || Position - listening.Base - until > StillPause || _sessions.Reader.Count >= MostSessions)
            return;
        var young = new Listening(listening.Language, Position);
        if (!_engines.RecognizersFor(listening.Language).TakeWhile(engine => engine != listening.Engine).Any(engine => MayTry(engine) && TryOpen(young, engine)))
            return;
        listening.Session!.Complete();
        _current = young;
        _sessions.Writer.TryWrite(young);
    }

    // All audio that is not settled comes again. If a session of an earlier language failed, the one that is open has heard some of it: it goes too.
    void Abandon()
    {
        if (_current is not { } current)
            return;
        current.IsAbandoned = true;
        _current = new Listening(current.Language, Position);
    }

    sealed class Listening(Language language, TimeSpan start)
    {
        public Language Language { get; } = language;

        public TimeSpan Base { get; set; } = start;

        public IRecognizerSession? Session { get; set; }

        /// <summary>Whose session it is.</summary>
        public IRecognizer? Engine { get; set; }

        /// <summary>What it heard comes again for another session.</summary>
        public bool IsAbandoned { get; set; }
    }
}

/// <summary>Takes what an ear hears.</summary>
interface IHearing
{
    /// <summary>An event of the recognizer; its positions begin at <paramref name="offset"/>.</summary>
    void Hear(RecognizerEvent happened, TimeSpan offset, Language language);

    /// <summary>The recognizer failed, and with it the audio that it had not put into final words.</summary>
    void Lose(Language language);

    /// <summary>No recognizer works just now. Audio is taken when one does.</summary>
    void Wait(Language language);
}
