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
    public void A_new_connection_without_a_token_gets_the_epoch_after_all_that_were_ever_given()
    {
        Assert.Equal(new Fence(4, 0), _lease.Claim(Claims("a", 0), stored: 3));
        Take("a", new Fence(7, 2));

        Assert.Equal(new Fence(8, 0), _lease.Claim(Claims("b", 0), stored: 3));
    }

    [Fact]
    public void A_token_gives_its_own_epoch_while_no_newer_one_was_given()
    {
        Assert.Equal(new Fence(4, 0), _lease.Claim(Claims("a", 4), stored: 3));
        Assert.Equal(new Fence(9, 0), _lease.Claim(Claims("a", 9), stored: 3));
        Assert.Null(_lease.Claim(Claims("a", 2), stored: 3));
    }

    [Fact]
    public void The_same_token_at_two_gateways_gives_the_later_one_an_epoch_of_its_own()
    {
        Take("east", _lease.Claim(Claims("east", 4), stored: 3)!.Value);

        var later = _lease.Claim(Claims("west", 4), stored: 4);
        Assert.Equal(new Fence(5, 0), later);
        Take("west", later!.Value);

        Assert.Equal(SpeakRefusal.Replaced, _lease.Refusal(new Fence(4, 0)));
        Assert.Null(_lease.Claim(Claims("east", 4), stored: 5));
    }

    [Fact]
    public void A_request_that_is_repeated_gets_the_same_answer()
    {
        var first = _lease.Claim(Claims("a", 0), stored: 3)!.Value;
        Take("a", first);

        Assert.Equal(first, _lease.Claim(Claims("a", 0), stored: 4));
        Assert.Equal(new Fence(5, 0), _lease.Claim(Claims("b", 0), stored: 4));
    }

    [Fact]
    public void A_request_that_is_repeated_after_it_was_replaced_does_not_take_the_place_back()
    {
        Take("a", _lease.Claim(Claims("a", 4), stored: 3)!.Value);
        Take("b", _lease.Claim(Claims("b", 5), stored: 4)!.Value);

        Assert.Null(_lease.Claim(Claims("a", 4), stored: 5));
    }

    [Fact]
    public void A_gateway_attaches_again_with_its_epoch_unless_a_newer_connection_was_welcomed()
    {
        Assert.Equal(new Fence(4, 1), _lease.Claim(Claims("a", 4, attach: 1), stored: 4));
        Take("a", new Fence(4, 1));

        Assert.Equal(new Fence(4, 2), _lease.Claim(Claims("a", 4, attach: 2), stored: 4));
        Assert.Null(_lease.Claim(Claims("a", 4, attach: 3), stored: 5));
    }

    [Fact]
    public void A_request_to_attach_that_comes_late_is_refused()
    {
        Take("a", new Fence(4, 3));

        var late = _lease.Claim(Claims("a", 4, attach: 2), stored: 4)!.Value;

        Assert.False(_lease.TryTake(late, "a"));
        Assert.Equal(new Fence(4, 3), _lease.Current);
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

    void Take(string connection, Fence fence) => Assert.True(_lease.TryTake(fence, connection));

    static ConnectRequest Claims(string connection, int epoch, int attach = 0) => new(
        new TenantId("acme"), "Ana", new GatewayId("east"), new Gateway(), connection, epoch, attach, Sent.English, "stock-female", MaySpeak: true, null, []);
}
