using FsCheck.Fluent;
using VoiceGrains.Engines;
using VoiceGrains.Eval.Clock;
using VoiceGrains.Eval.Corpora;
using VoiceGrains.Eval.Models;
using VoiceGrains.Eval.Profiles;

namespace VoiceGrains.Tests.Unit.Eval;

/// <summary>The recognizer of the evaluation keeps the promises of the product's port, and makes the mistakes that the profile orders.</summary>
public sealed class HearingOfTalks
{
    static readonly RecognizerProfile Profile = World.Shipped.Recognizer;

    [Fact]
    public void Final_words_are_all_words_once_and_as_they_were_said() => Law.Holds(Gen.Choose(0, 1_000_000), static seed =>
    {
        var talk = World.Monologue(seed);
        var finals = Hear(talk, seed).Select(static each => each.Event).OfType<FinalWords>().SelectMany(static final => final.Words);
        return finals.Select(static word => word.Text).SequenceEqual(talk.Words.Select(static word => word.Text + word.Mark));
    });

    [Fact]
    public void Positions_never_fall_and_events_come_later_than_their_audio() => Law.Holds(Gen.Choose(0, 1_000_000), static seed =>
    {
        var heard = Hear(World.Monologue(seed), seed);
        return heard.Zip(heard.Skip(1)).All(static pair => pair.First.Event.Until <= pair.Second.Event.Until && pair.First.At <= pair.Second.At)
            && heard.All(static each => each.At - each.Event.Until >= Profile.Latency - Profile.Jitter);
    });

    [Fact]
    public void Each_utterance_is_a_turn_that_ends_after_the_endpoint() => Law.Holds(Gen.Choose(0, 1_000_000), static seed =>
    {
        var talk = World.Monologue(seed);
        var turns = Hear(talk, seed).Select(static each => each.Event).OfType<TurnEnded>().ToList();
        return turns.Select(static turn => turn.SpeechEnd).SequenceEqual(talk.Utterances.Select(static each => each.End))
            && turns.All(static turn => turn.Until == turn.SpeechEnd + Profile.Endpoint);
    });

    [Fact]
    public void Interims_show_no_word_that_has_just_ended_and_come_once_a_cadence() => Law.Holds(Gen.Choose(0, 1_000_000), static seed =>
    {
        var interims = Hear(World.Sentence(seed), seed).Select(static each => each.Event).OfType<InterimWords>().ToList();
        return interims.All(static interim => interim.Words[^1].End <= interim.Until - Profile.HiddenEdge)
            && interims.Zip(interims.Skip(1)).All(static pair => (pair.Second.Until - pair.First.Until).Ticks % Profile.Cadence.Ticks == 0);
    });

    [Fact]
    public void Final_words_come_within_the_longest_span_without_any_pause()
    {
        var finals = Hear(World.Sentence(1, 60), 1).Select(static each => each.Event).OfType<FinalWords>().ToList();

        Assert.True(finals.Count > 2);
        Assert.All(finals, static final => Assert.True(final.Until - final.Words[0].Start <= Profile.LongestSpan + TimeSpan.FromMilliseconds(1)));
    }

    [Fact]
    public void Words_near_the_edge_turn_wrong_as_often_as_the_profile_says_and_stay_so()
    {
        var (shown, turned, wrong, stayed) = (new int[4], new int[4], 0, 0);
        for (var seed = 0; seed < 400; seed++)
        {
            var talk = World.Sentence(seed, 36);
            var wasWrong = new HashSet<TimeSpan>();
            foreach (var interim in Hear(talk, seed).Select(static each => each.Event).OfType<InterimWords>())
            {
                var silence = (int)((interim.Until - interim.Words[^1].End) / Profile.Cadence);
                for (var i = 0; i < interim.Words.Length; i++)
                {
                    var isWrong = Writing.Bare(interim.Words[i].Text) != talk.Words[talk.WordAt(interim.Words[i].Start)!.Value].Text;
                    var distance = Math.Min(3, interim.Words.Length - 1 - i + silence);
                    if (wasWrong.Contains(interim.Words[i].Start))
                        (wrong, stayed) = (wrong + 1, stayed + (isWrong ? 1 : 0));
                    else
                        (shown[distance], turned[distance]) = (shown[distance] + 1, turned[distance] + (isWrong ? 1 : 0));
                    _ = isWrong ? wasWrong.Add(interim.Words[i].Start) : wasWrong.Remove(interim.Words[i].Start);
                }
            }
        }

        Assert.InRange((double)turned[0] / shown[0], 0.11, 0.13);
        Assert.InRange((double)turned[1] / shown[1], 0.034, 0.046);
        Assert.InRange((double)turned[2] / shown[2], 0.007, 0.013);
        Assert.Equal(0, turned[3]);
        Assert.InRange((double)stayed / wrong, 0.47, 0.53);
    }

    [Fact]
    public void Asked_to_finish_it_gives_the_words_it_has_or_none_or_no_answer()
    {
        var talk = World.Sentence(2);
        var certain = Profile with { EmptyFinish = 0, UnansweredFinish = 0 };

        var (answered, empty, silent) = (Asked(talk, certain), Asked(talk, certain with { EmptyFinish = 1 }), Asked(talk, certain with { UnansweredFinish = 1 }));

        Assert.InRange(answered!.Words.Length, 3, 20);
        Assert.Empty(empty!.Words);
        Assert.Null(silent);
    }

    [Fact]
    public void Words_are_mistaken_for_others_and_numbers_names_and_negations_are_risks()
    {
        var dice = new Dice(1);

        Assert.Equal(["fifty", "now", "contact", "guest"], new[] { "fifteen", "not", "contract", "guests" }.Select(word => Misheard.As(word, dice)));
        Assert.Equal(["cincuenta", "now"], new[] { "fifty", "now" }.Select(word => Misheard.Translated(word, Targets.Spanish)));
        Assert.Equal([true, true, true, false], new[] { "fifteen", "not", "Maria", "contract" }.Select(Misheard.IsRisk));
    }

    // What it answers when it is asked after two seconds, before its first final words.
    static FinalWords? Asked(Talk talk, RecognizerProfile profile)
    {
        var time = new VirtualTime();
        var finals = new List<FinalWords>();
        var recognizer = new RecognizerModel(profile, 1, talk, time, heard => finals.AddRange(heard is FinalWords final ? [final] : []));
        recognizer.Begin();
        time.At(TimeSpan.FromSeconds(2), recognizer.Finish);
        time.RunUntil(TimeSpan.FromSeconds(2.5));
        return finals.SingleOrDefault();
    }

    static List<(TimeSpan At, RecognizerEvent Event)> Hear(Talk talk, long seed)
    {
        var time = new VirtualTime();
        var heard = new List<(TimeSpan, RecognizerEvent)>();
        new RecognizerModel(Profile, seed, talk, time, each => heard.Add((time.Now, each))).Begin();
        time.RunUntil(talk.End + TimeSpan.FromSeconds(5));
        return heard;
    }
}
