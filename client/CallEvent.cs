using VoiceGrains.Protocol;

namespace VoiceGrains.Client;

/// <summary>Something that happened to a <see cref="Caller"/>.</summary>
/// <param name="At">Timestamp of the caller's clock.</param>
public abstract record CallEvent(long At);

/// <summary>The caller is part of the call; from here on messages come from this connection.</summary>
/// <param name="Gateway">Where it is connected to.</param>
/// <param name="IsAgain">Whether it was connected before.</param>
public sealed record CallerConnected(long At, Uri Gateway, Welcome Welcome, bool IsAgain) : CallEvent(At);

/// <summary>The connection is lost, and another one is being looked for.</summary>
/// <param name="Code">Why the server closed it; null: it broke.</param>
public sealed record CallerDisconnected(long At, CloseCode? Code) : CallEvent(At);

/// <summary>A message of the server that did not come before: captions, speech, roster, notices, marks, errors, the end.</summary>
public sealed record CallerTold(long At, ServerMessage Message) : CallEvent(At);

/// <summary>The original voice of a participant; what was said while there was no connection is missing.</summary>
/// <param name="Number">The speaker's frame number.</param>
public sealed record OriginalHeard(long At, string Speaker, long Number, byte[] Audio) : CallEvent(At);

/// <summary>A piece of a spoken clause that did not come before.</summary>
/// <param name="Begins">Where in the clause it begins: exactly where the piece before ended, unless audio was dropped on the way.</param>
public sealed record SpeechHeard(long At, ClausePlace Place, TimeSpan Begins, byte[] Audio) : CallEvent(At);

/// <summary>Which clause of whom.</summary>
public readonly record struct ClausePlace(string Speaker, string Language, int Segment, int Clause);
