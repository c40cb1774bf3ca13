using System.Text.Json.Serialization;

namespace VoiceGrains.Protocol;

/// <summary>A text message from server to client. docs/protocol.md is the contract.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Welcome), "welcome")]
[JsonDerivedType(typeof(Ack), "ack")]
[JsonDerivedType(typeof(Resend), "resend")]
[JsonDerivedType(typeof(RosterMessage), "roster")]
[JsonDerivedType(typeof(StreamMessage), "stream")]
[JsonDerivedType(typeof(Caption), "caption")]
[JsonDerivedType(typeof(SpeechBegin), "speech.begin")]
[JsonDerivedType(typeof(SpeechEnd), "speech.end")]
[JsonDerivedType(typeof(Notice), "notice")]
[JsonDerivedType(typeof(Moving), "moving")]
[JsonDerivedType(typeof(GatewaysMessage), "gateways")]
[JsonDerivedType(typeof(Error), "error")]
[JsonDerivedType(typeof(Ended), "ended")]
[JsonDerivedType(typeof(Pong), "pong")]
public abstract record ServerMessage;

/// <summary>The connection is part of the call.</summary>
/// <param name="Epoch">How often this participant has connected.</param>
/// <param name="NextNumber">The number of the next frame or text.</param>
/// <param name="Resume">Takes the ticket's place for the next connection.</param>
/// <param name="CanBeRecognized">False: no recognizer for the language; typing works.</param>
/// <param name="Gateways">Addresses of the region's gateways, for example <c>ws://10.0.0.7:8080</c>: where to come back when this one does not answer.</param>
public sealed record Welcome(
    string Call,
    string Participant,
    int Epoch,
    long NextNumber,
    long Covered,
    long Recorded,
    string Resume,
    bool CanBeRecognized,
    IReadOnlyList<string> Gateways) : ServerMessage;

/// <summary>How far the client's frames have come: forget those up to <paramref name="Recorded"/>.</summary>
/// <param name="Taken">The highest number that a grain has taken.</param>
/// <param name="Checkpoint">Opaque; replaces the one before, and belongs into the next hello. Null: the one before stands.</param>
public sealed record Ack(long Covered, long Recorded, long Taken, string? Checkpoint = null) : ServerMessage;

/// <summary>The region's gateways have changed: replaces those of the welcome.</summary>
public sealed record GatewaysMessage(IReadOnlyList<string> Gateways) : ServerMessage;

/// <summary>This gateway stops: connect to another one with the resume token, then leave this one. It goes on for 5 s.</summary>
/// <param name="Gateways">The others, in the order in which to try them; empty: try the address you have.</param>
public sealed record Moving(IReadOnlyList<string> Gateways) : ServerMessage;

/// <summary>Numbers from here on must be sent again: one was skipped.</summary>
public sealed record Resend(long From) : ServerMessage;

/// <summary>Who takes part; replaces the one before.</summary>
public sealed record RosterMessage(IReadOnlyList<RosterParticipant> Participants) : ServerMessage;

/// <summary>One participant.</summary>
public sealed record RosterParticipant(string Participant, string Name, string Language, bool Connected, bool Muted, bool MaySpeak);

/// <summary>Binary messages with this stream number are of this speaker.</summary>
public sealed record StreamMessage(int Stream, string Speaker) : ServerMessage;

/// <summary>A caption as it stands now; only the highest revision of (speaker, segment, language) counts.</summary>
/// <param name="Text">Committed: it will only grow.</param>
/// <param name="Tail">May still change.</param>
/// <param name="Quality"><c>original</c>, <c>good</c>, <c>rough</c> or <c>untranslated</c>.</param>
/// <param name="Origin"><c>spoken</c> or <c>typed</c>.</param>
public sealed record Caption(
    string Speaker,
    int Segment,
    long Revision,
    string Language,
    string SpokenLanguage,
    string Text,
    string Tail,
    bool Final,
    string Quality,
    string Origin,
    bool RightToLeft,
    LatencyMs Latency) : ServerMessage;

/// <summary>How long each stage took, in milliseconds. Null: not yet, or not for this.</summary>
/// <param name="Recognize">End of speech to final words.</param>
/// <param name="Translate">Final words to translation.</param>
/// <param name="Speak">Translation to first audio.</param>
public sealed record LatencyMs(double? Recognize = null, double? Translate = null, double? Speak = null);

/// <summary>A clause begins to be spoken; the speech frames of the stream until its end belong to it.</summary>
/// <param name="FromMs">Where in the clause the audio begins: above 0 when the listener has the part before.</param>
public sealed record SpeechBegin(
    int Stream, string Speaker, string Language, int Segment, int Clause, string Text, LatencyMs Latency, double FromMs = 0) : ServerMessage;

/// <summary>A clause is spoken.</summary>
/// <param name="Whole">False: the synthesizer failed on the way.</param>
public sealed record SpeechEnd(int Stream, string Speaker, string Language, int Segment, int Clause, int Chunks, double DurationMs, bool Whole) : ServerMessage;

/// <summary>Something to know; the call goes on.</summary>
/// <param name="Kind">For programs, for example <c>not-understood</c>.</param>
/// <param name="Text">For people, in English.</param>
/// <param name="Speaker">Whom it is about; null: the connection itself.</param>
public sealed record Notice(string Kind, string Text, string? Speaker = null) : ServerMessage;

/// <summary>Something the client did was refused.</summary>
/// <param name="Code">For programs, for example <c>text-too-long</c>.</param>
/// <param name="Message">What to do about it, in English.</param>
/// <param name="Fatal">Whether the connection closes.</param>
public sealed record Error(string Code, string Message, bool Fatal) : ServerMessage;

/// <summary>The call is over; the connection closes.</summary>
/// <param name="Reason"><c>requested</c> or <c>empty</c>.</param>
public sealed record Ended(string Reason) : ServerMessage;

/// <summary>Answers a <see cref="Ping"/>.</summary>
public sealed record Pong : ServerMessage;
