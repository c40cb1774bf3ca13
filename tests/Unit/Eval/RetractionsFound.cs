using VoiceGrains.Eval.Policies;
using VoiceGrains.Eval.Sessions;

namespace VoiceGrains.Tests.Unit.Eval;

/// <summary>The proof from the audio finds every way to take spoken words back: each of these policies is wrong on purpose.</summary>
public sealed class RetractionsFound
{
    [Fact]
    public void A_policy_that_does_nothing_wrong_retracts_nothing()
    {
        var log = World.RunSpoiled(World.Sentence(1), static booth => booth);

        Assert.Equal((0, 0, 0), (AudioProof.Retractions(log), AudioProof.Unspoken(log), log.Unexplained));
        Assert.NotEmpty(log.Heard);
    }

    [Fact]
    public void Speech_that_is_cut_off_is_found_and_what_is_missing_then()
    {
        var log = World.RunSpoiled(World.Sentence(1), static booth => new CuttingBooth(booth));

        Assert.Equal(1, AudioProof.Retractions(log));
        Assert.True(AudioProof.Unspoken(log) > 0);
    }

    [Fact]
    public void Words_that_are_spoken_again_are_found()
    {
        var log = World.RunSpoiled(World.Sentence(1), static booth => new RepeatingBooth(booth));

        Assert.Equal(log.Committed.Count, AudioProof.Retractions(log));
    }

    [Fact]
    public void Words_that_were_never_committed_are_found()
    {
        var log = World.RunSpoiled(World.Sentence(1), static booth => new InventingBooth(booth));

        Assert.Equal(2, AudioProof.Retractions(log));
    }

    [Fact]
    public void Committed_words_that_are_taken_back_are_found_in_captions_and_in_speech()
    {
        var log = World.RunSpoiled(World.Sentence(1), static booth => new WithdrawingBooth(booth));

        Assert.Equal(log.Committed.Count - 1, AudioProof.Retractions(log));
        Assert.True(log.CommittedErasure.Normalized > 0);
    }

    [Fact]
    public void Text_that_stands_in_no_draft_is_found()
    {
        var log = World.RunSpoiled(World.Sentence(1), static booth => new EmbellishingBooth(booth));

        Assert.True(log.Unexplained > 0);
    }

    sealed class CuttingBooth(IBooth inner) : PassingBooth(inner)
    {
        readonly IBooth _inner = inner;

        public override void Speak(int segment, string text)
        {
            base.Speak(segment, text);
            // 0.19 s until it begins, and then in the middle of its first word.
            _ = Time.CreateTimer(_ => _inner.CutSpeech(), null, TimeSpan.FromMilliseconds(250), Timeout.InfiniteTimeSpan);
        }
    }

    sealed class RepeatingBooth(IBooth inner) : PassingBooth(inner)
    {
        public override void Speak(int segment, string text)
        {
            base.Speak(segment, text);
            base.Speak(segment, text);
        }
    }

    sealed class InventingBooth(IBooth inner) : PassingBooth(inner)
    {
        bool _hasInvented;

        public override void Speak(int segment, string text)
        {
            if (!_hasInvented)
                base.Speak(segment, "buenas noches");
            _hasInvented = true;
            base.Speak(segment, text);
        }
    }

    sealed class WithdrawingBooth(IBooth inner) : PassingBooth(inner)
    {
        public override void Speak(int segment, string text)
        {
            base.Speak(segment, text);
            _ = Time.CreateTimer(_ => Show(new Caption(segment, text.Split(' ')[0], "")), null, TimeSpan.FromSeconds(30), Timeout.InfiniteTimeSpan);
        }
    }

    sealed class EmbellishingBooth(IBooth inner) : PassingBooth(inner)
    {
        public override void Show(Caption caption) => base.Show(caption with { Committed = caption.Committed + " amén" });
    }
}
