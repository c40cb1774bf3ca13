using VoiceGrains.Engines;
using VoiceGrains.Eval.Corpora;
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
    public void A_word_that_a_translator_repeats_and_a_policy_commits_again_is_found()
    {
        var repeating = World.Perfect with { Translator = World.Perfect.Translator with { Repeats = 1 } };
        var talk = World.Sentence(1);

        var (careless, careful) = (Session.Run(repeating, talk, Targets.Spanish, static booth => new Continuing(booth)), World.Run("wait-k", repeating, talk, Targets.Spanish));

        Assert.Equal((1, 0), (AudioProof.Retractions(careless), careless.Unexplained));
        Assert.Equal(0, AudioProof.Retractions(careful));
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

    /// <summary>Commits one draft and its continuation as they come.</summary>
    sealed class Continuing(IBooth booth) : IPolicy
    {
        InterimWords? _interim;
        string _committed = "";

        public void Hear(RecognizerEvent heard)
        {
            if (_interim is null && heard is InterimWords { Words.Length: > 3 } interim)
                Ask(_interim = interim);
        }

        public void Pause(TimeSpan since)
        {
        }

        public void Take(Draft draft)
        {
            var isFirst = _committed.Length == 0;
            var text = isFirst ? draft.Fragments[0].Text : string.Join(' ', draft.Fragments.Select(static fragment => fragment.Text));
            _committed = isFirst ? text : $"{_committed} {text}";
            booth.Show(new Caption(1, _committed, ""));
            booth.Speak(1, text);
            if (isFirst)
                Ask(_interim!);
        }

        public void Miss(int call)
        {
        }

        void Ask(InterimWords interim) => booth.Translate(new TranslateRequest(interim.Words, 0, _committed, IsWhole: true));
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
