using System.Collections.Immutable;
using VoiceGrains.Calls;
using VoiceGrains.Checkpoints;
using VoiceGrains.Engines;
using VoiceGrains.Transcripts;

namespace VoiceGrains.Context;

/// <summary>
/// What was said in the call before a segment of one speaker. The transcript is read while the segment is being spoken, and nobody waits for it: what is not there yet
/// when a sentence is translated is missing. Runs in the turns of the participant.
/// </summary>
sealed class CallDialogue(CallId call, ParticipantId speaker, ITranscriptStore transcripts, RecentSegments recent, TimeProvider time) : IAsyncDisposable
{
    // What takes longer comes too late for the segment.
    static readonly TimeSpan ReadLimit = TimeSpan.FromSeconds(2);

    readonly CancellationTokenSource _closing = new();
    IReadOnlyList<RecordedSegment> _recorded = [];
    Task _reading = Task.CompletedTask;

    /// <summary>A segment begins: reads what was recorded last, if it is going to be translated.</summary>
    public void Look(bool isTranslated)
    {
        if (isTranslated && _reading.IsCompleted)
            _reading = Read();
    }

    /// <summary>What everybody said before a segment, as far as it is known. Nothing of the segment itself, whose translation is known to engines.</summary>
    public ImmutableArray<DialogueLine> Before(int segment)
    {
        if (recent.Find(segment) is not { } begun)
            return [];
        var own = recent.All.Where(each => each.Number < segment).Select(each => new Said(speaker, each.StartedAt, each.Text));
        var recorded = _recorded
            .Where(each => each.Speaker == speaker ? each.Number < segment && recent.Find(each.Number) is null : each.StartedAt < begun.StartedAt)
            .Select(static each => new Said(each.Speaker, each.StartedAt, each.Text));
        return Dialogue.Of(recorded.Concat(own));
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _reading;
    }

    async Task Read()
    {
        using var limit = new CancellationTokenSource(ReadLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _closing.Token);
        try
        {
            _recorded = await transcripts.ReadLast(call, Dialogue.MostLines, either.Token).WaitAsync(either.Token);
        }
        catch (Exception)
        {
            // The store is away or slow, whatever its driver throws: what was read before and what the speaker said themselves serves meanwhile.
        }
    }
}
