using System.Globalization;
using VoiceGrains.Tests.Faults.Checks;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Faults.Running;

/// <summary>What servers still hold when all calls are over, by their own metrics.</summary>
sealed class Leaks(Cluster cluster) : IDisposable
{
    // Shorter than the time after which a forgotten participant ends by itself: that one was forgotten is a finding.
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(25);
    static readonly string[] Held = ["voicegrains_connections", "voicegrains_gateway_calls", "voicegrains_calls", "voicegrains_participants"];

    // Audio that a recognizer refused and that was not offered again: lost, wherever it shows.
    const string Violations = "voicegrains_scripted_violations_total";

    // What was found once stays as long as its process lives, and is told once.
    readonly HashSet<(int Process, string Name, double Value)> _told = [];

    readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(5) };

    /// <summary>Waits until nothing is held any more; what still is after a while is a leak.</summary>
    public async Task<IReadOnlyList<Finding>> Find()
    {
        List<Finding> found = [];
        try
        {
            await Until.True("nothing is held any more", async () => (found = await Look()).Count == 0, Limit);
        }
        catch (TimeoutException)
        {
            // It is a finding, not a failure of the suite.
            foreach (var member in cluster.Members)
                _told.UnionWith((await Read(member)).Select(figure => (member.Id, figure.Key, figure.Value)));
        }

        return found;
    }

    public void Dispose() => _http.Dispose();

    async Task<List<Finding>> Look()
    {
        var found = new List<Finding>();
        foreach (var member in cluster.Members)
        {
            var figures = await Read(member);
            found.AddRange(Held.Append(Violations).Where(name => figures.GetValueOrDefault(name) is not 0 and var value && !_told.Contains((member.Id, name, value)))
                .Select(name => new Finding(FindingKind.Leaked, "all", member.Name, $"{name} is {figures[name]}")));
        }

        return found;
    }

    async Task<Dictionary<string, double>> Read(ClusterProcess member)
    {
        var text = await _http.GetStringAsync(new Uri(member.Address, "/metrics"));
        return text.Split('\n')
            .Where(static line => line.Length > 0 && line[0] != '#')
            .Select(static line => (Name: line[..line.AsSpan().IndexOfAny('{', ' ')], Value: double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture)))
            .GroupBy(static figure => figure.Name)
            .ToDictionary(static group => group.Key, static group => group.Sum(static figure => figure.Value));
    }
}
