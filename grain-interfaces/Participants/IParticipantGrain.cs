using System.Collections.Immutable;
using VoiceGrains.Calls;
using VoiceGrains.Engines;
using VoiceGrains.Media;

namespace VoiceGrains.Participants;

/// <summary>
/// One participant of a call, person or AI: owns the connection lease, the recognizer session, the lanes and the frame ledger.
/// Key: <see cref="GrainKeys.Of(CallId, ParticipantId)"/>. No method waits for an engine.
/// </summary>
[Alias("voicegrains.IParticipantGrain")]
public interface IParticipantGrain : IGrainWithStringKey
{
    /// <summary>
    /// A connection takes over: the newest wins, and everything with a lower fence is refused from now on. May be repeated: the same connection gets the same answer.
    /// A checkpoint is taken up by an activation that has nothing of its own yet; one that finds a newer checkpoint than its own state ends.
    /// </summary>
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

    /// <summary>
    /// A listener came to a gateway: sends, through that gateway's link and in order with everything else, what they miss of this speaker, as one <see cref="CaughtUpDelivery"/>.
    /// False: not now, the speaker has no connection here yet, or has not heard of the listener; ask again.
    /// </summary>
    [Alias("CatchUp"), AlwaysInterleave]
    Task<bool> CatchUp(CatchUpRequest request);

    /// <summary>The participant left or the call ended: finishes and records what was said, then deactivates.</summary>
    [Alias("Finish"), AlwaysInterleave]
    Task Finish();

    /// <summary>Goes on with this participant on another silo, if there is one: at the next pause, or in mid-sentence when none came in time.</summary>
    [Alias("Move"), AlwaysInterleave]
    Task Move(TimeSpan patience);

    /// <summary>Figures of this participant, for dashboards and tests.</summary>
    [Alias("Describe"), AlwaysInterleave]
    Task<ParticipantFigures> Describe();

    /// <summary>All that an operator may want to know of this participant just now. To be asked only while somebody looks.</summary>
    [Alias("Look"), AlwaysInterleave]
    Task<ParticipantDetails> Look();
}

/// <summary>Orders the claims on a participant: the epoch counts connections, the attach number how often a gateway re-attached in that epoch.</summary>
[GenerateSerializer, Immutable, Alias("voicegrains.Fence")]
public readonly record struct Fence(int Epoch, int Attach) : IComparable<Fence>
{
    public int CompareTo(Fence other) => Epoch != other.Epoch ? Epoch.CompareTo(other.Epoch) : Attach.CompareTo(other.Attach);
}

/// <summary>A connection asks to speak and listen for a participant.</summary>
/// <param name="Link">The gateway's link, for marks and for what is said to this connection alone.</param>
/// <param name="Connection">Unique for each socket: tells a repeated request from one of another connection.</param>
/// <param name="Epoch">
/// 0: a new connection, which gets the stored epoch + 1. With <paramref name="Attach"/> 0 the epoch after the one in the resume token; else the epoch of the
/// connection whose activation was lost.
/// </param>
/// <param name="Attach">Counts re-attaches; 0 for a new connection.</param>
/// <param name="Profile">A <see cref="Voices.VoiceName"/>: a voice profile, perhaps with an effect.</param>
/// <param name="Person">Whose own voice may be used, as the ticket says; null: nobody's.</param>
/// <param name="Interpreting">How eagerly what they say is translated while they speak; null: as the call says.</param>
/// <param name="Checkpoint">The newest that the gateway or the client holds; null: none.</param>
/// <param name="Audiences">What the gateway knows of who hears, oldest first: an activation that lost its predecessor speaks to them at once.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.ConnectRequest")]
public sealed record ConnectRequest(
    TenantId Tenant,
    string Name,
    GatewayId Gateway,
    IGatewayLink Link,
    string Connection,
    int Epoch,
    int Attach,
    Language Language,
    string Profile,
    bool MaySpeak,
    Checkpoint? Checkpoint,
    ImmutableArray<Audience> Audiences,
    PersonId? Person = null,
    Interpreting? Interpreting = null);

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

    /// <summary>What the participant said before they left is being finished, or this activation gives way to a newer one: try again in a moment.</summary>
    Finishing,
}

/// <summary>
/// How far the sender's frames have come. <see cref="Covered"/>: words up to here are safe if the silo dies. <see cref="Recorded"/>: silence, or in
/// segments that are durably recorded. Each only grows; recorded is never beyond covered.
/// </summary>
[GenerateSerializer, Immutable, Alias("voicegrains.Marks")]
public readonly record struct Marks(long Covered, long Recorded);

/// <summary>What a connection has to say since its last batch.</summary>
/// <param name="Oldest">The lowest number that the sender can still send: what is missing before it is lost, and counted.</param>
/// <param name="Played">What was played to the sender since then, so that their microphone's echo of it is known. May be incomplete.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.SpokenBatch")]
public sealed record SpokenBatch(Fence Fence, long Oldest, ImmutableArray<Spoken> Items, ImmutableArray<PlayedClause> Played);

/// <summary>A translated clause that a participant hears, as far as their gateway can tell.</summary>
/// <param name="StartedAgo">How long before the batch was sent its sound began; negative when it is still to come.</param>
/// <param name="EndedAgo">How long before that it ended; negative when it goes on.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.PlayedClause")]
public sealed record PlayedClause(string Text, Language Language, TimeSpan StartedAgo, TimeSpan EndedAgo);

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

/// <summary>
/// Everything up to <paramref name="Through"/> was taken. Less than was sent: the recognizer is behind, send the rest again a little later. Taken is not covered:
/// that is said by <see cref="IGatewayLink.Commit"/> alone.
/// </summary>
[GenerateSerializer, Immutable, Alias("voicegrains.SpeakTaken")]
public sealed record SpeakTaken(long Through) : SpeakOutcome;

/// <summary>Send again from this number on: the recognizer was lost, or a number was skipped.</summary>
[GenerateSerializer, Immutable, Alias("voicegrains.SpeakResume")]
public sealed record SpeakResume(long From) : SpeakOutcome;

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
/// <param name="Repeats">Clauses that an activation spoke anew because the one before it had not told how far they had come; gateways let through what is new of them.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.LedgerFigures")]
public sealed record LedgerFigures(
    long Highest, long Recognized, long Unrecognized, long Silence, long Lost, long Pending, long Duplicates, long Repeats = 0)
{
    public bool IsBalanced => Highest == Recognized + Unrecognized + Silence + Lost + Pending;
}

/// <summary>One participant in figures.</summary>
/// <param name="Silo">Name of the silo that the activation lives on.</param>
/// <param name="Lanes">Languages the speech is translated to now.</param>
/// <param name="Translations">Sentences that translators were asked for by this activation.</param>
/// <param name="Syntheses">Clauses given to synthesizers by this activation.</param>
/// <param name="Drafts">Requests to translators by this activation for sentences that were being spoken.</param>
/// <param name="Unheard">Clauses that synthesizers made ahead for this activation, and that did not come.</param>
/// <param name="OnlyRead">Clauses that were only read, because too much waited to be heard.</param>
/// <param name="Corrected">How often final words were others than those that lanes had relied on; never numbers, negations or names.</param>
/// <param name="Echoes">Recognized words that were kept out, because the microphone had only repeated what was played.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.ParticipantFigures")]
public sealed record ParticipantFigures(
    string Silo, LedgerFigures Ledger, int Segments, ImmutableArray<Language> Lanes, long Translations, long Syntheses, long Drafts, long Unheard, long OnlyRead, long Corrected, long Echoes);

/// <summary>What a listener who came to a gateway has of one speaker.</summary>
/// <param name="IsNewcomer">Gets what is open now, not what was missed.</param>
/// <param name="Away">How long ago the listener heard the last of the call.</param>
/// <param name="Heard">What they have, for each caption language; none for a speaker they never heard.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.CatchUpRequest")]
public sealed record CatchUpRequest(
    ParticipantId Listener,
    GatewayId Gateway,
    Language Language,
    Wants Wants,
    bool IsNewcomer,
    TimeSpan Away,
    ImmutableArray<HeardOfSpeaker> Heard);

/// <summary>What a listener has of a speaker in one language.</summary>
/// <param name="After">Nothing is missed up to this segment.</param>
/// <param name="Finals">Later segments whose final caption arrived.</param>
/// <param name="Clauses">Clauses of later segments that began to be heard.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.HeardOfSpeaker")]
public sealed record HeardOfSpeaker(Language Language, int After, ImmutableArray<int> Finals, ImmutableArray<HeardClauseOf> Clauses);

/// <summary>A clause that began to be heard.</summary>
/// <param name="Until">How much of it arrived, from its beginning.</param>
/// <param name="IsWhole">Whether it was heard to its end.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.HeardClauseOf")]
public sealed record HeardClauseOf(int Segment, int Clause, TimeSpan Until, bool IsWhole);
