using System.Collections.Immutable;
using VoiceGrains.Engines;
using VoiceGrains.Eval.Corpora;
using VoiceGrains.Eval.Models;
using VoiceGrains.Eval.Policies;
using VoiceGrains.Eval.Sessions;

namespace VoiceGrains.Tests.Unit.Eval;

/// <summary>What a policy can keep from one talk of a call to the next: translations of phrases, and their speech.</summary>
public sealed class MemoryOfACall
{
    static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    readonly Talk _talk = World.Sentence(7, 30);
    readonly CallMemory _memory = new();

    [Fact]
    public void What_was_kept_is_recalled_in_a_later_talk_at_once_and_without_a_call()
    {
        var (first, again) = (Run(new Talking { Keeps = true }), Run(new Talking()));

        Assert.Equal([false, true], new[] { first, again }.Select(static each => each.Policy.Recalled is not null));
        Assert.All([first, again], static each => Assert.Empty(each.Log.Calls));
        var all = new TranslatorModel(World.Perfect.Translator, 1, _talk, Targets.Spanish).Translate(World.Request(_talk, Talking.Words, isWhole: true), new HashSet<TokenKey>());
        Assert.Equal(World.Text(Targets.Spanish, all), string.Join(' ', again.Policy.Recalled!.Fragments.Select(static fragment => fragment.Text)));
    }

    [Fact]
    public void Words_that_were_not_kept_are_not_recalled_though_they_begin_alike()
    {
        Run(new Talking { Keeps = true });

        Assert.Null(Run(new Talking { Asks = Talking.Words - 1 }).Policy.Recalled);
        Assert.Null(Run(new Talking { Asks = Talking.Words + 1 }).Policy.Recalled);
    }

    [Fact]
    public void Another_call_recalls_nothing()
    {
        Run(new Talking { Keeps = true, Speaks = true });

        var other = Run(new Talking { Speaks = true }, new CallMemory());

        Assert.Null(other.Policy.Recalled);
        Assert.False(other.Policy.HasRepeated);
    }

    [Fact]
    public void What_was_recalled_can_be_committed_and_where_it_came_from_is_known()
    {
        Run(new Talking { Keeps = true });

        var (log, _) = Run(new Talking { Speaks = true });

        Assert.Equal((0, 0), (log.Unexplained, AudioProof.Retractions(log)));
        Assert.All(log.Committed, static word => Assert.NotNull(word.Token));
    }

    [Fact]
    public void Speech_that_was_made_before_comes_sooner_than_speech_that_is_made()
    {
        Run(new Talking { Keeps = true });

        var (first, again) = (Run(new Talking { Speaks = true }), Run(new Talking { Speaks = true }));

        Assert.Equal([false, true], new[] { first.Policy.HasRepeated, again.Policy.HasRepeated });
        Assert.Equal(TimeSpan.FromMilliseconds(170), first.Log.Heard[0].Start - again.Log.Heard[0].Start);
        Assert.Equal(first.Log.Heard.Select(static heard => heard.Number), again.Log.Heard.Select(static heard => heard.Number));
    }

    [Fact]
    public void Text_that_was_never_spoken_is_not_repeated_and_nothing_is_heard_of_it()
    {
        Run(new Talking { Keeps = true, Speaks = true });
        Run(new Talking { Speaks = true });

        var (log, policy) = Run(new Talking { Speaks = true, SpeaksBefore = "buenas noches" });

        Assert.Equal([false, true], policy.Repeats);
        Assert.Equal(0, AudioProof.Retractions(log));
    }

    [Fact]
    public void Repeated_speech_does_not_overtake_speech_that_is_being_made()
    {
        var synthesizer = new SynthesizerModel(World.Perfect.Synthesizer, 1, 1, Targets.Spanish);

        var (made, repeated, later) = (synthesizer.ReadyAt("vamos", Second), synthesizer.RepeatedAt(Second), synthesizer.RepeatedAt(2 * Second));

        Assert.Equal([190, 190, 1020], new[] { made, repeated, later }.Select(static at => (int)(at - Second).TotalMilliseconds));
    }

    (SessionLog Log, Talking Policy) Run(Talking policy, CallMemory? memory = null)
    {
        var log = Session.Run(World.Perfect, _talk, Targets.Spanish, policy.In, memory ?? _memory);
        return (log, policy);
    }

    /// <summary>When enough words were heard it recalls them once, and does what it is told to.</summary>
    sealed class Talking : IPolicy
    {
        public const int Words = 4;

        IBooth? _booth;

        public int Asks { get; init; } = Words;

        public bool Keeps { get; init; }

        public bool Speaks { get; init; }

        public string? SpeaksBefore { get; init; }

        public Draft? Recalled { get; private set; }

        /// <summary>Of each text whether it was repeated.</summary>
        public List<bool> Repeats { get; } = [];

        public bool HasRepeated => Repeats.Contains(true);

        public IPolicy In(IBooth booth)
        {
            _booth = booth;
            return this;
        }

        public void Hear(RecognizerEvent heard)
        {
            if (heard is not InterimWords interim || interim.Words.Length < Asks || _booth is not { } booth)
                return;
            _booth = null;
            var words = interim.Words[..Asks];
            Recalled = booth.Recall(words);
            if (Keeps)
                booth.Keep(words);
            if (Speaks && Recalled is not null)
                Speak(booth, string.Join(' ', Recalled.Fragments.Select(static fragment => fragment.Text)));
        }

        public void Pause(TimeSpan since)
        {
        }

        public void Take(Draft draft)
        {
        }

        public void Miss(int call)
        {
        }

        void Speak(IBooth booth, string text)
        {
            booth.Show(new Caption(1, text, ""));
            if (SpeaksBefore is not null)
                Repeats.Add(booth.Repeat(1, SpeaksBefore));
            Repeats.Add(booth.Repeat(1, text));
            if (!Repeats[^1])
                booth.Speak(1, text);
        }
    }
}
