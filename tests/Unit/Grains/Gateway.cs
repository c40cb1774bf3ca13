using VoiceGrains.Calls;
using VoiceGrains.Media;
using VoiceGrains.Participants;

namespace VoiceGrains.Tests.Unit.Grains;

/// <summary>A gateway as a speaker sees it: keeps what it is given, and can be slow, deaf or broken.</summary>
sealed class Gateway : IGatewayLink
{
    TaskCompletionSource? _held;
    TaskCompletionSource? _heldCommits;

    public List<DeliveryBatch> Batches { get; } = [];

    public List<Roster> Rosters { get; } = [];

    public List<Audience> Audiences { get; } = [];

    /// <summary>Every request to keep a checkpoint, also those that were not kept.</summary>
    public List<CommitRequest> Commits { get; } = [];

    /// <summary>How the next requests are answered; then they are kept.</summary>
    public Queue<CommitOutcome> CommitAnswers { get; } = new();

    public List<EndReason> Ends { get; } = [];

    /// <summary>How often it heard that the call goes on elsewhere.</summary>
    public int Moves { get; private set; }

    /// <summary>Deliveries that were tried, also those that did not arrive.</summary>
    public List<DeliveryBatch> Tried { get; } = [];

    /// <summary>The next so many calls fail.</summary>
    public int Failures { get; set; }

    public IEnumerable<Delivery> Arrived => Batches.SelectMany(static batch => batch.Deliveries);

    /// <summary>Answers nothing until it is released.</summary>
    public void Hold() => _held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Never answers the call that it holds, and answers those that follow.</summary>
    public void Forget() => _held = null;

    public void Release()
    {
        _held?.TrySetResult();
        _held = null;
    }

    public async Task Deliver(DeliveryBatch batch)
    {
        Tried.Add(batch);
        await Answer();
        Batches.Add(batch);
    }

    /// <summary>Answers no request to keep a checkpoint until it is released.</summary>
    public void HoldCommits() => _heldCommits = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Never answers the request that it holds, and answers those that follow.</summary>
    public void ForgetCommits() => _heldCommits = null;

    public void ReleaseCommits()
    {
        _heldCommits?.TrySetResult();
        _heldCommits = null;
    }

    public async Task<CommitOutcome> Commit(CommitRequest request)
    {
        Commits.Add(request);
        var outcome = CommitAnswers.TryDequeue(out var told) ? told : CommitOutcome.Kept;
        if (_heldCommits is { } held)
            await held.Task;
        return outcome;
    }

    public async Task Announce(Roster roster, Audience audience)
    {
        await Answer();
        Rosters.Add(roster);
        Audiences.Add(audience);
    }

    public async Task Ended(EndReason reason)
    {
        await Answer();
        Ends.Add(reason);
    }

    public async Task Moved()
    {
        await Answer();
        Moves++;
    }

    async Task Answer()
    {
        if (Failures-- > 0)
            throw new Orleans.Runtime.OrleansException("The gateway is away.");
        if (_held is { } held)
            await held.Task;
    }
}

/// <summary>Deliveries, made short.</summary>
static class Sent
{
    public static readonly Language Spanish = Language.Parse("es");
    public static readonly Language English = Language.Parse("en");
    public static readonly Language French = Language.Parse("fr");

    public static CaptionDelivery Caption(int segment, int revision, Language? language = null) => new(
        language ?? Spanish, segment, revision, English, $"{segment}.{revision}", "", false, TranslationQuality.Good, SegmentOrigin.Spoken, StageLatency.None);

    static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(20);

    public static SpeechChunkDelivery Chunk(int chunk, Language? language = null) => new(language ?? Spanish, 1, 1, Frame * (chunk - 1), new byte[640]);

    public static OriginalDelivery Original(long number) => new(English, number, TimeSpan.Zero, new byte[640]);

    public static NoticeDelivery Notice(NoticeKind kind) => new(English, kind, ToSpeaker: true);

    /// <summary>Deliveries as they read best in a failed test.</summary>
    public static string Text(this IEnumerable<Delivery> deliveries) => string.Join(' ', deliveries.Select(static delivery => delivery switch
    {
        CaptionDelivery caption => $"{caption.Language}{caption.Committed}",
        SpeechChunkDelivery chunk => $"chunk{1 + (int)(chunk.At / Frame)}",
        OriginalDelivery frame => $"frame{frame.Number}",
        SpeechBeginDelivery begin => $"begin{begin.Clause}",
        SpeechEndDelivery end => $"end{end.Clause}{(end.IsWhole ? "" : "!")}",
        NoticeDelivery notice => notice.Kind.ToString(),
        _ => delivery.GetType().Name,
    }));
}
