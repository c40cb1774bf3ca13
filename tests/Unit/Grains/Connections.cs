using FsCheck.Fluent;
using VoiceGrains.Participants;

namespace VoiceGrains.Tests.Unit.Grains;

/// <summary>The newest connection holds the participant; older ones are told that they were replaced.</summary>
public sealed class Connections
{
    const string Socket = "socket";

    readonly ConnectionLease _lease = new();

    [Fact]
    public void Before_the_first_connection_nobody_is_connected()
    {
        Assert.Null(_lease.Current);
        Assert.Equal(SpeakRefusal.NotConnected, _lease.Refusal(new Fence(1, 0)));
    }

    [Fact]
    public void A_newer_connection_replaces_an_older_one()
    {
        Assert.True(_lease.TryTake(new Fence(1, 0), Socket));
        Assert.True(_lease.TryTake(new Fence(2, 0), Socket));

        Assert.Equal(SpeakRefusal.Replaced, _lease.Refusal(new Fence(1, 0)));
        Assert.Null(_lease.Refusal(new Fence(2, 0)));
    }

    [Fact]
    public void An_older_connection_does_not_come_back()
    {
        _lease.TryTake(new Fence(2, 0), Socket);

        Assert.False(_lease.TryTake(new Fence(1, 7), Socket));
        Assert.Equal(new Fence(2, 0), _lease.Current);
    }

    [Fact]
    public void A_gateway_that_attaches_again_keeps_its_epoch()
    {
        _lease.TryTake(new Fence(2, 0), Socket);

        Assert.True(_lease.TryTake(new Fence(2, 1), Socket));
        Assert.Equal(SpeakRefusal.Replaced, _lease.Refusal(new Fence(2, 0)));
    }

    [Fact]
    public void A_claim_that_was_made_with_an_activation_that_is_gone_must_be_made_again()
    {
        _lease.TryTake(new Fence(2, 0), Socket);

        Assert.Equal(SpeakRefusal.NotConnected, _lease.Refusal(new Fence(3, 0)));
    }

    [Fact]
    public void Taking_the_same_claim_again_changes_nothing()
    {
        Assert.True(_lease.TryTake(new Fence(2, 1), Socket));
        Assert.True(_lease.TryTake(new Fence(2, 1), Socket));
        Assert.Null(_lease.Refusal(new Fence(2, 1)));
    }

    [Fact]
    public void In_any_order_the_highest_claim_holds() => Law.Holds(
        Gen.Choose(0, 24).Select(static number => new Fence(number / 5, number % 5)).NonEmptyListOf(),
        static fences =>
        {
            var lease = new ConnectionLease();
            var taken = fences.Select(fence => lease.TryTake(fence, Socket)).ToList();
            return lease.Current == fences.Max() && taken.SequenceEqual(fences.Select((fence, at) => fence.CompareTo(fences.Take(at + 1).Max()) == 0));
        });
}
