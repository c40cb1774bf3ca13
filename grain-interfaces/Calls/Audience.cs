using System.Collections.Immutable;
using VoiceGrains.Media;

namespace VoiceGrains.Calls;

/// <summary>Orders audiences of one call: the activation that made it, then its counter. A later activation always wins.</summary>
[GenerateSerializer, Immutable, Alias("voicegrains.AudienceVersion")]
public readonly record struct AudienceVersion(int Activation, int Counter) : IComparable<AudienceVersion>
{
    public int CompareTo(AudienceVersion other) =>
        Activation != other.Activation ? Activation.CompareTo(other.Activation) : Counter.CompareTo(other.Counter);
}

/// <summary>Who hears: for each language and gateway what is wanted there. All speakers of a call get the same.</summary>
/// <param name="IsPartial">The call has not heard from all gateways yet: this adds to the audience before it.</param>
/// <param name="Awaited">What those want who lost their connection a moment ago and may come back for it.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.Audience")]
public sealed record Audience(AudienceVersion Version, bool IsPartial, ImmutableArray<Hearing> Hearings, ImmutableArray<AwaitedHearing> Awaited)
{
    /// <summary>Nobody hears.</summary>
    public static Audience Nobody { get; } = new(default, IsPartial: false, [], []);
}

/// <summary>The listeners of one language behind one gateway.</summary>
/// <param name="Wants">What at least one of them wants.</param>
/// <param name="Only">The one listener, when there is just one: a speaker does not hear themselves.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.Hearing")]
public sealed record Hearing(Language Language, GatewayId Gateway, IGatewayLink Link, Wants Wants, ParticipantId? Only);

/// <summary>A listener without a connection.</summary>
[GenerateSerializer, Immutable, Alias("voicegrains.AwaitedHearing")]
public sealed record AwaitedHearing(Language Language, Wants Wants, ParticipantId Listener);
