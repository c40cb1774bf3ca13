using VoiceGrains.Gateway.Sockets;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Unit.Gateway;

/// <summary>A burst is free, then a steady rate holds.</summary>
public sealed class RateOfAClient
{
    readonly ManualTime _time = new();

    [Fact]
    public void A_burst_is_taken_at_once_and_what_follows_waits()
    {
        var bucket = new TokenBucket(burst: 5, perSecond: 2, _time);

        var waits = Enumerable.Range(0, 7).Select(_ => bucket.Take(1)).ToList();

        Assert.All(waits[..5], static wait => Assert.Equal(TimeSpan.Zero, wait));
        Assert.Equal(TimeSpan.FromSeconds(0.5), waits[5]);
        Assert.Equal(TimeSpan.FromSeconds(1), waits[6]);
    }

    [Fact]
    public void Who_waits_as_told_is_let_through()
    {
        var bucket = new TokenBucket(burst: 1, perSecond: 4, _time);
        bucket.Take(1);

        _time.Advance(bucket.Take(1));

        Assert.Equal(TimeSpan.FromSeconds(0.25), bucket.Take(1));
    }

    [Fact]
    public void Rest_gives_back_no_more_than_the_burst()
    {
        var bucket = new TokenBucket(burst: 3, perSecond: 1, _time);
        bucket.Take(3);

        _time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(TimeSpan.Zero, bucket.Take(3));
        Assert.Equal(TimeSpan.FromSeconds(1), bucket.Take(1));
    }

    [Fact]
    public void Over_a_long_time_the_rate_holds()
    {
        var bucket = new TokenBucket(burst: 10, perSecond: 5, _time);

        var waited = TimeSpan.Zero;
        for (var i = 0; i < 1_010; i++)
        {
            var wait = bucket.Take(1);
            _time.Advance(wait);
            waited += wait;
        }

        Assert.InRange(waited.TotalSeconds, 199.9, 200.1);
    }
}
