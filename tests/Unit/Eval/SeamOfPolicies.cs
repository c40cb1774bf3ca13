using VoiceGrains.Engines;
using VoiceGrains.Eval.Corpora;
using VoiceGrains.Eval.Policies;
using VoiceGrains.Eval.Profiles;
using VoiceGrains.Eval.Sessions;

namespace VoiceGrains.Tests.Unit.Eval;

/// <summary>What a policy is told, and what it can do: the ground on which the product's own rules are measured.</summary>
public sealed class SeamOfPolicies
{
    static readonly EvaluationProfile Noticed = World.Perfect with { Recognizer = World.Perfect.Recognizer with { PauseNoticedAfter = TimeSpan.FromMilliseconds(200) } };

    readonly Talk _talk = World.Sentence(7, 30);

    [Fact]
    public void It_hears_of_a_pause_before_the_recognizer_says_so()
    {
        var policy = Run(static booth => new Listening(booth));

        var told = policy.Told.Single(each => each.What == $"pause {_talk.End}").At;
        Assert.Equal(_talk.End + World.Perfect.Recognizer.PauseNoticedAfter + World.Perfect.Recognizer.Uplink, told);
        Assert.True(told < policy.Told.Single(static each => each.What == nameof(TurnEnded)).At);
    }

    [Fact]
    public void It_is_told_when_somebody_goes_on_after_a_pause_that_it_was_told_of_and_only_then()
    {
        var talk = World.Monologue(3);
        // Some pauses between words are too short to be noticed.
        var gaps = talk.Words.Zip(talk.Words.Skip(1)).Where(static pair => pair.Second.Start > pair.First.End).Select(static pair => (Since: pair.First.End, Until: pair.Second.Start)).ToList();
        var noticed = gaps.Where(static gap => gap.Until - gap.Since >= Noticed.Recognizer.PauseNoticedAfter).ToList();
        Assert.InRange(noticed.Count, 5, gaps.Count - 1);

        var told = Run(static booth => new Listening(booth), Noticed, talk).Told.Where(static each => each.What.Contains(':', StringComparison.Ordinal)).ToList();

        // 90 ms until voice is noticed, 60 ms on the way.
        Assert.Equal(
            [.. noticed.SelectMany(static gap => new[] { $"pause {gap.Since}", $"resume {gap.Until}" }), $"pause {talk.End}"],
            told.Select(static each => each.What));
        Assert.Equal(noticed.Select(static gap => gap.Until + TimeSpan.FromMilliseconds(150)), told.Where(static each => each.What.StartsWith("resume", StringComparison.Ordinal)).Select(static each => each.At));
    }

    [Fact]
    public void Its_timers_ring_in_virtual_time_between_other_events()
    {
        var policy = Run(static booth => new Listening(booth));

        Assert.Equal(TimeSpan.FromSeconds(1), policy.Told.Single(static each => each.What == "timer").At);
        Assert.Equal(policy.Told.Select(static each => each.At).Order(), policy.Told.Select(static each => each.At));
    }

    [Fact]
    public void What_it_asks_the_recognizer_to_finish_comes_as_final_words()
    {
        var asking = Run(static booth => new Listening(booth) { FinishesAfter = TimeSpan.FromSeconds(1) });
        var waiting = Run(static booth => new Listening(booth));

        Assert.True(FirstFinal(asking) < TimeSpan.FromSeconds(1.5) && FirstFinal(waiting) > TimeSpan.FromSeconds(4));
    }

    [Fact]
    public void A_commit_outside_of_an_answer_counts_as_a_draft_that_was_at_hand()
    {
        var (late, atOnce) = (RunLog(static booth => new Drafting(booth) { CommitsInAnswer = false }), RunLog(static booth => new Drafting(booth) { CommitsInAnswer = true }));

        Assert.Equal((1, 1), (late.Commits, late.Hits));
        Assert.Equal((1, 0), (atOnce.Commits, atOnce.Hits));
    }

    [Fact]
    public void Speech_that_was_prepared_comes_sooner()
    {
        var (prepared, not) = (RunLog(static booth => new Drafting(booth) { Prepares = true }), RunLog(static booth => new Drafting(booth)));

        Assert.Equal(TimeSpan.FromMilliseconds(170), not.Heard[0].Start - prepared.Heard[0].Start);
    }

    [Fact]
    public void A_word_that_was_wrong_when_it_was_committed_is_counted_and_where_it_came_from_is_known()
    {
        var log = RunLog(static booth => new Drafting(booth) { Mishears = true });

        var word = log.Committed[0];
        Assert.Equal((0, "he"), (word.Token!.Source, word.Token.Heard));
        // Asked with the interim at two seconds; voice activity may have known a little more.
        Assert.InRange(word.Edge, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2.2));
    }

    Listening Run(Func<IBooth, Listening> make, EvaluationProfile? profile = null, Talk? talk = null)
    {
        Listening? policy = null;
        Session.Run(profile ?? World.Perfect, talk ?? _talk, Targets.Spanish, booth => policy = make(booth));
        return policy!;
    }

    SessionLog RunLog(Func<IBooth, IPolicy> make) => Session.Run(World.Perfect, _talk, Targets.Spanish, make);

    static TimeSpan FirstFinal(Listening policy) => policy.Told.First(static each => each.What == nameof(FinalWords)).At;

    /// <summary>Writes down what it is told.</summary>
    sealed class Listening : IPolicy
    {
        readonly IBooth _booth;

        public Listening(IBooth booth)
        {
            _booth = booth;
            _ = booth.Time.CreateTimer(_ => Note("timer"), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        }

        public List<(string What, TimeSpan At)> Told { get; } = [];

        public TimeSpan? FinishesAfter { get; set; }

        public void Hear(RecognizerEvent heard)
        {
            Note(heard.GetType().Name);
            if (heard is not InterimWords || heard.Until < FinishesAfter || FinishesAfter is null)
                return;
            FinishesAfter = null;
            _booth.FinishSegment();
        }

        public void Pause(TimeSpan since) => Note($"pause {since}");

        public void Resume(TimeSpan since) => Note($"resume {since}");

        public void Take(Draft draft) => Note("draft");

        public void Miss(int call) => Note("miss");

        void Note(string what) => Told.Add((what, _booth.Time.GetElapsedTime(0)));
    }

    /// <summary>Drafts once, at two seconds, and commits the first fragment then or half a second later.</summary>
    sealed class Drafting(IBooth booth) : IPolicy
    {
        bool _hasAsked;

        public bool CommitsInAnswer { get; init; }

        public bool Prepares { get; init; }

        public bool Mishears { get; init; }

        public void Hear(RecognizerEvent heard)
        {
            if (heard is not InterimWords interim || heard.Until < TimeSpan.FromSeconds(2) || _hasAsked)
                return;
            _hasAsked = true;
            var words = Mishears ? interim.Words.SetItem(0, interim.Words[0] with { Text = "he" }) : interim.Words;
            booth.Translate(new TranslateRequest(words, 0, "", IsWhole: true));
        }

        public void Pause(TimeSpan since)
        {
        }

        public void Take(Draft draft)
        {
            var text = draft.Fragments[0].Text;
            if (Prepares)
                booth.Prepare(text);
            if (CommitsInAnswer || Mishears)
                Commit(text);
            else
                _ = booth.Time.CreateTimer(_ => Commit(text), null, TimeSpan.FromSeconds(0.5), Timeout.InfiniteTimeSpan);
        }

        public void Miss(int call)
        {
        }

        void Commit(string text)
        {
            booth.Show(new Caption(1, text, ""));
            booth.Speak(1, text);
        }
    }
}
