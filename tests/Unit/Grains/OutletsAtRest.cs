using VoiceGrains.Deliveries;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Unit.Grains;

/// <summary>Waits for what a speaker has sent.</summary>
static class OutletsAtRest
{
    // The clock stands still, so this ends only when everything has arrived.
    public static Task Drained(this Outlets outlets) =>
        Until.True("everything sent has arrived", () => outlets.Drain(TimeSpan.FromHours(1)).IsCompleted);
}
