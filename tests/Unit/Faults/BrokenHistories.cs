using VoiceGrains.Client;
using VoiceGrains.Tests.Faults.Checks;

namespace VoiceGrains.Tests.Unit.Faults;

/// <summary>The checker of the fault suite finds each thing that must not be: one that can't fail proves nothing.</summary>
public sealed class BrokenHistories
{
    static readonly TimeSpan Late = TimeSpan.FromSeconds(9);

    [Fact]
    public void A_call_without_faults_has_no_findings() => Assert.Empty(CallCheck.Check(PlayedCall.Whole(), mayRepeat: false));

    [Fact]
    public void A_lost_caption_is_found() =>
        Found(FindingKind.Lost, PlayedCall.WithSeen(static seen => seen.Where(static each => each is not SeenCaption { Caption: { Segment: 2, Final: true } })));

    [Fact]
    public void A_lost_last_caption_is_found() =>
        Found(FindingKind.Lost, PlayedCall.WithSeen(static seen => seen.Where(static each => each is not SeenCaption { Caption: { Segment: 3, Final: true } })));

    [Fact]
    public void A_caption_that_is_final_twice_is_found() =>
        Found(FindingKind.Duplicated, PlayedCall.WithSeen(static seen => [.. seen, seen.OfType<SeenCaption>().First(static each => each.Caption.Final)]));

    [Fact]
    public void A_sentence_that_comes_again_as_another_segment_is_found() => Found(
        FindingKind.Duplicated, PlayedCall.WithSeen(static seen => [.. seen, PlayedCall.CaptionOf(Late, 4, 1, "es", "a3w1·es a3w2·es, a3w3·es.", isFinal: true)]));

    [Fact]
    public void Committed_text_that_changed_is_found() => Found(FindingKind.Changed, PlayedCall.WithSeen(static seen => seen.Select(static each =>
        each is SeenCaption { Caption: { Segment: 1, Revision: 1 } caption } ? new SeenCaption(each.At, caption with { Text = "a1w1·es a1w9·es," }) : each)));

    [Fact]
    public void Words_that_nobody_said_are_found() => Found(FindingKind.WrongText, PlayedCall.WithSeen(static seen => seen.Select(static each =>
        each is SeenCaption { Caption: { Segment: 2 } caption } ? new SeenCaption(each.At, caption with { Text = "a2w1·es hm·es a2w2·es." }) : each)));

    [Fact]
    public void Two_sentences_in_one_segment_are_found() => Found(FindingKind.WrongText, PlayedCall.WithSeen(static seen => seen
        .Where(static each => each is not SeenCaption { Caption.Segment: 2 or 3 })
        .Append(PlayedCall.CaptionOf(Late, 2, 1, "es", "a2w1·es a2w2·es. a3w1·es a3w2·es, a3w3·es.", isFinal: true))));

    [Fact]
    public void A_sentence_in_two_segments_is_allowed() => Assert.Empty(CallCheck.Check(
        PlayedCall.WithSeen(static seen => seen
            .Where(static each => each is not SeenCaption { Caption.Segment: 3 })
            .Append(PlayedCall.CaptionOf(Late, 3, 1, "es", "a3w1·es a3w2·es,", isFinal: true))
            .Append(PlayedCall.CaptionOf(Late, 4, 1, "es", "a3w3·es.", isFinal: true))),
        mayRepeat: false));

    [Fact]
    public void Finals_in_the_wrong_order_are_found() => Found(FindingKind.WrongOrder, PlayedCall.WithSeen(static seen =>
        [.. seen.Where(static each => each is not SeenCaption { Caption.Segment: 1 }), .. seen.Where(static each => each is SeenCaption { Caption.Segment: 1 })]));

    [Fact]
    public void A_clause_that_was_never_heard_is_found() => Found(FindingKind.Lost, PlayedCall.WithSeen(static seen => seen.Where(static each => !IsOf(each, 3, 1))));

    [Fact]
    public void A_clause_that_began_twice_is_found() =>
        Found(FindingKind.Duplicated, PlayedCall.WithSeen(static seen => [.. seen, seen.First(static each => each is SeenClause && IsOf(each, 1, 1))]));

    [Fact]
    public void A_clause_that_is_spoken_again_under_another_number_is_found() => Found(FindingKind.Duplicated, PlayedCall.WithSeen(Again("a1w1·es a1w2·es,", 9)));

    [Fact]
    public void A_gap_in_a_clause_is_found() => Found(FindingKind.Lost, PlayedCall.WithSeen(static seen =>
        seen.Where(static each => each is not SeenAudio { Place: { Segment: 2, Clause: 1 } } audio || audio.Begins != TimeSpan.FromMilliseconds(200))));

    [Fact]
    public void A_clause_that_breaks_off_is_found() => Found(FindingKind.Lost, PlayedCall.WithSeen(static seen =>
        seen.Where(static each => each is not SeenAudio { Place: { Segment: 2, Clause: 1 } } audio || audio.Begins < TimeSpan.FromMilliseconds(300))));

    [Fact]
    public void Clauses_in_the_wrong_order_are_found() => Found(FindingKind.WrongOrder, PlayedCall.WithSeen(static seen =>
        [.. seen.Where(static each => !IsOf(each, 1, 1)), .. seen.Where(static each => IsOf(each, 1, 1))]));

    [Theory]
    [InlineData(60, 1, 0, true)]
    [InlineData(60, 0, 1, true)]
    [InlineData(60, 0, 0, false)]
    [InlineData(59, 0, 0, true)]
    public void A_frame_that_is_unaccounted_for_is_found(long highest, long lost, long pending, bool isBalanced)
    {
        var call = PlayedCall.With("ann", ann => ann with { Ledger = new Ledger(highest, lost, pending, isBalanced) });

        Found(FindingKind.Unaccounted, call);
        Assert.Equal((60 - highest) + lost + pending, CallCheck.Unaccounted(call));
    }

    [Fact]
    public void After_a_double_failure_one_clause_may_be_heard_again_and_is_counted()
    {
        var call = PlayedCall.WithSeen(Again("a1w1·es a1w2·es,", 9));

        Assert.Equal([FindingKind.Repeated], CallCheck.Check(call, mayRepeat: true).Select(static finding => finding.Kind));
    }

    [Fact]
    public void After_a_double_failure_two_clauses_may_not_be_heard_again() =>
        Assert.Contains(
            CallCheck.Check(PlayedCall.WithSeen(seen => Again("a2w1·es a2w2·es.", 8)([.. Again("a1w1·es a1w2·es,", 9)(seen)])), mayRepeat: true),
            static finding => finding.Kind == FindingKind.Duplicated);

    [Theory]
    [InlineData(8.0, true)]
    [InlineData(12.0, false)]
    public void What_was_said_long_before_somebody_came_back_need_not_be_spoken(double backAt, bool isLost)
    {
        var call = PlayedCall.WithSeen(seen =>
        [
            .. seen.Where(static each => !IsOf(each, 2, 1)),
            new SeenConnection(TimeSpan.FromSeconds(1.5), false),
            new SeenConnection(TimeSpan.FromSeconds(backAt), true),
        ]);

        Assert.Equal(isLost ? [FindingKind.Lost] : [], CallCheck.Check(call, mayRepeat: false).Select(static finding => finding.Kind));
    }

    static Func<IReadOnlyList<Seen>, IEnumerable<Seen>> Again(string text, int clause) =>
        seen => [.. seen, .. PlayedCall.Clause(Late, new ClausePlace("ann", "es", 3, clause), text)];

    static bool IsOf(Seen seen, int segment, int clause) => seen switch
    {
        SeenClause { Place: var place } => (place.Segment, place.Clause) == (segment, clause),
        SeenAudio { Place: var place } => (place.Segment, place.Clause) == (segment, clause),
        SeenClauseEnd { Place: var place } => (place.Segment, place.Clause) == (segment, clause),
        _ => false,
    };

    static void Found(FindingKind kind, CallHistory call) =>
        Assert.Contains(CallCheck.Check(call, mayRepeat: false), finding => finding.Kind == kind);
}
