using VoiceGrains.Voices;

namespace VoiceGrains.Gateway.Rest;

/// <summary>The own voice that a ticket lets a participant use, and who they are.</summary>
sealed record VoiceOfTicket(string Voice, PersonId Person)
{
    /// <summary>Checks what was asked for. Nothing asked: both are null.</summary>
    public static async Task<(VoiceOfTicket? Voice, IResult? Problem)> Read(AskTicket body, TenantId tenant, IClusterClient grains)
    {
        if (body.Voice is null)
            return (null, body.Person is null ? null : Problems.BadRequest("bad-person", "'person' is taken together with 'voice' only."));
        if (!VoiceName.TryParse(body.Voice, out var name) || name is { IsStock: true } or { Effect: not null })
            return (null, Problems.BadRequest("bad-voice", "'voice' must be one of the tenant's own voices. Stock voices and effects are chosen in the hello."));
        if (!PersonId.TryParse(body.Person ?? body.Participant, out var person))
            return (null, Problems.BadRequest("bad-person", "'person' must be 1 to 64 letters, digits, dashes, dots or underscores."));
        return await grains.GetGrain<IVoiceProfileGrain>(GrainKeys.Of(tenant, name.Profile)).Describe() switch
        {
            null => (null, VoiceProblems.Of(VoiceRefusal.Unknown)),
            { Status: ProfileStatus.Deleted } => (null, VoiceProblems.Of(VoiceRefusal.Deleted)),
            var voice when voice.Person != person => (null, Problems.Of(
                StatusCodes.Status403Forbidden, "voice-of-another-person", "The voice belongs to another person than 'person' (default: 'participant').")),
            _ => (new VoiceOfTicket(name.Profile, person), null),
        };
    }
}
