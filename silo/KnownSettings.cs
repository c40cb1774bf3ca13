using System.Collections;
using System.Reflection;
using VoiceGrains.Gateway;
using VoiceGrains.Gateway.Ops;
using VoiceGrains.Gateway.Tickets;
using VoiceGrains.Silo.Engines;
using VoiceGrains.Silo.Engines.Anthropic;
using VoiceGrains.Silo.Engines.Apertium;
using VoiceGrains.Silo.Engines.Deepgram;
using VoiceGrains.Silo.Engines.ElevenLabs;
using VoiceGrains.Silo.Engines.EspeakNg;
using VoiceGrains.Silo.Engines.OpenAI;
using VoiceGrains.Silo.Engines.PocketSphinx;
using VoiceGrains.Silo.Engines.Scripted;
using VoiceGrains.Silo.Hosting;
using VoiceGrains.Tenants;
using VoiceGrains.Voices;

namespace VoiceGrains.Silo;

/// <summary>A setting by its name.</summary>
/// <param name="Name">With colons; a part that may be anything, such as a tenant, a language or a place in a list, is a star.</param>
/// <param name="Default">Null: there is none.</param>
/// <param name="Type">What the value is read as.</param>
sealed record KnownSetting(string Name, object? Default, Type Type)
{
    /// <summary>Whether a name that somebody wrote is this one.</summary>
    public bool IsNamed(string name)
    {
        string[] parts = Name.Split(':'), written = name.Split(':');
        return parts.Length == written.Length && parts.Zip(written).All(static pair => pair.First == "*" || pair.First.Equals(pair.Second, StringComparison.OrdinalIgnoreCase));
    }
}

/// <summary>All settings of a silo and its gateway, so that a mistyped one can be told, and <c>.env.example</c> can be complete.</summary>
static class KnownSettings
{
    /// <summary>The class behind each section.</summary>
    public static IReadOnlyList<(string Section, Type Options)> Sections { get; } =
    [
        ("Engines", typeof(EngineOptions)),
        ("Engines:Deepgram", typeof(DeepgramOptions)),
        ("Engines:OpenAI", typeof(OpenAIOptions)),
        ("Engines:Anthropic", typeof(AnthropicOptions)),
        ("Engines:ElevenLabs", typeof(ElevenLabsOptions)),
        ("Engines:PocketSphinx", typeof(PocketSphinxOptions)),
        ("Engines:Apertium", typeof(ApertiumOptions)),
        ("Engines:EspeakNg", typeof(EspeakOptions)),
        ("Scripted", typeof(ScriptedOptions)),
        ("Gateway", typeof(GatewayOptions)),
        ("Tickets", typeof(TicketOptions)),
        ("Ops", typeof(OpsOptions)),
        ("Tenants", typeof(TenantOptions)),
        ("Voices", typeof(VoiceOptions)),
        ("Cluster", typeof(ClusterMemberOptions)),
        ("Grains", typeof(GrainOptions)),
        ("Grains:Membership", typeof(LivenessOptions)),
    ];

    public static IReadOnlyList<KnownSetting> All { get; } =
    [
        .. Sections.SelectMany(static section => Of(section.Section, section.Options)),
        .. VendorKey.Variables.SelectMany(static vendor => VendorKey.Places(vendor.Key, vendor.Value)).Select(static place => new KnownSetting(place.Name, null, typeof(string))),
        new("ConnectionStrings:Database", null, typeof(string)),
        new("ConnectionStrings:Redis", null, typeof(string)),
        new("ASPNETCORE_URLS", "http://localhost:5000", typeof(string)),
        new("Silo:HostGateway", true, typeof(bool)),
        // Of gateways in a process of their own, on genuine Orleans.
        new("Grains:SiloListRefresh", TimeSpan.FromSeconds(2), typeof(TimeSpan)),
    ];

    /// <summary>A line for each setting of our sections that nothing reads.</summary>
    public static IEnumerable<string> Mistyped(IConfiguration configuration)
    {
        var ours = Sections.Select(static section => section.Section.Split(':')[0]).Append("Silo").ToHashSet(StringComparer.OrdinalIgnoreCase);
        return configuration.AsEnumerable()
            .Where(setting => setting.Value is not null && setting.Key.Split(':') is [var first, _, ..] && ours.Contains(first) && !All.Any(known => known.IsNamed(setting.Key)))
            .Select(static setting => $"{setting.Key}: there is no such setting. .env.example lists them all.")
            .Order(StringComparer.Ordinal);
    }

    static IEnumerable<KnownSetting> Of(string section, Type options)
    {
        var defaults = Activator.CreateInstance(options);
        return options.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(static property => property.SetMethod is { IsPublic: true })
            .SelectMany(property => Of($"{section}:{property.Name}", property.PropertyType, property.GetValue(defaults)));
    }

    static IEnumerable<KnownSetting> Of(string name, Type type, object? value)
    {
        if (type == typeof(string) || type == typeof(Uri) || type.IsValueType)
            return [new KnownSetting(name, value, type)];
        if (!typeof(IEnumerable).IsAssignableFrom(type))
            return type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .SelectMany(property => Of($"{name}:{property.Name}", property.PropertyType, value is null ? null : property.GetValue(value)));
        // Of a list or a dictionary: what its elements are. Neither has any by default.
        return Of(name + ":*", type.GetGenericArguments()[^1], null);
    }
}
