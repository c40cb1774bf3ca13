using VoiceGrains.Gateway;
using VoiceGrains.Gateway.Sockets;
using VoiceGrains.Participants;

namespace VoiceGrains.Tests.Unit.Gateway;

/// <summary>Numbers that must come again come from the ring, or from the client when the ring does not go back so far.</summary>
public sealed class RingAfterARewind
{
    [Fact]
    public void What_the_ring_still_holds_comes_from_the_ring()
    {
        var ring = RingWith(1, 10);
        ring.SentThrough(10);

        Assert.True(ring.TryRewind(4));

        Assert.Equal((4, 11), (ring.Peek().Next[0].Number, ring.NextNumber));
        Assert.Equal(Place.Old, ring.Judge(10));
    }

    [Fact]
    public void An_answer_to_a_call_before_the_rewind_says_nothing()
    {
        var ring = RingWith(1, 10);
        ring.Peek();

        ring.TryRewind(4);
        ring.SentThrough(10);

        Assert.Equal(4, ring.Peek().Next[0].Number);
        ring.SentThrough(10);
        Assert.False(ring.HasMore());
    }

    [Fact]
    public void Beyond_the_ring_the_client_sends_again_from_there()
    {
        var ring = RingWith(1, 10);
        ring.Cover(6);

        Assert.False(ring.TryRewind(4));

        Assert.Equal((4, 4), (ring.NextNumber, ring.Peek().Oldest));
        Assert.False(ring.HasMore());
        Assert.Equal(Place.Next, ring.Judge(4));
    }

    [Fact]
    public void What_the_client_sent_before_it_heard_of_it_is_early_and_not_taken()
    {
        var ring = RingWith(1, 10);
        ring.Cover(10);
        ring.TryRewind(4);

        Assert.Equal([Place.Early, Place.Early, Place.Early], ((long[])[11, 12, 13]).Select(ring.Judge));
        Assert.Equal(Place.Next, ring.Judge(4));
        ring.Add(Frame(4));

        Assert.Equal(Place.Gap, ring.Judge(14));
        Assert.Equal(Place.Next, ring.Judge(5));
    }

    [Fact]
    public void A_client_that_has_only_a_part_begins_with_it_and_the_rest_is_lost()
    {
        var ring = RingWith(1, 10);
        ring.Cover(10);
        ring.TryRewind(4);

        Assert.Equal(Place.Next, ring.Judge(8));
        ring.Add(Frame(8));

        Assert.Equal((8, 9), (ring.Peek().Oldest, ring.NextNumber));
        Assert.Equal([8L], ring.Peek().Next.Select(static each => each.Number));
    }

    [Fact]
    public void A_client_that_just_goes_on_is_believed_after_fifty_numbers()
    {
        var ring = RingWith(1, 10);
        ring.Cover(10);
        ring.TryRewind(4);

        var places = Enumerable.Range(11, 51).Select(number => ring.Judge(number)).ToList();

        Assert.All(places[..50], static place => Assert.Equal(Place.Early, place));
        Assert.Equal((Place.Next, 61), (places[50], ring.NextNumber));
    }

    [Fact]
    public void Each_rewind_gives_the_client_another_fifty()
    {
        var ring = RingWith(1, 10);
        ring.Cover(10);
        ring.TryRewind(8);
        for (var number = 11; number <= 50; number++)
            ring.Judge(number);

        ring.TryRewind(4);
        var places = Enumerable.Range(51, 40).Select(number => ring.Judge(number));

        Assert.All(places, static place => Assert.Equal(Place.Early, place));
    }

    [Fact]
    public void A_second_rewind_further_back_does_not_make_early_numbers_welcome()
    {
        var ring = RingWith(1, 10);
        ring.Cover(10);
        ring.TryRewind(8);

        ring.TryRewind(4);

        Assert.Equal([Place.Early, Place.Next], ((long[])[11, 4]).Select(ring.Judge));
    }

    [Fact]
    public void At_the_beginning_a_client_may_leave_out_what_it_no_longer_has_but_not_everything()
    {
        Assert.Equal(Place.Next, new FrameRing(5).Judge(5 + ConnectionLimits.LargestGap));
        Assert.Equal(Place.Gap, new FrameRing(5).Judge(6 + ConnectionLimits.LargestGap));
        Assert.Equal(Place.Old, new FrameRing(5).Judge(4));
    }

    [Fact]
    public void Who_holds_less_than_the_activation_asks_for_skips_what_it_has()
    {
        var ring = RingWith(1, 10);

        Assert.True(ring.TryRewind(20));

        Assert.False(ring.HasMore());
        for (var number = 11; number <= 20; number++)
            ring.Add(Frame(number));
        Assert.Equal([20L], ring.Peek().Next.Select(static each => each.Number));
    }

    static FrameRing RingWith(int first, int last)
    {
        var ring = new FrameRing(first);
        for (var number = first; number <= last; number++)
        {
            Assert.Equal(Place.Next, ring.Judge(number));
            ring.Add(Frame(number));
        }

        return ring;
    }

    static SpokenFrame Frame(long number) => new(number, TimeSpan.Zero, new byte[640]);
}
