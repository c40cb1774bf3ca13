using FsCheck;
using FsCheck.Fluent;
using VoiceGrains.Gateway.Links;
using VoiceGrains.Media;

namespace VoiceGrains.Tests.Unit.Gateway;

/// <summary>However often and in whatever pieces a clause is spoken, its audio goes through once and in order.</summary>
public sealed class PositionsOfClauses
{
    const int TicksOfSample = 625;
    static readonly Language Spanish = Language.Parse("es");

    readonly ClausePositions _positions = new();

    [Fact]
    public void Of_a_clause_that_is_spoken_anew_only_the_rest_goes_through()
    {
        Take(Begin(1), Chunk(1, 0, 1_600), Chunk(1, 1_600, 1_600));

        Assert.Null(_positions.Take(Begin(1)));
        Assert.Null(_positions.Take(Chunk(1, 0, 3_200)));
        var rest = (SpeechChunkDelivery)_positions.Take(Chunk(1, 0, 4_000))!;

        Assert.Equal((At(3_200), 800), (rest.At, rest.Audio.Length / 2));
        Assert.Equal((1, 3, At(4_000)), _positions.Of(Spanish, 1));
    }

    [Fact]
    public void An_ended_clause_takes_nothing_more_and_ends_once()
    {
        Take(Begin(1), Chunk(1, 0, 1_600), End(1));

        Assert.Null(_positions.Take(Chunk(1, 1_600, 1_600)));
        Assert.Null(_positions.Take(End(1)));
        Assert.NotNull(_positions.Take(Begin(2)));
        Assert.Null(_positions.Take(Chunk(1, 1_600, 1_600)));
    }

    [Fact]
    public void A_clause_whose_beginning_did_not_come_begins_with_its_first_chunk()
    {
        Take(Begin(1), Chunk(1, 0, 1_600));

        Assert.NotNull(_positions.Take(Chunk(2, 0, 1_600)));

        Assert.Equal((2, 1, At(1_600)), _positions.Of(Spanish, 1));
        Assert.Null(_positions.Take(End(1)));
    }

    [Fact]
    public void A_hole_of_shed_audio_stays_a_hole_and_what_comes_later_for_it_is_late()
    {
        Take(Begin(1), Chunk(1, 0, 1_600), Chunk(1, 3_200, 1_600));

        Assert.Null(_positions.Take(Chunk(1, 1_600, 1_600)));
    }

    [Fact]
    public void A_listener_who_had_a_part_is_told_once_that_the_rest_follows()
    {
        _positions.Seed(Spanish, 1, 2, At(1_600), isWhole: false);

        Assert.Null(_positions.Take(Begin(1)));
        Assert.Null(_positions.Take(Chunk(1, 0, 4_800)));
        Assert.NotNull(_positions.Take(Begin(2)));
        Assert.Null(_positions.Take(Begin(2)));
        Assert.Equal(At(1_600), ((SpeechChunkDelivery)_positions.Take(Chunk(2, 0, 3_200))!).At);
    }

    [Fact]
    public void What_a_listener_had_to_its_end_does_not_begin_again_and_the_furthest_counts()
    {
        _positions.Seed(Spanish, 1, 2, At(1_600), isWhole: true);
        _positions.Seed(Spanish, 1, 1, At(800), isWhole: false);

        Assert.Null(_positions.Take(Begin(1)));
        Assert.Null(_positions.Take(Begin(2)));
        Assert.Null(_positions.Take(End(2)));
        Assert.NotNull(_positions.Take(Begin(3)));
    }

    [Fact]
    public void Segments_and_languages_have_positions_of_their_own()
    {
        Take(Begin(1), Chunk(1, 0, 1_600));

        Assert.NotNull(_positions.Take(Chunk(1, 0, 1_600) with { Segment = 2 }));
        Assert.NotNull(_positions.Take(Chunk(1, 0, 1_600) with { Language = Language.Parse("fr") }));
        Assert.Null(_positions.Take(Chunk(1, 0, 1_600)));
    }

    [Fact]
    public void The_same_audio_cut_anew_again_and_again_goes_through_once_and_in_order() => Law.Holds(
        Gen.Choose(1, 700).NonEmptyListOf().Select(static list => list.ToArray()).NonEmptyListOf().Select(static list => list.ToArray()),
        static cuts =>
        {
            // Each sample is its own number. Each life speaks the clause from its beginning, cut its own way; the last to its end.
            var (positions, heard, whole) = (new ClausePositions(), new List<short>(), cuts.Max(static life => life.Sum()));
            foreach (var life in cuts.Append([whole]))
            {
                positions.Take(Begin(1));
                var at = 0;
                foreach (var length in life)
                {
                    if (positions.Take(Chunk(1, at, length)) is SpeechChunkDelivery taken)
                        heard.AddRange(SamplesOf(taken));
                    at += length;
                }
            }

            return heard.SequenceEqual(Enumerable.Range(0, whole).Select(static sample => (short)sample));
        },
        cases: 500);

    void Take(params Delivery[] deliveries) => Assert.All(deliveries, delivery => Assert.Same(delivery, _positions.Take(delivery)));

    static TimeSpan At(int sample) => TimeSpan.FromTicks((long)sample * TicksOfSample);

    static IEnumerable<short> SamplesOf(SpeechChunkDelivery chunk) => chunk.Audio.ToArray().Chunk(2).Select(static pair => BitConverter.ToInt16(pair));

    static SpeechBeginDelivery Begin(int clause) => new(Spanish, 1, clause, "text", StageLatency.None);

    static SpeechChunkDelivery Chunk(int clause, int from, int samples) => new(
        Spanish, 1, clause, At(from), Enumerable.Range(from, samples).SelectMany(static sample => BitConverter.GetBytes((short)sample)).ToArray());

    static SpeechEndDelivery End(int clause) => new(Spanish, 1, clause, TimeSpan.Zero, IsWhole: true);
}
