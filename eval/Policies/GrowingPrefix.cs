using System.Collections.Immutable;
using VoiceGrains.Engines;
using VoiceGrains.Eval.Corpora;

namespace VoiceGrains.Eval.Policies;

/// <summary>How many pieces of the newest draft are committed, beside the rest of the draft before and the number of source words that it saw.</summary>
delegate int Ripe(ImmutableArray<Fragment> before, ImmutableArray<Fragment> now, int words);

/// <summary>
/// Drafts the whole turn again and again while it is spoken, one call at a time, each continuing what was committed, and commits what a rule calls ripe. The frame of
/// wait-k and of local agreement; both take the recognizer's words as they come, stable or not.
/// </summary>
sealed class GrowingPrefix(IBooth booth, Ripe ripe) : IPolicy
{
    readonly Queue<Turn> _turns = new();
    readonly Chunks _chunks = new(booth);
    Turn _heard = new(1);
    TranslateRequest? _asked;

    public void Hear(RecognizerEvent heard)
    {
        _heard.Hear(heard);
        if (!_turns.Contains(_heard) && !_heard.Words.IsEmpty)
            _turns.Enqueue(_heard);
        if (heard is TurnEnded)
            _heard = new Turn(_heard.Segment + 1);
        Call();
    }

    public void Pause(TimeSpan since)
    {
    }

    public void Take(Draft draft)
    {
        var turn = _turns.Peek();
        var (asked, pieces) = (_asked!, Pieces.WithoutOverlap(Pieces.Of(draft, booth.To), turn.Committed, booth.To));
        _asked = null;
        Commit(turn, pieces, asked.IsWhole ? pieces.Length : ripe(turn.Rest, pieces, asked.Words.Length));
        if (asked.IsWhole)
        {
            _chunks.Flush();
            _turns.Dequeue();
        }

        Call();
    }

    public void Miss(int call)
    {
        _asked = null;
        _turns.Peek().Drafted = default;
        Call();
    }

    void Commit(Turn turn, ImmutableArray<Fragment> pieces, int count)
    {
        foreach (var piece in pieces[..count])
            turn.Committed = Writing.Join(booth.To, turn.Committed, piece.Text);
        turn.Rest = pieces[count..];
        booth.Show(new Caption(turn.Segment, turn.Committed, turn.Rest.Aggregate("", (text, piece) => Writing.Join(booth.To, text, piece.Text))));
        _chunks.Add(turn.Segment, pieces[..count]);
    }

    void Call()
    {
        if (_asked is not null || !_turns.TryPeek(out var turn))
            return;
        var plain = string.Join(' ', turn.Words.Select(static word => Writing.Plain(word.Text)));
        if (!turn.IsOver && plain == turn.Drafted)
            return;
        turn.Drafted = plain;
        _asked = new TranslateRequest(turn.Words, turn.Final, turn.Committed, turn.IsOver);
        booth.Translate(_asked);
    }

    /// <summary>A turn, and what became of it so far.</summary>
    sealed class Turn(int segment)
    {
        public int Segment { get; } = segment;

        public ImmutableArray<Word> Words { get; private set; } = [];

        /// <summary>How many of the words are final.</summary>
        public int Final { get; private set; }

        public bool IsOver { get; private set; }

        public string Committed { get; set; } = "";

        /// <summary>What the last draft had behind it.</summary>
        public ImmutableArray<Fragment> Rest { get; set; } = [];

        /// <summary>The words that were drafted last.</summary>
        public string? Drafted { get; set; }

        public void Hear(RecognizerEvent heard)
        {
            switch (heard)
            {
                case InterimWords interim:
                    Words = [.. Words[..Final], .. interim.Words];
                    break;
                case FinalWords { Words.Length: > 0 } final:
                    // Interims that were seen already go on behind the final words.
                    var behind = Words.Skip(Final).Where(word => word.Start > final.Words[^1].Start);
                    Words = [.. Words[..Final], .. final.Words, .. behind];
                    Final += final.Words.Length;
                    break;
                case TurnEnded:
                    IsOver = true;
                    break;
                default:
                    break;
            }
        }
    }
}
