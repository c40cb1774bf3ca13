using VoiceGrains.Client;
using VoiceGrains.Protocol;
using VoiceGrains.Tests.Faults.Scripts;

namespace VoiceGrains.Tests.Faults.Checks;

/// <summary>Something that came to a participant, at a time since the beginning of the run.</summary>
abstract record Seen(TimeSpan At);

sealed record SeenCaption(TimeSpan At, Caption Caption) : Seen(At);

sealed record SeenClause(TimeSpan At, ClausePlace Place, string Text) : Seen(At);

/// <param name="Begins">Where in the clause.</param>
sealed record SeenAudio(TimeSpan At, ClausePlace Place, TimeSpan Begins, byte[] Audio) : Seen(At);

sealed record SeenClauseEnd(TimeSpan At, ClausePlace Place, bool IsWhole) : Seen(At);

sealed record SeenAck(TimeSpan At, long Taken, long Recorded) : Seen(At);

sealed record SeenConnection(TimeSpan At, bool IsConnected) : Seen(At);

/// <summary>Where the frames of a participant went, as the server tells it.</summary>
sealed record Ledger(long Highest, long Lost, long Pending, bool IsBalanced)
{
    /// <summary>The server knows no such participant any more.</summary>
    public static Ledger None { get; } = new(0, 0, 0, false);
}

/// <summary>One participant's part in a call that was played.</summary>
/// <param name="SentAt">When each frame was said, in the order of frames.</param>
/// <param name="Sent">Highest number that was said.</param>
/// <param name="Ledger">At the end; null: not asked.</param>
/// <param name="Over">Why the server wanted them no more; null: they took part to the end.</param>
sealed record ParticipantHistory(string Name, IReadOnlyList<Seen> Seen, IReadOnlyList<TimeSpan> SentAt, long Sent, Ledger? Ledger, string? Over = null)
{
    public IEnumerable<T> All<T>()
        where T : Seen => Seen.OfType<T>();
}

/// <summary>A scripted call that was played.</summary>
sealed record CallHistory(string Call, CallScript Script, IReadOnlyList<ParticipantHistory> Participants)
{
    public ParticipantHistory Of(string name) => Participants.First(each => each.Name == name);

    /// <summary>When the frame with the last sound of a word, counted from 0, was said.</summary>
    public TimeSpan SentAt(Line line, int word)
    {
        var sent = Of(line.Speaker).SentAt;
        var frame = (int)Math.Ceiling(line.EndOf(word) / Running.Microphone.FrameLength) - 1;
        return sent[Math.Clamp(frame, 0, sent.Count - 1)];
    }
}

/// <summary>What is wrong.</summary>
enum FindingKind
{
    Lost,
    Duplicated,

    /// <summary>A clause that was heard once more after a double failure: allowed once, and counted.</summary>
    Repeated,
    Changed,
    WrongOrder,
    WrongText,
    Unaccounted,
    Leaked,
}

/// <summary>Something that must not be, and where.</summary>
sealed record Finding(FindingKind Kind, string Call, string Participant, string What)
{
    public override string ToString() => $"{Kind}: call {Call}, {Participant}: {What}";
}
