using System.Buffers.Text;
using System.Collections.Immutable;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using VoiceGrains.Gateway.Tickets;
using VoiceGrains.Media;
using VoiceGrains.Participants;

namespace VoiceGrains.Tests.Unit.Gateway;

/// <summary>A client keeps a checkpoint that it can neither read nor change, nor use for anybody else.</summary>
public sealed class SealedCheckpoints
{
    static readonly CallId Call = new("local-k3v9x2m4q7ab");
    static readonly ParticipantId Ana = new("ana");
    static readonly Checkpoint Small = new(3, 7, 1, new LedgerCheckpoint(9, 1, 2, 3, 0, 4, 5, 6, [new SortedNumbers(7, 8, 1)]), []);

    readonly CheckpointSeal _seal = SealWith(TicketForge.Key);

    [Fact]
    public void A_checkpoint_opens_as_it_was_sealed() => Law.Holds(AnyCheckpoint, checkpoint =>
    {
        var (opened, flaw) = _seal.Open(Call, Ana, _seal.Seal(Call, Ana, checkpoint));
        return flaw is null && Text(opened!) == Text(checkpoint);
    });

    [Fact]
    public void Nothing_of_it_can_be_read_and_no_two_seals_are_alike()
    {
        var first = _seal.Seal(Call, Ana, Small);

        Assert.NotEqual(first, _seal.Seal(Call, Ana, Small));
        Assert.DoesNotContain("Ledger", System.Text.Encoding.Latin1.GetString(Base64Url.DecodeFromChars(first)), StringComparison.Ordinal);
    }

    [Fact]
    public void With_any_byte_changed_it_is_not_ours_or_of_another_version()
    {
        var bytes = Base64Url.DecodeFromChars(_seal.Seal(Call, Ana, Small));
        for (var at = 0; at < bytes.Length; at++)
        {
            bytes[at] ^= 0x10;
            var expected = at == 0 ? SealFlaw.OtherVersion : SealFlaw.NotOurs;
            Assert.Equal((null, expected), _seal.Open(Call, Ana, Base64Url.EncodeToString(bytes)));
            bytes[at] ^= 0x10;
        }
    }

    [Fact]
    public void Cut_or_lengthened_anywhere_it_is_not_ours()
    {
        var text = _seal.Seal(Call, Ana, Small);

        Assert.All(Enumerable.Range(0, text.Length), length => Assert.Equal((null, SealFlaw.NotOurs), _seal.Open(Call, Ana, text[..length])));
        Assert.Equal((null, SealFlaw.NotOurs), _seal.Open(Call, Ana, text + "AAAA"));
    }

    [Fact]
    public void Any_text_is_refused_without_an_exception() => Law.Holds(
        Any.Text, text => _seal.Open(Call, Ana, text) is (null, not null) && _seal.Open(Call, Ana, new string('A', CheckpointSeal.Longest + 1)).Flaw == SealFlaw.NotOurs);

    [Fact]
    public void Of_another_call_or_participant_it_is_not_ours()
    {
        var text = _seal.Seal(Call, Ana, Small);

        Assert.Equal(SealFlaw.NotOurs, _seal.Open(new CallId("local-k3v9x2m4q7ac"), Ana, text).Flaw);
        Assert.Equal(SealFlaw.NotOurs, _seal.Open(Call, new ParticipantId("bob"), text).Flaw);
    }

    [Fact]
    public void A_key_that_was_changed_opens_what_the_one_before_sealed()
    {
        const string NewKey = "another secret of this cluster: 32 bytes and more";
        var text = _seal.Seal(Call, Ana, Small);

        Assert.Equal(SealFlaw.NotOurs, SealWith(NewKey).Open(Call, Ana, text).Flaw);
        Assert.Equal(Text(Small), Text(SealWith(NewKey, previous: TicketForge.Key).Open(Call, Ana, text).Checkpoint!));
    }

    [Fact]
    public void The_largest_checkpoint_is_taken_back()
    {
        var segment = AnySegment("x", 1) with { Sentences = [new string('x', Checkpoint.MostBytes - 1_000)] };

        var text = _seal.Seal(Call, Ana, Small with { Segments = [segment] });

        Assert.InRange(text.Length, 0, CheckpointSeal.Longest);
        Assert.Null(_seal.Open(Call, Ana, text).Flaw);
    }

    static Gen<Checkpoint> AnyCheckpoint =>
        from version in Gen.Choose(0, int.MaxValue)
        from resume in Gen.Choose(1, 1_000_000)
        from texts in Any.Text.Where(static text => !text.Any(char.IsSurrogate)).ListOf()
        select Small with { Version = version, ResumeFrom = resume, Segments = [.. texts.Take(20).Select(AnySegment)] };

    static SegmentCheckpoint AnySegment(string text, int number) => new(
        number,
        Language.Parse("zh-Hant"),
        number % 2 == 0 ? SegmentOrigin.Typed : SegmentOrigin.Spoken,
        [text, text],
        text,
        DateTimeOffset.UnixEpoch.AddTicks(number),
        TimeSpan.FromTicks(number),
        number % 3 == 0 ? null : DateTimeOffset.UnixEpoch,
        number % 2 == 0,
        [new LaneCheckpoint(Language.Parse("es"), [text], TranslationQuality.Rough, number, 1, 0, number % 2 == 0, number % 3 == 0, number, [0])]);

    static string Text(Checkpoint checkpoint) => JsonSerializer.Serialize(checkpoint, CheckpointJson.Default.Checkpoint);

    static CheckpointSeal SealWith(string key, string? previous = null) => new(new TicketOptions { Key = key, PreviousKey = previous });
}
