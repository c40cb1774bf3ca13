using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using VoiceGrains.Eval.Clock;
using VoiceGrains.Lanes;
using VoiceGrains.Recognition;

namespace VoiceGrains.Tests.Unit.Interpreting;

/// <summary>
/// Interprets random speech with a bad translator in virtual time, and checks each step. It looks at the interpretation when something happens and when it asked for
/// it, and at no other time. The translator holds words back, tags too low, repeats what stands already or says it otherwise, answers with nothing or not at all.
/// </summary>
sealed partial class RandomTurn
{
    const int MostSteps = 5_000;

    readonly Dice _dice;
    readonly Language _to;
    readonly VirtualTime _time = new();
    readonly Admission _admission;
    readonly List<string> _clauses = [];
    readonly List<string> _log = [];
    TimeSpan _playedUntil;
    ITimer? _timer;
    Answer? _drafted;
    int _call;
    bool _isOut;
    int _steps;

    RandomTurn(long seed, Language to, InterpretingRules rules)
    {
        (_dice, _to) = (Dice.For(seed, "translator"), to);
        (_admission, Interpretation) = (new Admission(Heard.English, rules.Admission), new Interpretation(to, rules));
        foreach (var happening in RandomSpeech.Of(seed))
            _time.At(happening.At, () => Happen(happening));
    }

    public Interpretation Interpretation { get; }

    public SourceText Source => _admission.Source;

    /// <summary>What happened, step by step.</summary>
    public string Log => string.Join('\n', _log);

    /// <summary>What must stand at the end: what was committed before the newest draft, and all of the draft.</summary>
    public string Whole => _drafted?.Whole ?? "";

    public bool IsOfAllWords => Source.Words.IsEmpty || (_drafted is { } draft && IsOfAll(draft));

    public int Contradicted { get; private set; }

    public int Missed { get; private set; }

    public int Calls => _call;

    public static RandomTurn Run(long seed, Language to, InterpretingRules rules)
    {
        var turn = new RandomTurn(seed, to, rules);
        turn._time.RunUntil(TimeSpan.FromHours(1));
        return turn;
    }

    void Happen(Happening happening)
    {
        _log.Add(happening.ToString());
        happening.Tell(_admission);
        Interpretation.See(Source);
        Work();
    }

    void Work()
    {
        Check(++_steps < MostSteps, "It never ends.");
        if (_dice.Falls(0.5) && Interpretation.Recallable is { } said)
            Recall(said);
        while (Next() is { } clause)
            Commit(clause);
        if (Interpretation.Ask(_time.Now, Unplayed) is { } order)
            Translate(order);
        _ = (Interpretation.Likely(Unplayed), Interpretation.Tail);
        LookAgain();
    }

    TimeSpan Unplayed => _playedUntil > _time.Now ? _playedUntil - _time.Now : TimeSpan.Zero;

    string? Next()
    {
        var before = Interpretation.Committed;
        var clause = Interpretation.Next(_time.Now, Unplayed);
        Check(Interpretation.Committed == Spacing.Join(_to, before, clause ?? ""), "Committed text grows by the clause and by nothing else.");
        return clause;
    }

    void Commit(string clause)
    {
        _log.Add($"{_time.Now} commits {clause}");
        _clauses.Add(clause);
        Check(clause.Trim().Length > 0, "A clause has words.");
        Check(Interpretation.Committed == _clauses.Aggregate("", (text, each) => Spacing.Join(_to, text, each)), "Committed text is the clauses in order, once each.");
        foreach (Match token in Tokens().Matches(clause))
        {
            var needs = _drafted!.NeedsOf(token.Value);
            Check(needs <= Source.Admitted, $"{token} needs {needs} words and {Source.Admitted} are admitted.");
            Check(Source.SameAs(_drafted.Order.Source.Words) >= needs, $"{token} was made of other words.");
        }

        _playedUntil = (_playedUntil > _time.Now ? _playedUntil : _time.Now) + (clause.Length * TimeSpan.FromMilliseconds(30));
    }

    void Translate(DraftOrder order)
    {
        Check(!_isOut, "One call at a time.");
        Check(order.Committed == Interpretation.Committed, "An order continues what is committed.");
        Check(!order.Source.Words.IsEmpty && Source.SameAs(order.Source.Words) == order.Source.Words.Length, "An order is of the words as they are.");
        Check(Source.IsOver ? order.IsWhole : !order.IsWhole || order.Source.Words.Length == Source.Admitted, "Whole is what is admitted.");
        _isOut = true;
        var (call, answer) = (++_call, Made(order));
        _log.Add($"{_time.Now} asks {order.Source.Words.Length} of {Source.Words.Length} words{(order.IsWhole ? ", whole" : "")}: {answer}");
        if (_dice.Falls(0.15))
            _time.At(_time.Now + Heard.At(1.2), () => Miss(call));
        else
            _time.At(_time.Now + _dice.Between(Heard.At(0.05), Heard.At(1.1)), () => Take(call, answer));
    }

    void Take(int call, Answer answer)
    {
        if (call != _call || !_isOut)
            return;
        _isOut = false;
        _log.Add($"{_time.Now} is answered");
        var isLate = Source.IsOver && _drafted is { } draft && IsOfAll(draft);
        if (!isLate && Continues(answer))
            _drafted = answer;
        else
            Contradicted += isLate ? 0 : 1;
        Interpretation.Take(answer.Pieces);
        Work();
    }

    void Miss(int call)
    {
        if (call != _call || !_isOut)
            return;
        _isOut = false;
        Missed++;
        Interpretation.Miss();
        Work();
    }

    void Recall(SourceText said)
    {
        Check(Interpretation.Committed.Length == 0 && said.Words.Length is > 0 and <= Interpretation.MostRecalled, "Only few words are recalled.");
        _drafted = Made(new DraftOrder(said, "", IsWhole: true));
        _log.Add($"{_time.Now} recalls {_drafted}");
        _isOut = false;
        Interpretation.Recall(said, _drafted.Pieces);
    }

    void LookAgain()
    {
        _timer?.Dispose();
        if (Interpretation.LookAgainAt is not { } at)
            return;
        Check(at > _time.Now, "Who is to look again is given time.");
        _timer = _time.CreateTimer(_ => Work(), null, at - _time.Now, Timeout.InfiniteTimeSpan);
    }

    bool Continues(Answer answer) => Interpretation.Committed is var committed
        && (committed.Length == 0 || answer.Whole == committed || answer.Whole.StartsWith(Spacing.Has(_to) ? committed + " " : committed, StringComparison.Ordinal));

    bool IsOfAll(Answer draft) => draft.Order.Source.Words.Length == Source.Words.Length && Source.SameAs(draft.Order.Source.Words) == Source.Words.Length
        && (draft.Order.IsWhole || (draft.Pieces.Length > 0 && draft.Pieces[^1].Needs == Source.Words.Length));

    // One token for each word that has none in the committed text.
    Answer Made(DraftOrder order)
    {
        var words = order.Source.Words;
        var most = order.IsWhole || _dice.Falls(0.4) ? words.Length : _dice.Between(0, words.Length);
        var fresh = Enumerable.Range(0, most).Where(word => !order.Committed.Contains(Name(word), StringComparison.Ordinal))
            .Select(word => (Needs: word + 1 + (_dice.Falls(0.2) ? _dice.Between(-3, 3) : 0), Text: $"{Name(word)}{Said(words[word])}⟩{(_dice.Falls(0.15) ? "," : "")}")).ToList();
        var repeated = Tokens().Matches(order.Committed).Select(static token => (Needs: 1, Text: token.Value)).ToList();
        if (_dice.Falls(0.7))
            repeated.RemoveRange(0, _dice.Falls(0.3) ? _dice.Below(repeated.Count + 1) : repeated.Count);
        var pieces = DraftPieces.Of(_to, words.Length, InFragments([.. repeated, .. fresh]));
        return new Answer(order, pieces, fresh.Aggregate(order.Committed, (text, token) => Spacing.Join(_to, text, token.Text)));
    }

    IEnumerable<(int Needs, string Text)> InFragments(List<(int Needs, string Text)> tokens)
    {
        for (var at = 0; at < tokens.Count;)
        {
            var until = Math.Min(tokens.Count, at + _dice.Between(1, 3));
            yield return (tokens[until - 1].Needs, string.Join(Spacing.Has(_to) ? " " : "", tokens[at..until].Select(static token => token.Text)));
            at = until;
        }
    }

    // Letters alone: nobody takes a breath behind a number.
    static string Name(int word) => string.Create(CultureInfo.InvariantCulture, $"⟨{(char)('a' + (word / 10))}{(char)('a' + (word % 10))}:");

    string Said(SourceWord word) => (_dice.Falls(0.1) ? "so" : "") + string.Concat(word.Plain.Where(char.IsLetter));

    void Check(bool holds, string law)
    {
        if (!holds)
            throw new InvalidOperationException($"{law}\n{Log}");
    }

    [GeneratedRegex("⟨[^⟩]*⟩,?")]
    private static partial Regex Tokens();

    /// <summary>An answer of the translator.</summary>
    /// <param name="Whole">The text that stands when all of it is committed.</param>
    sealed record Answer(DraftOrder Order, ImmutableArray<DraftPiece> Pieces, string Whole)
    {
        public int NeedsOf(string token) => Pieces.Last(piece => piece.Text.Contains(token, StringComparison.Ordinal)).Needs;

        public override string ToString() => string.Join(' ', Pieces.Select(static piece => $"{piece.Needs}|{piece.Text}"));
    }
}
