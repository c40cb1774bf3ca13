using VoiceGrains.Tests.Emulators.Common;
using VoiceGrains.Tests.EndToEnd.Harness;
using VoiceGrains.Tests.EndToEnd.Voices;

namespace VoiceGrains.Tests.EndToEnd.Vendors;

/// <summary>
/// Calls through all vendors, audio in and a cloned voice out, while each of them fails in each of its ways: no caption is lost or doubled, no word of the speech is
/// missing, and the next sentence goes well.
/// </summary>
public sealed class FaultsInACall(VendorSilo vendors) : IClassFixture<VendorSilo>
{
    static readonly string[] Said = ["please", "tell", VendorSilo.Password, "nobody", "about", "this", "long", "story"];
    static readonly string[] SaidThen = ["then", "we", "go", "on"];

    // After the last word: 0.7 s, of which the recognizer may not have said yet that it is silence.
    const int SilentFrames = 7;

    static int calls;

    public static TheoryData<string, string> Cases()
    {
        var cases = new TheoryData<string, string>();
        foreach (var (operation, name, _) in Faults)
            cases.Add(operation, name);
        return cases;
    }

    static readonly (string Operation, string Name, PlannedFault Fault)[] Faults =
    [
        ("nova", "nothing", new(FaultForm.UnknownMessage, "nowhere")),
        .. Of("nova", new(FaultForm.Status, Status: 500), new(FaultForm.Status, Status: 429, Code: "TOO_MANY_REQUESTS"), new(FaultForm.Refuse), new(FaultForm.HangBeforeHeaders),
            new(FaultForm.SlowFirstByte, Delay: Late), new(FaultForm.Stall, After: 2), new(FaultForm.Reset, After: 2), new(FaultForm.CutInFrame, After: 2),
            new(FaultForm.Close, Status: 1011, After: 2), new(FaultForm.Close, Status: 1008, After: 2), new(FaultForm.Close, After: 2), new(FaultForm.ErrorThenClose, After: 2, Status: 1011),
            new(FaultForm.MalformedJson, After: 2), new(FaultForm.DeadPeer, After: 2), new(FaultForm.Fragments), new(FaultForm.HugeMessage), new(FaultForm.UnknownMessage),
            new(FaultForm.Lingering), new(FaultForm.SkewedTimes, Delay: TimeSpan.FromSeconds(7))),
        .. Of("chat", new(FaultForm.Status, Status: 500, Times: 2), new(FaultForm.Status, Status: 429, Code: "rate_limit_exceeded", RetryAfter: TimeSpan.FromMilliseconds(200)),
            new(FaultForm.Refuse, Times: 2), new(FaultForm.HangBeforeHeaders, Times: 2), new(FaultForm.SlowFirstByte, Delay: Late), new(FaultForm.Drip, Delay: TimeSpan.FromMilliseconds(1)),
            new(FaultForm.Stall, After: 4), new(FaultForm.Reset, After: 4), new(FaultForm.CutInFrame, After: 4), new(FaultForm.EndWithoutTerminator, After: 4),
            new(FaultForm.ErrorInStream, After: 4, Code: "server_error"), new(FaultForm.MalformedJson, After: 4), new(FaultForm.UnknownMessage, After: 4)),
        .. Of("multi-stream-input", new(FaultForm.Status, Status: 500, Times: 2), new(FaultForm.Status, Status: 429, Code: "too_many_concurrent_requests", Times: 2),
            new(FaultForm.Refuse, Times: 2), new(FaultForm.HangBeforeHeaders), new(FaultForm.SlowFirstByte, Delay: Late), new(FaultForm.Drip, Delay: TimeSpan.FromMilliseconds(1)),
            new(FaultForm.Stall, After: 1), new(FaultForm.Reset, After: 1), new(FaultForm.CutInFrame, After: 1), new(FaultForm.Close, Status: 1008, After: 1),
            new(FaultForm.Close, Status: 1011, After: 1), new(FaultForm.Close, After: 1), new(FaultForm.ErrorInStream, After: 1), new(FaultForm.ErrorThenClose, After: 1, Status: 1008),
            new(FaultForm.MalformedJson, After: 1), new(FaultForm.TruncatedAudio), new(FaultForm.OddAudio), new(FaultForm.Fragments), new(FaultForm.HugeMessage),
            new(FaultForm.UnknownMessage), new(FaultForm.EndWithoutTerminator, After: 1), new(FaultForm.DeadPeer, After: 1), new(FaultForm.Lingering),
            new(FaultForm.SkewedTimes, Delay: TimeSpan.FromSeconds(7))),
    ];

    static TimeSpan Late => TimeSpan.FromMilliseconds(700);

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Every_word_is_read_once_and_none_is_unheard(string operation, string name)
    {
        var fault = Faults.Single(known => known.Operation == operation && known.Name == name).Fault;
        var voice = new VoiceOverRest(vendors.Silo, $"voice-{Interlocked.Increment(ref calls)}");
        await voice.MakeReady();
        await using var call = await TestCall.Open(vendors.Silo);
        var ana = await call.Join("ana", "es");
        var ben = await voice.Join(call, "ben", new Protocol.Hello("en"));

        vendors.Doubles.PlanOf(operation).Add(fault);
        await ben.Speak(string.Join(' ', Said));
        await GetsAll(ana, Said);
        Assert.Equal(name != "nothing", vendors.Doubles.PlanOf(operation).IsEmpty || fault.Times > 1);
        vendors.Doubles.Clear();
        await ben.Speak(string.Join(' ', SaidThen));
        await GetsAll(ana, [.. Said, .. SaidThen]);
        var spoken = ben.Client.NextNumber - 1 - SilentFrames;
        await ben.Until("what was said is recorded", () => ben.Client.Recorded >= spoken);

        Assert.Equal(Words([.. Said, .. SaidThen]), Hearing.WithoutRepeats(ana.WordsHeard(), Words([.. Said, .. SaidThen])));
        var ledger = (await call.Figures("ben")).GetProperty("ledger");
        Assert.True(ledger.GetProperty("balanced").GetBoolean() && ledger.GetProperty("lost").GetInt64() == 0, $"Something is lost: {ledger}");
        Assert.Equal(Spanish([.. Said, .. SaidThen]), string.Join(' ', (await call.Transcript("format=text&language=es")).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(static line => line.Split(' ').Where(static word => word.EndsWith("·es", StringComparison.Ordinal)))));
    }

    static async Task GetsAll(Member ana, string[] said)
    {
        try
        {
            await ana.Until("all of it is read and heard", () => ana.Read("ben", "es") == Spanish(said) && Hearing.WithoutRepeats(ana.WordsHeard(), Words(said)).Count >= said.Length);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"Read: {ana.Read("ben", "es")}\nHeard: {string.Join(' ', ana.WordsHeard())}");
        }
    }

    static IEnumerable<(string Operation, string Name, PlannedFault Fault)> Of(string operation, params PlannedFault[] faults) => faults.Select(fault =>
        (operation, $"{fault.Form}{(fault.Status == 0 ? "" : $" {fault.Status}")}{(fault.After == 0 ? "" : $" after {fault.After}")}", fault with { Where = operation }));

    static string Spanish(IEnumerable<string> words) => string.Join(' ', Words(words));

    static string[] Words(IEnumerable<string> words) => [.. words.Select(static word => word + "·es")];
}
