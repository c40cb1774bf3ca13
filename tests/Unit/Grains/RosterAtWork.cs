using System.Collections.Immutable;
using VoiceGrains.Calls;

namespace VoiceGrains.Tests.Unit.Grains;

/// <summary>A call's roster with two gateways and a clock.</summary>
sealed class RosterAtWork
{
    public DateTimeOffset Now { get; private set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public CallRoster Roster { get; } = new(maxParticipants: 2, absenceLimit: TimeSpan.FromSeconds(30));

    public Gateway East { get; } = new();

    public Gateway West { get; } = new();

    public JoinOutcome Join(string who, string? once = null) =>
        Roster.Join(new JoinRequest(new TenantId("acme"), new ParticipantId(who), Name(who), Rights.Listen | Rights.Speak, once), Now);

    public bool Renew(Gateway gateway, params ImmutableArray<Seat> seats) => Renew(gateway, seats, [], isPartial: false);

    /// <summary>A renewal that tells of lost connections too.</summary>
    public bool Renew(Gateway gateway, ImmutableArray<Seat> seats, ImmutableArray<Seat> gone, bool isPartial) =>
        Roster.Renew(new LinkRenewal(new GatewayId(gateway == East ? "east" : "west"), gateway, seats, gone), Now, isPartial);

    /// <summary>Lets time pass; returns who lost their place.</summary>
    public IReadOnlyList<ParticipantId> Pass(int seconds)
    {
        Now += TimeSpan.FromSeconds(seconds);
        return Roster.Expire(Now, out _);
    }

    /// <summary>Lets time pass in which the eastern gateway names these.</summary>
    public IReadOnlyList<ParticipantId> PassRenewing(int seconds, params ImmutableArray<Seat> seats)
    {
        var left = new List<ParticipantId>();
        for (var i = 0; i < seconds / 2; i++)
        {
            left.AddRange(Pass(2));
            Renew(East, seats);
        }

        return left;
    }

    public ImmutableArray<Hearing> Hearings() => Audience().Hearings;

    public Audience Audience() => Roster.Hearing(new AudienceVersion(1, 1), isPartial: false);

    public static Seat Seat(string who, int epoch, string language = "en", Wants wants = Wants.Captions | Wants.Speech) =>
        new(new ParticipantId(who), Name(who), epoch, Language.Parse(language), wants, Rights.Listen | Rights.Speak, IsMuted: false);

    static string Name(string who) => char.ToUpperInvariant(who[0]) + who[1..];
}
