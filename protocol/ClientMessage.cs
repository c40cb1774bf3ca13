using System.Text.Json.Serialization;

namespace VoiceGrains.Protocol;

/// <summary>A text message from client to server. docs/protocol.md is the contract.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Hello), "hello")]
[JsonDerivedType(typeof(Say), "say")]
[JsonDerivedType(typeof(ChangeLanguage), "language")]
[JsonDerivedType(typeof(Want), "want")]
[JsonDerivedType(typeof(Mute), "mute")]
[JsonDerivedType(typeof(Leave), "leave")]
[JsonDerivedType(typeof(Ping), "ping")]
public abstract record ClientMessage;

/// <summary>The first message of a connection, within 10 s.</summary>
/// <param name="Language">Spoken and wanted; null: as in the ticket.</param>
/// <param name="Wants">Of <c>captions</c>, <c>speech</c>, <c>original</c>, <c>original-captions</c>; null: captions and speech.</param>
/// <param name="Voice">What others hear, for example <c>stock-male+telephone</c>; null: the own voice of the ticket, else <c>stock-female</c>.</param>
/// <param name="AudioIn">Format of microphone frames: <c>pcm16</c> (default), <c>pcm8</c>, <c>pcm24</c>, <c>pcm48</c>, <c>mulaw8</c>.</param>
/// <param name="AudioOut">Format of what is heard, likewise.</param>
/// <param name="Checkpoint">The newest one that came with an <c>ack</c>; null: none came.</param>
/// <param name="Heard">What came before the connection was lost, so that the rest is sent; null: a newcomer, who gets what is open now.</param>
/// <param name="Name">Shown to the others, where the ticket lets its holder choose; null: that of the ticket.</param>
public sealed record Hello(
    string? Language = null,
    IReadOnlyList<string>? Wants = null,
    string? Voice = null,
    string? AudioIn = null,
    string? AudioOut = null,
    string? Checkpoint = null,
    Heard? Heard = null,
    string? Name = null) : ClientMessage;

/// <summary>What a listener has, when they come back.</summary>
/// <param name="AwayMs">Milliseconds since the last message came.</param>
/// <param name="Speakers">One for each speaker and caption language; at most 500.</param>
public sealed record Heard(double AwayMs, IReadOnlyList<HeardSpeaker> Speakers);

/// <summary>What a listener has of one speaker in one language.</summary>
/// <param name="After">Nothing is missed up to this segment; what follows in the lists is of later ones. At most 32 entries each.</param>
/// <param name="Finals">Segments whose final caption came.</param>
/// <param name="Clauses">Clauses that began to be heard.</param>
public sealed record HeardSpeaker(string Speaker, string Language, int After, IReadOnlyList<int> Finals, IReadOnlyList<HeardClause> Clauses);

/// <summary>A clause of which audio came.</summary>
/// <param name="Ms">How much of it, from its beginning.</param>
/// <param name="Whole">Whether its <c>speech.end</c> came.</param>
public sealed record HeardClause(int Segment, int Clause, double Ms, bool Whole);

/// <summary>Typed text; at most 2,000 characters.</summary>
/// <param name="Number">Takes part in the numbering of frames.</param>
public sealed record Say(long Number, string Text) : ClientMessage;

/// <summary>Another language from now on, to speak and to hear.</summary>
public sealed record ChangeLanguage(string Language) : ClientMessage;

/// <summary>Other wants from now on.</summary>
public sealed record Want(IReadOnlyList<string> Wants) : ClientMessage;

/// <summary>Shown to the others; a muted client sends no frames.</summary>
public sealed record Mute(bool Muted) : ClientMessage;

/// <summary>Leaves for good.</summary>
public sealed record Leave : ClientMessage;

/// <summary>Asks for a <see cref="Pong"/>: for clients that can't see the pings of WebSocket, to notice a server that hangs.</summary>
public sealed record Ping : ClientMessage;
