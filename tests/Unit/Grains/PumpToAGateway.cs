using VoiceGrains.Deliveries;
using VoiceGrains.Participants;
using VoiceGrains.Tests.Support;
using static VoiceGrains.Tests.Unit.Grains.Sent;

namespace VoiceGrains.Tests.Unit.Grains;

/// <summary>What a speaker sends to one gateway arrives in order; when the gateway is slow, audio goes first and captions never.</summary>
public sealed class PumpToAGateway
{
    readonly ManualTime _time = new();
    readonly Gateway _gateway = new();
    Fence _fence = new(1, 0);

    [Fact]
    public Task What_comes_while_a_call_is_on_its_way_goes_together_in_the_next() => WithPump(async pump =>
    {
        await PostHeld(pump);
        pump.Post(Caption(1, 1));
        pump.Post(Chunk(1));
        pump.Post(Chunk(2));

        _gateway.Release();
        await Arrives(4);

        Assert.Equal(["frame0", "es1.1 chunk1 chunk2"], _gateway.Batches.Select(static batch => batch.Deliveries.Text()));
    });

    [Fact]
    public Task Only_the_newest_revision_of_a_caption_waits() => WithPump(async pump =>
    {
        await PostHeld(pump);
        foreach (var delivery in new[] { Caption(1, 1), Caption(2, 1), Caption(1, 1, French), Caption(1, 2), Caption(1, 3) })
            pump.Post(delivery);

        _gateway.Release();
        await Arrives(4);

        Assert.Equal("frame0 es2.1 fr1.1 es1.3", _gateway.Arrived.Text());
    });

    [Fact]
    public Task When_too_much_waits_the_oldest_audio_goes_and_captions_stay() => WithPump(async pump =>
    {
        await PostHeld(pump);
        pump.Post(Caption(1, 1));
        for (var number = 1; number <= 600; number++)
            pump.Post(Original(number));

        _gateway.Release();
        await Arrives(1 + 1 + 512);

        Assert.StartsWith("frame0 es1.1 frame89 frame90 ", _gateway.Arrived.Text(), StringComparison.Ordinal);
        Assert.EndsWith(" frame599 frame600", _gateway.Arrived.Text(), StringComparison.Ordinal);
        Assert.All(_gateway.Batches, static batch => Assert.InRange(batch.Deliveries.Length, 1, 128));
    });

    [Fact]
    public Task A_call_that_fails_is_tried_again_and_after_two_seconds_without_its_audio() => WithPump(async pump =>
    {
        await PostHeld(pump);
        _gateway.Failures = 22;
        pump.Post(Chunk(1));
        pump.Post(Caption(1, 1));
        _gateway.Release();

        for (var tried = 2; tried <= 23; tried++)
        {
            await Tried(tried);
            await AfterPause();
        }

        await Arrives(2);

        var tries = _gateway.Tried.Skip(1).Select(static batch => batch.Deliveries.Text()).ToList();
        Assert.Equal([.. Enumerable.Repeat("chunk1 es1.1", 21), "es1.1", "es1.1"], tries);
    });

    [Fact]
    public Task A_call_that_is_tried_again_says_who_holds_the_participant_by_then() => WithPump(async pump =>
    {
        await PostHeld(pump);
        _fence = new Fence(1, 2);
        _gateway.Failures = 1;
        pump.Post(Caption(1, 1));
        _gateway.Release();
        await Tried(2);

        await AfterPause();
        await Arrives(2);

        Assert.Equal([new Fence(1, 0), new Fence(1, 2), new Fence(1, 2)], _gateway.Tried.Select(static batch => batch.Fence));
    });

    [Fact]
    public Task Arrival_is_told_when_the_gateway_has_answered_and_not_when_it_failed() => WithPump(async pump =>
    {
        var arrived = "";
        _gateway.Failures = 1;
        pump.Post(Caption(1, 1), () => arrived += "1");
        pump.Post(Caption(2, 1), () => arrived += "2");
        await Tried(1);
        await Until.True("the pump pauses", () => _time.Waiting > 0);
        Assert.Equal("", arrived);

        await AfterPause();

        await Until.True("both have arrived", () => arrived == "12");
    });

    [Fact]
    public Task A_call_without_an_answer_is_given_up_after_two_seconds_and_repeated() => WithPump(async pump =>
    {
        _gateway.Hold();
        pump.Post(Caption(1, 1));
        await Tried(1);

        await Until.True("the pump waits for the answer", () => _time.Waiting > 0);
        _gateway.Forget();
        _time.Advance(TimeSpan.FromSeconds(2));
        await AfterPause();

        await Arrives(1);
        Assert.Equal(2, _gateway.Tried.Count);
    });

    [Fact]
    public Task A_gateway_that_came_back_gets_what_is_still_on_its_way() => WithPump(async pump =>
    {
        _gateway.Failures = 1;
        pump.Post(Caption(1, 1));
        await Tried(1);
        var other = new Gateway();

        pump.Link = other;
        await AfterPause();

        await Until.True("the new link has it", () => other.Batches.Count == 1);
        Assert.Empty(_gateway.Batches);
    });

    [Fact]
    public Task Draining_ends_when_all_has_arrived_or_at_its_limit() => WithPump(async pump =>
    {
        await PostHeld(pump);
        var drain = pump.Drain(TimeSpan.FromMilliseconds(30));
        _time.Advance(TimeSpan.FromMilliseconds(10));
        Assert.False(drain.IsCompleted);

        await Until.True("the limit is over", () => Advanced(10) && drain.IsCompleted);

        _gateway.Release();
        await Until.True("all has arrived", () => pump.Drain(TimeSpan.FromSeconds(1)).IsCompleted);
        Assert.Equal("frame0", _gateway.Arrived.Text());
    });

    async Task PostHeld(LinkPump pump)
    {
        _gateway.Hold();
        pump.Post(Original(0));
        await Tried(1);
    }

    Task Tried(int calls) => Until.True($"{calls} calls were made", () => _gateway.Tried.Count >= calls);

    Task Arrives(int deliveries) => Until.True($"{deliveries} deliveries arrive", () => _gateway.Arrived.Count() >= deliveries);

    async Task AfterPause()
    {
        await Until.True("the pump pauses", () => _time.Waiting > 0);
        _time.Advance(TimeSpan.FromMilliseconds(100));
    }

    bool Advanced(int milliseconds)
    {
        _time.Advance(TimeSpan.FromMilliseconds(milliseconds));
        return true;
    }

    Task WithPump(Func<LinkPump, Task> test) => Turns.Run(async () =>
    {
        await using var pump = new LinkPump(new ParticipantId("ana"), () => _fence, _gateway, _time);
        await test(pump);
    });
}
