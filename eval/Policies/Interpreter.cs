using System.Collections.Immutable;
using VoiceGrains.Engines;
using VoiceGrains.Lanes;
using VoiceGrains.Recognition;

namespace VoiceGrains.Eval.Policies;

/// <summary>Our own: the product's <see cref="Admission"/>, <see cref="ForcedFinality"/> and <see cref="Interpretation"/>, turn after turn, as a lane drives them.</summary>
/// <param name="remembers">What was said before in the call is known again, as in the product.</param>
sealed class Interpreter(IBooth booth, InterpretingRules rules, bool remembers = true) : IPolicy
{
    static readonly Language Spoken = Language.Parse("en");

    readonly Queue<Turn> _turns = new();
    readonly ForcedFinality _finality = new(rules.Admission);
    readonly DateTimeOffset _begun = booth.Time.GetUtcNow();
    Turn? _heard;
    int _lastSegment;
    ITimer? _timer;
    string _shown = "";

    TimeSpan Now => booth.Time.GetUtcNow() - _begun;

    public void Hear(RecognizerEvent heard)
    {
        switch (heard)
        {
            case SpeechStarted:
                _finality.Begin();
                break;
            case InterimWords { Words.Length: > 0 } interim:
                _finality.Begin();
                Open().Admission.Revise(interim.Words, interim.Until);
                break;
            case FinalWords { Words.Length: > 0 } final:
                Open().Admission.Settle(final.Words, final.Until);
                _finality.Settle();
                break;
            case TurnEnded:
                _heard?.Admission.End();
                _finality.Settle();
                break;
            default:
                break;
        }

        See(isOver: heard is TurnEnded);
    }

    public void Pause(TimeSpan since)
    {
        if (_heard is { } turn)
            turn.Admission.Pause(since, since);
        if (_finality.IsWantedAtPause(Now))
            booth.FinishSegment();
        See(isOver: false);
    }

    public void Resume(TimeSpan since)
    {
        _heard?.Admission.Resume();
        See(isOver: false);
    }

    public void Take(Draft draft)
    {
        if (!_turns.TryPeek(out var turn))
            return;
        if (draft.Call == turn.Call)
            turn.Interpretation.Take(PiecesOf(draft, turn.Asked));
        Work();
    }

    public void Miss(int call)
    {
        if (_turns.TryPeek(out var turn) && turn.Call == call)
            turn.Interpretation.Miss();
        Work();
    }

    public double Tempo(TimeSpan unplayed) => CatchUp.Tempo(unplayed);

    Turn Open()
    {
        if (_heard is not null)
            return _heard;
        _heard = new Turn(++_lastSegment, new Admission(Spoken, rules.Admission), new Interpretation(booth.To, rules));
        _turns.Enqueue(_heard);
        return _heard;
    }

    void See(bool isOver)
    {
        if (_heard is not { } turn)
            return;
        turn.Interpretation.See(turn.Admission.Source);
        if (turn.Admission.WaitsForFinal && _finality.IsWantedForRisk(Now))
            booth.FinishSegment();
        if (isOver)
            _heard = null;
        Work();
    }

    void Work()
    {
        while (_turns.TryPeek(out var turn))
        {
            if (turn.Interpretation.Recallable is { } said && booth.Recall(WordsOf(said)) is { } recalled)
                turn.Interpretation.Recall(said, PiecesOf(recalled, said.Words.Length));
            while (turn.Interpretation.Next(Now, booth.Unplayed) is { } clause)
            {
                Show(turn);
                if (!remembers || !booth.Repeat(turn.Segment, clause))
                    booth.Speak(turn.Segment, clause);
            }

            Show(turn);
            if (turn.Interpretation.Ask(Now, booth.Unplayed) is { } order)
            {
                turn.Asked = order.Source.Words.Length;
                turn.Call = booth.Translate(new TranslateRequest(WordsOf(order.Source), Math.Min(order.Source.Admitted, turn.Asked), order.Committed, order.IsWhole));
            }

            if (!turn.Interpretation.IsDone)
            {
                if (turn.Interpretation.Likely(booth.Unplayed) is { } likely)
                    booth.Prepare(likely);
                LookAgain(turn.Interpretation.LookAgainAt);
                return;
            }

            if (remembers && turn.Admission.Source.Words.Length <= Interpretation.MostRecalled)
                booth.Keep(WordsOf(turn.Admission.Source));
            _turns.Dequeue();
        }
    }

    static ImmutableArray<Word> WordsOf(SourceText source) => [.. source.Words.Select(static word => word.Word)];

    ImmutableArray<DraftPiece> PiecesOf(Draft draft, int words) =>
        DraftPieces.Of(booth.To, words, draft.Fragments.Select(static fragment => (fragment.Needs, fragment.Text)));

    void Show(Turn turn)
    {
        var (committed, tail) = (turn.Interpretation.Committed, turn.Interpretation.Tail);
        var shown = $"{turn.Segment} {committed}|{tail}";
        if (shown == _shown)
            return;
        _shown = shown;
        booth.Show(new Caption(turn.Segment, committed, tail));
    }

    void LookAgain(TimeSpan? at)
    {
        _timer?.Dispose();
        _timer = at is { } then
            ? booth.Time.CreateTimer(static policy => ((Interpreter)policy!).Work(), this, then > Now ? then - Now : TimeSpan.Zero, Timeout.InfiniteTimeSpan)
            : null;
    }

    /// <summary>A turn of the speaker.</summary>
    sealed record Turn(int Segment, Admission Admission, Interpretation Interpretation)
    {
        /// <summary>How many words the translator was asked to translate.</summary>
        public int Asked { get; set; }

        /// <summary>The call that is under way, or was last.</summary>
        public int Call { get; set; }
    }
}
