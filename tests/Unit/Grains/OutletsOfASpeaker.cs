using System.Collections.Immutable;
using VoiceGrains.Calls;
using VoiceGrains.Deliveries;
using VoiceGrains.Media;
using VoiceGrains.Tests.Support;
using static VoiceGrains.Tests.Unit.Grains.Sent;

namespace VoiceGrains.Tests.Unit.Grains;

/// <summary>Each gateway gets what its listeners want, once, however many of them there are.</summary>
public sealed class OutletsOfASpeaker
{
    static readonly ParticipantId Ana = new("ana");
    static readonly ParticipantId Bob = new("bob");

    readonly Gateway _east = new();
    readonly Gateway _west = new();

    [Fact]
    public Task Captions_and_speech_go_where_their_language_is_wanted() => WithOutlets(async outlets =>
    {
        outlets.Apply(Audience(1, Hears(Spanish, _east, Wants.Captions), Hears(Spanish, _west, Wants.Captions | Wants.Speech), Hears(French, _west, Wants.Speech)));

        outlets.Send(Caption(1, 1));
        outlets.Send(Chunk(1));
        outlets.Send(Caption(1, 1, French));
        outlets.Send(Chunk(2, French));
        await outlets.Drained();

        Assert.Equal("es1.1", _east.Arrived.Text());
        Assert.Equal("es1.1 chunk1 chunk2", _west.Arrived.Text());
    });

    [Fact]
    public Task A_caption_of_the_original_goes_to_those_who_speak_the_language_or_want_originals() => WithOutlets(async outlets =>
    {
        outlets.Apply(Audience(
            1,
            Hears(Language.Parse("en-GB"), _east, Wants.Captions),
            Hears(Spanish, _east, Wants.OriginalCaptions),
            Hears(Spanish, _west, Wants.Captions | Wants.Speech)));

        outlets.SendOriginalCaption(Caption(1, 1, English));
        await outlets.Drained();

        Assert.Equal("en1.1", _east.Arrived.Text());
        Assert.Empty(_west.Arrived);
    });

    [Fact]
    public Task The_own_voice_goes_to_others_of_the_language_and_never_back() => WithOutlets(async outlets =>
    {
        outlets.Apply(Audience(1, Hears(English, _east, Wants.Speech | Wants.Original, only: Ana), Hears(English, _west, Wants.Speech, only: Bob)));

        outlets.SendOriginal(Original(1));
        await outlets.Drained();

        Assert.Empty(_east.Arrived);
        Assert.Equal("frame1", _west.Arrived.Text());
    });

    [Fact]
    public Task Languages_to_translate_into_are_those_of_others_and_not_the_spoken_one() => WithOutlets(outlets =>
    {
        outlets.Apply(Audience(
            1,
            Hears(Language.Parse("en-GB"), _east, Wants.Speech),
            Hears(Spanish, _east, Wants.Captions),
            Hears(Spanish, _west, Wants.Captions | Wants.Speech),
            Hears(French, _west, Wants.Captions),
            Hears(Language.Parse("it"), _west, Wants.Original),
            Hears(Language.Parse("de"), _west, Wants.Speech, only: Ana)));

        Assert.Equal([(Spanish, true), (French, false)], outlets.LanguagesBeside(English));
        Assert.Equal([Language.Parse("en-GB")], outlets.LanguagesLike(English));
        Assert.Empty(outlets.LanguagesLike(Language.Parse("de")));
        return Task.CompletedTask;
    });

    [Fact]
    public Task An_older_audience_is_ignored() => WithOutlets(outlets =>
    {
        Assert.True(outlets.Apply(Audience(5, Hears(Spanish, _east, Wants.Captions))));

        Assert.False(outlets.Apply(Audience(4)));
        Assert.Equal([(Spanish, false)], outlets.LanguagesBeside(English));
        Assert.True(outlets.Apply(Audience(6)));
        Assert.Empty(outlets.LanguagesBeside(English));
        return Task.CompletedTask;
    });

    [Fact]
    public Task An_audience_of_a_later_activation_wins_whatever_its_counter() => WithOutlets(outlets =>
    {
        outlets.Apply(Audience(99, Hears(Spanish, _east, Wants.Captions)));

        Assert.True(outlets.Apply(new Audience(new AudienceVersion(2, 1), IsPartial: false, [], [])));
        Assert.False(outlets.Apply(Audience(100)));
        return Task.CompletedTask;
    });

    [Fact]
    public Task The_speakers_own_gateway_is_reached_without_any_listener() => WithOutlets(async outlets =>
    {
        outlets.SendToSpeaker(Notice(NoticeKind.NoRecognizer));
        outlets.SetOwn(new GatewayId("east"), _east);

        outlets.SendToSpeaker(Notice(NoticeKind.NotUnderstood));
        await outlets.Drained();

        Assert.Equal("NotUnderstood", _east.Arrived.Text());
    });

    [Fact]
    public Task A_slow_gateway_holds_up_no_other() => WithOutlets(async outlets =>
    {
        _east.Hold();
        outlets.Apply(Audience(1, Hears(Spanish, _east, Wants.Captions), Hears(Spanish, _west, Wants.Captions)));

        outlets.Send(Caption(1, 1));

        await Until.True("the other gateway has the caption", () => _west.Batches.Count == 1);
        Assert.Empty(_east.Batches);
        _east.Release();
    });

    [Fact]
    public Task A_gateway_that_nobody_listens_behind_any_more_gets_nothing() => WithOutlets(async outlets =>
    {
        outlets.Apply(Audience(1, Hears(Spanish, _east, Wants.Captions), Hears(Spanish, _west, Wants.Captions)));
        outlets.Apply(Audience(2, Hears(Spanish, _west, Wants.Captions)));

        outlets.Send(Caption(1, 1));
        await outlets.Drained();

        Assert.Equal(("", "es1.1"), (_east.Arrived.Text(), _west.Arrived.Text()));
    });

    Hearing Hears(Language language, Gateway gateway, Wants wants, ParticipantId? only = null) =>
        new(language, new GatewayId(gateway == _east ? "east" : "west"), gateway, wants, only);

    static Audience Audience(int counter, params ImmutableArray<Hearing> hearings) => new(new AudienceVersion(1, counter), IsPartial: false, hearings, []);

    static Task WithOutlets(Func<Outlets, Task> test) => Turns.Run(async () =>
    {
        await using var outlets = new Outlets(Ana, new ManualTime());
        await test(outlets);
    });
}
