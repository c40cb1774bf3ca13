using VoiceGrains.Engines;
using VoiceGrains.Silo.Engines;
using VoiceGrains.Silo.Engines.ElevenLabs;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Engines.ElevenLabs;

/// <summary>The gate in front of the account's concurrent generations.</summary>
public sealed class PlacesOfTheAccount
{
    readonly ManualTime _time = new();

    [Fact]
    public async Task Whoever_finds_no_place_gets_the_next_that_is_given_back()
    {
        var slots = new LocalSlots("elevenlabs", 1, _time);
        var first = await slots.Take(TimeSpan.FromSeconds(1), CancellationToken.None);
        var second = slots.Take(TimeSpan.FromSeconds(1), CancellationToken.None).AsTask();
        Assert.False(second.IsCompleted);

        await first.DisposeAsync();
        await first.DisposeAsync();
        await (await second).DisposeAsync();

        Assert.Equal(0, slots.Taken);
    }

    [Fact]
    public async Task Whoever_waits_longer_than_the_limit_is_told_so()
    {
        var slots = new LocalSlots("elevenlabs", 1, _time);
        var first = await slots.Take(TimeSpan.FromSeconds(1), CancellationToken.None);
        var second = slots.Take(TimeSpan.FromSeconds(1), CancellationToken.None).AsTask();

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(FaultKind.NoPlace, (await Assert.ThrowsAsync<EngineFaultException>(() => second)).Kind);
        await first.DisposeAsync();
        Assert.Equal(0, slots.Taken);
    }

    [Fact]
    public async Task Whoever_gives_up_leaves_the_place_to_the_next()
    {
        using var impatient = new CancellationTokenSource();
        var slots = new LocalSlots("elevenlabs", 1, _time);
        var first = await slots.Take(TimeSpan.FromSeconds(9), CancellationToken.None);
        var second = slots.Take(TimeSpan.FromSeconds(9), impatient.Token).AsTask();
        var third = slots.Take(TimeSpan.FromSeconds(9), CancellationToken.None).AsTask();

        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        await first.DisposeAsync();

        await (await third).DisposeAsync();
        Assert.Equal(0, slots.Taken);
    }

    [Fact]
    public async Task The_vendor_can_lower_the_number_and_raise_it_again_up_to_the_settings()
    {
        var slots = new LocalSlots("elevenlabs", 3, _time);
        slots.Told(0, 1);
        var taken = new List<IAsyncDisposable> { await slots.Take(TimeSpan.Zero, CancellationToken.None) };
        await Assert.ThrowsAsync<EngineFaultException>(() => slots.Take(TimeSpan.Zero, CancellationToken.None).AsTask());

        slots.Told(1, 50);
        taken.Add(await slots.Take(TimeSpan.Zero, CancellationToken.None));
        taken.Add(await slots.Take(TimeSpan.Zero, CancellationToken.None));

        await Assert.ThrowsAsync<EngineFaultException>(() => slots.Take(TimeSpan.Zero, CancellationToken.None).AsTask());
        Assert.Equal(3, slots.Taken);
    }

    [Fact]
    public async Task More_than_can_ever_be_served_are_refused_at_once()
    {
        var slots = new LocalSlots("elevenlabs", 1, _time);
        await slots.Take(TimeSpan.FromSeconds(9), CancellationToken.None);
        var waiting = Enumerable.Range(0, 256).Select(_ => slots.Take(TimeSpan.FromSeconds(9), CancellationToken.None).AsTask()).ToArray();

        var fault = await Assert.ThrowsAsync<EngineFaultException>(() => slots.Take(TimeSpan.FromSeconds(9), CancellationToken.None).AsTask());

        Assert.Equal(FaultKind.NoPlace, fault.Kind);
        Assert.DoesNotContain(waiting, static place => place.IsCompleted);
    }
}
