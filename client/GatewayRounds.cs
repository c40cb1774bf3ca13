using System.Security.Cryptography;

namespace VoiceGrains.Client;

/// <summary>
/// In which order gateways are tried after a connection was lost, and how long to wait: the first round at once, then with pauses that grow to 2 s,
/// with some chance in them, so that thousands of clients do not come back in step.
/// </summary>
sealed class GatewayRounds
{
    static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    readonly IReadOnlyList<Uri> _order;
    int _tried;
    TimeSpan _pause = FirstPause;

    /// <param name="last">Where the connection was.</param>
    /// <param name="hasFailed">Whether it broke there: then it is tried last.</param>
    public GatewayRounds(Uri last, bool hasFailed, IEnumerable<Uri> known)
    {
        var all = known.Prepend(last).Distinct().ToList();
        var others = all.Skip(1).ToList();
        _order = hasFailed ? [.. others, last] : all;
    }

    /// <summary>The next to try, after this pause.</summary>
    public (Uri Gateway, TimeSpan Pause) Next()
    {
        var gateway = _order[_tried % _order.Count];
        var isNewRound = _tried > 0 && _tried % _order.Count == 0;
        _tried++;
        if (!isNewRound)
            return (gateway, TimeSpan.Zero);
        var pause = _pause * (0.5 + RandomNumberGenerator.GetInt32(1_000) / 1_000.0);
        _pause = _pause * 2 > LongestPause ? LongestPause : _pause * 2;
        return (gateway, pause);
    }
}
