using VoiceGrains.Eval.Corpora;
using VoiceGrains.Eval.Reports;

namespace VoiceGrains.Tests.Unit.Eval;

/// <summary>The figures of one session whose times are known beforehand: engines without mistakes, and a policy that waits for the end.</summary>
public sealed class ScoreOfASession
{
    // Endpoint, recognizer, translator, and then synthesizer and downlink.
    const double Committed = 0.3 + 0.21 + 0.22;
    const double Heard = Committed + 0.19 + 0.06;

    [Fact]
    public void Whoever_waits_is_late_by_the_whole_utterance_and_all_stages()
    {
        var talk = World.Sentence(8);
        var seconds = talk.Utterances[0].Duration.TotalSeconds;

        var score = Score(talk);

        // Played audio has whole milliseconds.
        Assert.Equal(seconds + Heard, score.FirstAudio.Median!.Value, 0.0011);
        Assert.Equal(Heard, score.FirstAudioAfterEnd.Median!.Value, 0.0011);
        Assert.Equal(1000 * Heard, score.EndToAudio.Median!.Value, 1.1);
        Assert.Equal((0, 0.0), (score.ShortEndToAudio.Count, score.FirstAudioAfterEnd.ShareBelow(0)));
        Assert.Equal(1 / seconds, score.CallsPerSourceSecond!.Value, 1e-9);
    }

    [Fact]
    public void Text_is_late_by_the_audio_on_one_clock_and_by_the_stages_too_on_the_other()
    {
        var talk = World.Sentence(8);
        var milliseconds = talk.Utterances[0].Duration.TotalMilliseconds;

        var score = Score(talk);

        Assert.All(new[] { "al", "laal", "dal", "stream_laal" }, name => Assert.True(score.Text[name].Mean >= milliseconds - 0.001, name));
        Assert.Equal(milliseconds, score.Text["laal"].Mean!.Value, 0.001);
        Assert.Equal(milliseconds + 1000 * Committed, score.Text["laal_ca"].Mean!.Value, 0.001);
        Assert.Equal(milliseconds + 300, score.Text["stream_laal"].Mean!.Value, 0.001);
        Assert.Null(score.Text["yaal"].Mean);
        Assert.True(score.Text["atd_speech"].Mean > score.Text["atd"].Mean);
    }

    [Fact]
    public void The_ear_voice_span_of_each_word_is_taken_from_the_word_that_it_stands_for()
    {
        var talk = World.Sentence(8, 12);
        var log = World.Run("wait-for-end", World.Perfect, talk, Targets.German);
        var utterance = UtteranceScore.Of(log).Single();

        // Recomputed from the alignment, not from the harness's own bookkeeping: words of the whole translation in order.
        var sources = talk.Utterances[0].Units.SelectMany(static unit => unit.Tokens(Targets.German)).Select(token => talk.Words[token.Source]);
        Assert.Equal(sources, utterance.Heard.Select(static heard => heard.Source));
        Assert.Equal(log.Heard.Select(heard => heard.Start + World.Perfect.Player.Downlink), utterance.Heard.Select(static heard => heard.Start));
    }

    [Fact]
    public void Short_utterances_are_looked_at_by_themselves()
    {
        var answer = Corpus.Generate(World.Shipped.Corpus with { Utterances = 4, ShortAnswerShare = 1, MonologueShare = 0, LongMonologue = TimeSpan.Zero }, 1).Talks[0];

        var score = Score(answer);

        Assert.Equal(1000 * Heard, score.ShortEndToAudio.Median!.Value, 1.1);
        Assert.Equal(0, score.FirstAudioAfterEnd.Count);
    }

    [Fact]
    public void What_was_right_is_consistent_and_nothing_of_it_is_wrong_erased_or_at_hand_before()
    {
        var score = Score(World.Sentence(8));

        Assert.Equal(100, score.Consistency, 6);
        Assert.Equal((0.0, 0.0, 0.0, 0.0, 0.0), (score.WrongSource, score.Erased, score.ErasedOfCommitted, score.DraftHits, score.Wasted));
    }

    [Fact]
    public void Words_that_were_taken_for_others_are_counted_and_cost_consistency()
    {
        var talk = World.Monologue(1, 8);

        var score = Score(talk, "local-agreement", hasErrors: true);

        Assert.InRange(score.WrongSource!.Value, 0.005, 0.15);
        Assert.InRange(score.Consistency, 80, 99.9);
        Assert.True(score.Erased > 0);
    }

    static Score Score(Talk talk, string policy = "wait-for-end", bool hasErrors = false)
    {
        var score = new Score();
        var log = World.Run(policy, hasErrors ? World.Shipped : World.Perfect, talk, Targets.German);
        score.Add(log, UtteranceScore.Of(log));
        return score;
    }
}
