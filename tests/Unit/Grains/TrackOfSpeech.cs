using System.Collections.Immutable;
using VoiceGrains.Engines;
using VoiceGrains.Recognition;

namespace VoiceGrains.Tests.Unit.Grains;

/// <summary>Admitted words only grow; what follows them may change until it is admitted.</summary>
public sealed class TrackOfSpeech
{
    static readonly Language English = Language.Parse("en");

    readonly SpeechTrack _track = new(lastSegment: 4, static () => new AdmissionRules());

    [Fact]
    public void Segments_go_on_counting_where_an_activation_before_ended()
    {
        Assert.Equal(5, _track.Begin(TimeSpan.Zero, English).Number);
        Assert.Equal(6, _track.NextSegment());
        Assert.Equal(6, _track.LastSegment);
    }

    [Fact]
    public void Words_are_shown_before_they_are_admitted_and_may_change()
    {
        var segment = _track.Begin(At(1), English);

        Revise("good mourning");
        Assert.Equal(("", "good mourning"), (segment.Admitted, segment.Tail));
        Revise("good morning everybody");

        Assert.Equal("good morning everybody", segment.Tail);
        Assert.Equal(At(1), segment.AdmittedUntil);
    }

    [Fact]
    public void Admitted_words_stay_and_the_rest_begins_anew()
    {
        var segment = _track.Begin(At(1), English);
        Revise("good morning how are");

        Assert.True(Admit(Words("Good morning."), At(2)));
        Assert.True(Admit(Words("How are you?"), At(3)));

        Assert.Equal(("Good morning. How are you?", "", At(3)), (segment.Admitted, segment.Tail, segment.AdmittedUntil));
    }

    [Fact]
    public void Whole_sentences_are_given_to_lanes_once()
    {
        var segment = _track.Begin(At(0), English);
        Admit(Words("Good morning. How are"), At(1));

        Assert.Equal("Good morning.", segment.TakeSentences());
        Assert.Equal("", segment.TakeSentences());
        Admit(Words("you? I am"), At(2));

        Assert.Equal("How are you?", segment.TakeSentences());
        Assert.Equal("I am", segment.Unsent);
    }

    [Fact]
    public void In_silence_nothing_is_admitted()
    {
        Assert.False(Admit(Words("ghost"), At(1)));
        Revise("ghost");

        Assert.Null(_track.Open);
        Assert.Null(_track.End());
    }

    [Fact]
    public void No_words_admit_nothing()
    {
        var segment = _track.Begin(At(0), English);
        Revise("perhaps");

        Assert.False(Admit([], At(1)));
        Assert.False(Admit(Words(" "), At(1)));
        Assert.Equal("perhaps", segment.Tail);
    }

    [Fact]
    public void An_ended_segment_keeps_its_words_and_the_next_begins_empty()
    {
        _track.Begin(At(0), English);
        Admit(Words("Bye."), At(1));

        var ended = _track.End()!;
        var next = _track.Begin(At(2), Language.Parse("es"));

        Assert.Equal(("Bye.", 5), (ended.Admitted, ended.Number));
        Assert.Equal(("", 6, "es"), (next.Admitted, next.Number, next.Language.Tag));
    }

    void Revise(string text) => _track.Revise(new InterimWords(TimeSpan.Zero, Words(text)), TimeSpan.Zero);

    bool Admit(ImmutableArray<Word> words, TimeSpan until) =>
        _track.Admit(new FinalWords(until, [.. words.Select(word => word with { End = until })]), TimeSpan.Zero);

    static ImmutableArray<Word> Words(string text) =>
        [.. text.Split(' ').Select(static word => new Word(word, TimeSpan.Zero, TimeSpan.Zero, null))];

    static TimeSpan At(double second) => TimeSpan.FromSeconds(second);
}
