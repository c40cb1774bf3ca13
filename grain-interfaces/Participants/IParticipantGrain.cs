using System.Collections.Immutable;
using VoiceGrains.Calls;
using VoiceGrains.Media;

namespace VoiceGrains.Participants;

/// <summary>
/// One participant of a call, person or AI: owns the connection lease, the recognizer session, the lanes and the frame ledger.
/// Key: <see cref="GrainKeys.Of(CallId, ParticipantId)"/>. No method waits for an engine.
/// </summary>
[Alias("voicegrains.IParticipantGrain")]
public interface IParticipantGrain : IGrainWithStringKey
{
    /// <summary>A connection takes over: the newest wins, and everything with a lower fence is refused from now on.</summary>
    [Alias("Connect")]
    Task<ConnectOutcome> Connect(ConnectRequest request);

    /// <summary>
    /// Takes frames and typed text in the order of their numbers. One call is in flight per connection; what arrives meanwhile goes together in the next.
    /// </summary>
    [Alias("Speak"), AlwaysInterleave]
    Task<SpeakOutcome> Speak(SpokenBatch batch);

    /// <summary>The participant speaks another language from now on. What was said before stays in the old one.</summary>
    [Alias("ChangeLanguage"), AlwaysInterleave]
    Task ChangeLanguage(Fence fence, Language language);

    /// <summary>Who hears this participant. Older versions than the last are ignored.</summary>
    [Alias("Apply"), AlwaysInterleave]
    Task Apply(Audience audience);

    /// <summary>The participant left or the call ended: finishes and records what was said, then deactivates.</summary>
    [Alias("Finish"), AlwaysInterleave]
    Task Finish();

    /// <summary>Figures of this participant, for dashboards and tests.</summary>
    [Alias("Describe"), AlwaysInterleave]
    Task<ParticipantFigures> Describe();
}

/// <summary>Orders the claims on a participant: the epoch counts connections, the attach number how often a gateway re-attached in that epoch.</summary>
[GenerateSerializer, Immutable, Alias("voicegrains.Fence")]
public readonly record struct Fence(int Epoch, int Attach) : IComparable<Fence>
{
    public int CompareTo(Fence other) => Epoch != other.Epoch ? Epoch.CompareTo(other.Epoch) : Attach.CompareTo(other.Attach);
}

/// <summary>A connection asks to speak and listen for a participant.</summary>
/// <param name="Link">The gateway's link, for marks and for what is said to this connection alone.</param>
/// <param name="Epoch">0: a new connection, which gets the stored epoch + 1. Else a re-attach of that epoch after the activation was lost.</param>
/// <param name="Attach">Counts re-attaches; 0 for a new connection.</param>
/// <param name="Profile">Name of the voice profile, see <see cref="Voices.IVoiceProfileGrain"/>.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.ConnectRequest")]
public sealed record ConnectRequest(
    TenantId Tenant,
    string Name,
    GatewayId Gateway,
    IGatewayLink Link,
    int Epoch,
    int Attach,
    Language Language,
    string Profile,
    bool MaySpeak);

/// <summary>The answer to a <see cref="ConnectRequest"/>.</summary>
/// <param name="Fence">What this connection must put on each call. Null: refused.</param>
/// <param name="Refusal">Why it was refused; null: it was not.</param>
/// <param name="NextNumber">The number that the next frame must have; 1 for a participant who never spoke.</param>
/// <param name="CanBeRecognized">False: no recognizer for the language, the participant can type.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.ConnectOutcome")]
public sealed record ConnectOutcome(Fence? Fence, ConnectRefusal? Refusal, long NextNumber, Marks Marks, bool CanBeRecognized);

/// <summary>Why a connection was refused.</summary>
[GenerateSerializer, Alias("voicegrains.ConnectRefusal")]
public enum ConnectRefusal
{
    /// <summary>A newer connection exists: close, and don't reconnect.</summary>
    Replaced,

    /// <summary>What the participant said before they left is being finished: try again in a moment.</summary>
    Finishing,
}

/// <summary>
/// How far the sender's frames have come. <see cref="Covered"/>: words up to here are safe if the silo dies. <see cref="Recorded"/>: silence, or in
/// segments that are durably recorded. Each only grows. Until checkpoints exist both are the same.
/// </summary>
[GenerateSerializer, Immutable, Alias("voicegrains.Marks")]
public readonly record struct Marks(long Covered, long Recorded);

/// <summary>What a connection has to say since its last batch.</summary>
/// <param name="Oldest">The lowest number that the sender can still send: what is missing before it is lost, and counted.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.SpokenBatch")]
public sealed record SpokenBatch(Fence Fence, long Oldest, ImmutableArray<Spoken> Items);

/// <summary>One numbered thing that was said.</summary>
/// <param name="Number">Grows by one over frames and typed text alike, for the whole call.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.Spoken")]
public abstract record Spoken(long Number);

/// <summary>A microphone frame.</summary>
/// <param name="MediaTime">On the speaker's clock.</param>
/// <param name="Audio">PCM, 16 bit little endian, mono, 16 kHz; at most 200 ms.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.SpokenFrame")]
public sealed record SpokenFrame(long Number, TimeSpan MediaTime, ReadOnlyMemory<byte> Audio) : Spoken(Number);

/// <summary>Typed text; at most 2,000 characters. Empty: the number was used up by a text that was refused.</summary>
[GenerateSerializer, Immutable, Alias("voicegrains.SpokenText")]
public sealed record SpokenText(long Number, string Text) : Spoken(Number);

/// <summary>The answer to a <see cref="SpokenBatch"/>.</summary>
[GenerateSerializer, Immutable, Alias("voicegrains.SpeakOutcome")]
public abstract record SpeakOutcome;

/// <summary>Everything up to <paramref name="Through"/> was taken. Less than was sent: the recognizer is behind, send the rest again a little later.</summary>
[GenerateSerializer, Immutable, Alias("voicegrains.SpeakTaken")]
public sealed record SpeakTaken(long Through, Marks Marks) : SpeakOutcome;

/// <summary>Send again from this number on: the recognizer was lost, or a number was skipped.</summary>
[GenerateSerializer, Immutable, Alias("voicegrains.SpeakResume")]
public sealed record SpeakResume(long From, Marks Marks) : SpeakOutcome;

/// <summary>Nothing was taken.</summary>
[GenerateSerializer, Immutable, Alias("voicegrains.SpeakRefused")]
public sealed record SpeakRefused(SpeakRefusal Reason) : SpeakOutcome;

/// <summary>Why nothing was taken.</summary>
[GenerateSerializer, Alias("voicegrains.SpeakRefusal")]
public enum SpeakRefusal
{
    /// <summary>A newer connection took over: close, and don't reconnect.</summary>
    Replaced,

    /// <summary>This activation knows no connection: connect again with the same epoch and a higher attach number.</summary>
    NotConnected,

    /// <summary>The participant has left or the call has ended.</summary>
    Finished,
}

/// <summary>Where every numbered frame and text went: highest = recognized + unrecognized + silence + lost + pending.</summary>
/// <param name="Duplicates">Numbers that came again; not part of the sum.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.LedgerFigures")]
public sealed record LedgerFigures(long Highest, long Recognized, long Unrecognized, long Silence, long Lost, long Pending, long Duplicates)
{
    public bool IsBalanced => Highest == Recognized + Unrecognized + Silence + Lost + Pending;
}

/// <summary>One participant in figures.</summary>
/// <param name="Lanes">Languages the speech is translated to now.</param>
/// <param name="Translations">Calls to translators so far.</param>
/// <param name="Syntheses">Clauses given to synthesizers so far.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.ParticipantFigures")]
public sealed record ParticipantFigures(LedgerFigures Ledger, int Segments, ImmutableArray<Language> Lanes, long Translations, long Syntheses);
