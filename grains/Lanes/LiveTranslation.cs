using VoiceGrains.Engines;
using VoiceGrains.Media;
using VoiceGrains.Recognition;

namespace VoiceGrains.Lanes;

/// <summary>
/// Translates what is being said of a segment: drives an <see cref="Interpretation"/> with engines, a clock and the listener's unplayed speech. It never has the last
/// word: what it has not committed when the sentences are over is left to <see cref="SentenceTranslation"/>. Runs in the turns of the participant.
/// </summary>
sealed class LiveTranslation : IDisposable
{
    // With more to be heard the synthesizer has time enough.
    static readonly TimeSpan ForeseenBelow = TimeSpan.FromSeconds(1);

    // Engines have limits of their own, which are settings and shorter.
    static readonly TimeSpan DraftLimit = TimeSpan.FromSeconds(30);

    readonly LaneServices _services;
    readonly Language _to;
    readonly LaneSegment _segment;
    readonly Unplayed _unplayed;
    readonly PhraseMemory _memory;
    readonly Action _wake;
    readonly Interpretation _interpretation;
    readonly CancellationTokenSource _closing;
    readonly CancellationToken _closed;
    readonly ITimer _timer;

    // Words of the segment that belong to sentences which were translated before.
    readonly int _wordsBefore;
    Task _drafting = Task.CompletedTask;
    DraftOrder? _order;
    SentenceClock? _clock;
    bool _isStopped;

    /// <param name="wordsBefore">So many words of the segment are translated wholly.</param>
    /// <param name="wake">To be called when there is something to do: <see cref="Hear"/>.</param>
    public LiveTranslation(LaneServices services, Language to, LaneSegment segment, int wordsBefore, Unplayed unplayed, PhraseMemory memory, Action wake, CancellationToken closing)
    {
        (_services, _to, _segment, _wordsBefore, _unplayed, _memory, _wake) = (services, to, segment, wordsBefore, unplayed, memory, wake);
        _closing = CancellationTokenSource.CreateLinkedTokenSource(closing);
        _closed = _closing.Token;
        _interpretation = new Interpretation(to, services.Rules);
        _interpretation.Continue(segment.Begun, segment.WordsBegun);
        _timer = services.Time.CreateTimer(static wake => ((Action)wake!)(), wake, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public int Segment => _segment.Number;

    /// <summary>No engine drafts just now: what is said should be translated sentence by sentence.</summary>
    public bool IsFailing { get; private set; }

    /// <summary>How many words of the sentences it is at are translated.</summary>
    public int Covered => _interpretation.Covered;

    /// <summary>Whether what is committed was translated of the words that count now, and of no others.</summary>
    public bool IsFaithful => _interpretation.IsFaithful;

    /// <summary>The words look like this now; does what can be done now. To be called again, with the same words, whenever woken.</summary>
    public void Hear(SpokenWords heard)
    {
        _clock = heard.Clock;
        _interpretation.See(heard.Source.Behind(_wordsBefore));
        Recall();
        Commit(heard.Clock);
        _segment.Show(heard.Clock, _interpretation.Tail);
        if (_interpretation.Ask(_unplayed.Now, _unplayed.Length) is { } order)
            _drafting = Draft(_order = order);
        if (_services.Engines.Speech.IsForeseen && _unplayed.Length < ForeseenBelow && _interpretation.Likely(_unplayed.Length) is { } likely)
            _segment.Speech?.Foresee(likely);
        var due = _interpretation.LookAgainAt - _unplayed.Now;
        _timer.Change(due is { } later ? TimeSpan.FromTicks(Math.Max(later.Ticks, TimeSpan.TicksPerMillisecond)) : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The sentences are over, and this is all that was said. True: all of it is translated and committed.</summary>
    public async Task<bool> Finish(SourceText whole, SentenceClock ended)
    {
        var clock = _clock ?? ended;
        _interpretation.See(whole);
        _isStopped = whole.Words is [.., var last] && WordLists.EndsSentence(last.Word.Text);
        Recall();
        Commit(clock);
        if (!_interpretation.IsDone && _interpretation.IsAnswerComing)
        {
            await _drafting;
            Commit(clock);
        }

        return _interpretation.IsDone;
    }

    public void Dispose()
    {
        _timer.Dispose();
        _closing.Cancel();
        _closing.Dispose();
    }

    void Recall()
    {
        if (_interpretation.Recallable is not { } said || _memory.Find(_segment.Spoken, said) is not { } known)
            return;
        // An answer that is on its way is about what was not known yet.
        _order = null;
        _interpretation.Recall(said, DraftPieces.Of(_to, said.Words.Length, [(said.Words.Length, known)]));
    }

    void Commit(SentenceClock clock)
    {
        while (_interpretation.Next(_unplayed.Now, _unplayed.Length) is { } clause)
            _segment.Commit(clock, clause + MissingStop(clause), TranslationQuality.Good, _services.Time.GetElapsedTime(clock.FinalAt), _interpretation.Covered);
    }

    void Miss(DraftOrder order)
    {
        if (_order == order)
            _interpretation.Miss();
    }

    // Recognizers write the full stop when the sentence is over: the draft was made before it, and a voice must know where to fall.
    string MissingStop(string clause) => _isStopped && _interpretation.IsDone && !WordLists.EndsWithMark(clause) ? Spacing.StopOf(_to) : "";

    async Task Draft(DraftOrder order)
    {
        // The lane looks at the answer when it has done what it is at.
        await Task.Yield();
        if (_closed.IsCancellationRequested)
            return;
        if (_services.Engines.DrafterFor(_segment.Spoken, _to) is not { } engine)
        {
            IsFailing = true;
            Miss(order);
            _wake();
            return;
        }

        using var limit = new CancellationTokenSource(DraftLimit, _services.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _closed);
        try
        {
            _services.Use.Drafts++;
            var fragments = new List<(int Needs, string Text)>();
            var started = _services.Time.GetTimestamp();
            await foreach (var fragment in engine.Draft(_services.Context.Of(order, _segment, _to, _segment.IsBrief), either.Token))
                fragments.Add((fragment.Needs, fragment.Text));
            if (_order == order)
                _interpretation.Take(DraftPieces.Of(_to, order.Source.Words.Length, fragments));
            CallMeters.Stage("draft", _services.Time.GetElapsedTime(started));
            _services.Engines.Succeeded(engine);
            _services.Use.Translators[_to] = engine.Name;
            IsFailing = false;
        }
        catch (Exception) when (_closed.IsCancellationRequested)
        {
            Miss(order);
            return;
        }
        catch (Exception error)
        {
            var fault = limit.IsCancellationRequested ? new EngineFaultException(engine.Name, FaultKind.Stalled, "No draft within the limit.") : error;
            _services.Engines.Failed(engine, fault);
            IsFailing = true;
            Miss(order);
        }

        _wake();
    }
}
