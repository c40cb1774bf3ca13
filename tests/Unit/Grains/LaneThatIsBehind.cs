using VoiceGrains.Checkpoints;
using VoiceGrains.Engines;
using VoiceGrains.Lanes;
using VoiceGrains.Media;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Unit.Grains;

/// <summary>When more is said than can be heard in the same time, a lane speaks faster, then in fewer words, and at last leaves it to the captions.</summary>
public sealed class LaneThatIsBehind
{
    // The scripted voice needs 100 ms for a word.
    const int WordsOfASecond = 10;

    readonly LaneAtWork _work = new() { Speaking = new SpeechRules(CatchesUp: true) };
    readonly ToldTranslator _translator = new(Sentence(2 * WordsOfASecond));

    [Fact]
    public Task The_first_clause_has_its_own_tempo_and_what_waits_behind_it_is_faster() => _work.Run([_translator], async lane =>
    {
        foreach (var segment in (int[])[1, 2, 3])
            await Say(lane, segment);
        await _work.Rest(lane);

        Assert.Equal(2, SecondsOf(1), 3);
        Assert.InRange(SecondsOf(2), 1.6, 1.85);
        Assert.InRange(SecondsOf(3), 1.6, 1.7);
    });

    [Fact]
    public Task Nothing_is_faster_where_that_is_switched_off()
    {
        _work.Speaking = new SpeechRules(CatchesUp: false);
        return _work.Run([_translator], async lane =>
        {
            for (var segment = 1; segment <= 6; segment++)
                await Say(lane, segment);
            await _work.Rest(lane);

            Assert.All(Enumerable.Range(1, 6), segment => Assert.Equal(2, SecondsOf(segment), 3));
            Assert.DoesNotContain(_translator.Asked, static asked => asked.IsBrief);
        });
    }

    [Fact]
    public Task Typed_text_is_never_hurried() => _work.Run([_translator], async lane =>
    {
        for (var segment = 1; segment <= 6; segment++)
            await Say(lane, _work.Typed("text", segment));
        await _work.Rest(lane);

        Assert.All(Enumerable.Range(1, 6), segment => Assert.Equal(2, SecondsOf(segment), 3));
        Assert.DoesNotContain(_translator.Asked, static asked => asked.IsBrief);
    });

    [Fact]
    public Task Translators_are_asked_for_fewer_words_when_more_than_2_and_a_half_seconds_wait() => _work.Run([_translator], async lane =>
    {
        foreach (var segment in (int[])[1, 2, 3])
            await Say(lane, segment);

        Assert.Equal([false, false, true], _translator.Asked.Select(static asked => asked.IsBrief));
    });

    [Fact]
    public Task What_comes_when_more_than_8_seconds_wait_is_only_read_until_the_listener_is_there_again()
    {
        var translator = new ToldTranslator(Sentence(14 * WordsOfASecond));
        return _work.Run([translator], async lane =>
        {
            foreach (var segment in (int[])[1, 2, 3])
                await Say(lane, segment);
            // Half of it is heard now: less waits than was too much, but the thread is not found again yet.
            _work.Time.Advance(TimeSpan.FromSeconds(7));
            await Say(lane, 4);
            _work.Time.Advance(TimeSpan.FromSeconds(6));
            await Say(lane, 5);
            await _work.Rest(lane);

            Assert.Equal([1, 5], _work.Gateway.Arrived.OfType<SpeechBeginDelivery>().Select(static begin => begin.Segment).Distinct());
            Assert.Equal([1, 2, 3, 4, 5], _work.Gateway.Arrived.OfType<CaptionDelivery>().Where(static caption => caption.IsFinal && caption.Committed.Length > 0).Select(static caption => caption.Segment));
            var notice = Assert.Single(_work.Gateway.Arrived.OfType<NoticeDelivery>());
            Assert.Equal((NoticeKind.FarBehind, false), (notice.Kind, notice.ToSpeaker));
            Assert.True(lane.IsIdle);

            // Whoever comes back, here or after a loss, does not get it spoken after all.
            foreach (var segment in _work.Recent.All.Select(static segment => RecentSegment.From(segment.Checkpoint())))
                Assert.Equal(segment.Number is 2 or 3 or 4, Assert.Single(segment.Lanes[Sent.Spanish].Clauses) is { IsOnlyRead: true, HasArrived: true });
        });
    }

    Task Say(Lane lane, int segment) => Say(lane, _work.Sentence("text", segment: segment));

    // Time stands still meanwhile: nothing is played.
    static Task Say(Lane lane, Sentence sentence)
    {
        lane.Take(sentence);
        return Until.True("it is spoken", () => lane.IsIdle);
    }

    static string Sentence(int words) => string.Join(' ', Enumerable.Range(1, words).Select(static word => $"w{word}")) + ".";

    double SecondsOf(int segment) => _work.Gateway.Arrived.OfType<SpeechChunkDelivery>().Where(chunk => chunk.Segment == segment).Sum(static chunk => chunk.Audio.Length) / 32_000.0;
}
