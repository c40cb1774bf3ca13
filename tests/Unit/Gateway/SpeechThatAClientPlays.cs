using VoiceGrains.Gateway.Links;
using VoiceGrains.Media;
using VoiceGrains.Participants;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Unit.Gateway;

/// <summary>A gateway tells a speaker's grain what their loudspeaker says, and about when.</summary>
public sealed class SpeechThatAClientPlays
{
    static readonly ParticipantId Ana = new("ana");
    static readonly ParticipantId Ben = new("ben");
    static readonly Language Spanish = Language.Parse("es");

    readonly ManualTime _time = new();
    readonly PlayedSpeech _played;

    public SpeechThatAClientPlays() => _played = new PlayedSpeech(_time);

    [Fact]
    public void A_clause_is_played_from_when_it_comes_for_as_long_as_it_is()
    {
        Send(Ana, 1, "hola a todos", seconds: 2);
        _time.Advance(TimeSpan.FromSeconds(0.5));

        var clause = Assert.Single(_played.Take());

        Assert.Equal(("hola a todos", Spanish), (clause.Text, clause.Language));
        Assert.Equal((TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(-1.5)), (clause.StartedAgo, clause.EndedAgo));
        Assert.Empty(_played.Take());
    }

    [Fact]
    public void Clauses_of_one_speaker_are_played_one_after_the_other_and_those_of_two_together()
    {
        Send(Ana, 1, "uno", seconds: 2);
        Send(Ben, 1, "dos", seconds: 1);
        Send(Ana, 2, "tres", seconds: 1);

        Assert.Equal([("uno", 0, -2), ("dos", 0, -1), ("tres", -2.0, -3.0)], _played.Take().Select(static clause => (clause.Text, clause.StartedAgo.TotalSeconds, clause.EndedAgo.TotalSeconds)));
    }

    [Fact]
    public void What_was_never_begun_or_has_no_sound_is_not_played()
    {
        _played.Note(Ana, new SpeechChunkDelivery(Spanish, 1, 1, TimeSpan.Zero, new byte[3_200]));
        _played.Note(Ana, new SpeechEndDelivery(Spanish, 1, 1, TimeSpan.Zero, IsWhole: true));
        Send(Ana, 2, "nada", seconds: 0);

        Assert.Empty(_played.Take());
    }

    [Fact]
    public void Of_what_nobody_takes_only_the_newest_is_kept()
    {
        for (var clause = 1; clause <= 100; clause++)
            Send(Ana, clause, $"clause {clause}", seconds: 1);

        var taken = _played.Take();

        Assert.Equal((32, "clause 100"), (taken.Length, taken[^1].Text));
    }

    void Send(ParticipantId speaker, int clause, string text, int seconds)
    {
        _played.Note(speaker, new SpeechBeginDelivery(Spanish, 1, clause, text, StageLatency.None));
        for (var second = 0; second < seconds; second++)
            _played.Note(speaker, new SpeechChunkDelivery(Spanish, 1, clause, TimeSpan.FromSeconds(second), new byte[32_000]));
        _played.Note(speaker, new SpeechEndDelivery(Spanish, 1, clause, TimeSpan.FromSeconds(seconds), IsWhole: true));
    }
}
