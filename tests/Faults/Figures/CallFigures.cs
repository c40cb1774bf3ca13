using VoiceGrains.Tests.Faults.Checks;

namespace VoiceGrains.Tests.Faults.Figures;

/// <summary>What a fault cost one call, compared with its undisturbed twin.</summary>
/// <param name="Gap">The largest extra delay of a word at a listener.</param>
/// <param name="LagNormal">From the fault until everything comes with less than <see cref="Normal"/> extra delay again, and stays so.</param>
/// <param name="Accepted">For each speaker that was hit: from the fault until frames are accepted again. Null: they never were.</param>
sealed record CallFigures(TimeSpan Gap, TimeSpan LagNormal, IReadOnlyList<TimeSpan?> Accepted)
{
    /// <summary>Extra delay that nobody notices.</summary>
    public static readonly TimeSpan Normal = TimeSpan.FromMilliseconds(200);

    // An acknowledgement that was on its way when the silo died is no sign of life.
    static readonly TimeSpan OnItsWay = TimeSpan.FromMilliseconds(20);

    public static CallFigures Of(CallHistory call, CallHistory twin, TimeSpan struckAt, IReadOnlyDictionary<string, TimeSpan> hit)
    {
        var undisturbed = Arrivals.Of(twin);
        var extra = Arrivals.Of(call).Where(arrival => undisturbed.ContainsKey(arrival.Key))
            .Select(arrival => (arrival.Value.At, Extra: arrival.Value.Delay - undisturbed[arrival.Key].Delay)).ToList();
        var late = extra.Where(arrival => arrival.At > struckAt && arrival.Extra >= Normal).Select(static arrival => arrival.At).DefaultIfEmpty(struckAt).Max();
        var gap = extra.Where(arrival => arrival.At > struckAt).Select(static arrival => arrival.Extra).DefaultIfEmpty(TimeSpan.Zero).Max();
        return new CallFigures(gap > TimeSpan.Zero ? gap : TimeSpan.Zero, late - struckAt, [.. hit.Select(who => AcceptedAgain(call.Of(who.Key), who.Value))]);
    }

    static TimeSpan? AcceptedAgain(ParticipantHistory speaker, TimeSpan struckAt) =>
        speaker.All<SeenAck>().FirstOrDefault(ack => ack.At > struckAt + OnItsWay)?.At - struckAt;
}
