using System.ComponentModel;
using System.Text.RegularExpressions;
using VoiceGrains.Gateway;
using VoiceGrains.Gateway.Hosting;
using VoiceGrains.Silo;
using VoiceGrains.Tests.Support;
using VoiceGrains.Voices;

namespace VoiceGrains.Tests.Unit.Settings;

/// <summary><c>.env.example</c> lists what an operator may set: all of it, and as it is.</summary>
public sealed partial class SettingsExample
{
    static readonly string[] Lines = File.ReadAllLines(Repository.File(".env.example"));

    // Engines for tests are set by tests.
    static IEnumerable<KnownSetting> OfOperators => KnownSettings.All.Where(static setting => !setting.Name.StartsWith("Scripted:", StringComparison.Ordinal));

    static IReadOnlyList<(string Name, string Value, string Explanation)> Written =>
    [
        .. Lines.Select(static (line, at) => (Match: SettingLine().Match(line), Before: at > 0 ? Lines[at - 1] : ""))
            .Where(static found => found.Match.Success)
            .Select(static found => (found.Match.Groups[1].Value.Replace("__", ":", StringComparison.Ordinal), found.Match.Groups[2].Value, found.Before)),
    ];

    [Fact]
    public void Every_setting_is_in_it() =>
        Assert.Empty(OfOperators.Where(static setting => !Written.Any(written => setting.IsNamed(written.Name))).Select(static setting => setting.Name));

    [Fact]
    public void Nothing_is_in_it_that_nobody_reads_or_twice()
    {
        Assert.DoesNotContain(Written, static written => !OfOperators.Any(setting => setting.IsNamed(written.Name)));
        Assert.Equal(Written.Count, Written.DistinctBy(static written => written.Name).Count());
    }

    [Fact]
    public void Each_has_a_line_of_explanation_and_shows_its_default()
    {
        Assert.All(Written, static written =>
        {
            Assert.Matches("^# [A-Z0-9e].*[.]", written.Explanation);
            var setting = OfOperators.First(setting => setting.IsNamed(written.Name));
            if (written.Value.Length > 0)
                Assert.Equal(setting.Default, TypeDescriptor.GetConverter(setting.Type).ConvertFromInvariantString(written.Value));
            else
                Assert.True(setting.Default is null or "" || written.Explanation.Contains("Default: ", StringComparison.Ordinal), $"{written.Name} has a default that is not shown.");
        });
    }

    [Fact]
    public void As_it_stands_it_sets_nothing() => Assert.All(Lines, static line => Assert.True(line.Length == 0 || line.StartsWith('#'), "A line is in force."));

    [Fact]
    public void Each_class_of_settings_is_known()
    {
        var classes = ((Type[])[typeof(KnownSettings), typeof(GatewayOptions), typeof(VoiceOptions)]).SelectMany(static type => type.Assembly.GetTypes())
            .Where(static type => type.Name.EndsWith("Options", StringComparison.Ordinal) && type.Namespace?.StartsWith(nameof(VoiceGrains), StringComparison.Ordinal) == true);

        // That of gateways in a process of their own shares its section with the silos'.
        Assert.Equal([typeof(GrainClientOptions)], classes.Except(KnownSettings.Sections.Select(static section => section.Options)));
        Assert.All(typeof(GrainClientOptions).GetProperties(), static property => Assert.Contains(KnownSettings.All, setting => setting.IsNamed($"Grains:{property.Name}")));
    }

    [GeneratedRegex("^#([A-Za-z][A-Za-z0-9_]*)=(.*)$")]
    private static partial Regex SettingLine();
}
