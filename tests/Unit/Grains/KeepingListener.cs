using System.Text.Json;
using VoiceGrains.Calls;
using VoiceGrains.Gateway.Links;
using VoiceGrains.Gateway.Tickets;
using VoiceGrains.Media;
using VoiceGrains.Participants;
using VoiceGrains.Silo.Engines.Scripted;

namespace VoiceGrains.Tests.Unit.Grains;

/// <summary>A gateway as it is towards one speaker: fences and keeps checkpoints, lets each caption and piece of speech through once, and knows what was read and heard.</summary>
sealed class KeepingListener : IGatewayLink
{
    readonly SpeakerStream _stream = new(1);
    readonly SortedDictionary<int, string> _finals = [];
    readonly Dictionary<int, string> _committed = [];
    readonly SortedDictionary<(int Segment, int Clause), List<byte>> _heard = [];

    /// <summary>The claim of the activation that is let in.</summary>
    public Fence Attached { get; set; }

    /// <summary>The newest that is kept, as a client would bring it back.</summary>
    public Checkpoint? Checkpoint { get; private set; }

    /// <summary>The first thing that should not have come.</summary>
    public string? Mistake { get; private set; }

    public string Read => string.Join(' ', _finals.Values.Where(static text => text.Length > 0));

    public string Heard => string.Join(' ', _heard.Values.SelectMany(static audio => ScriptedAudio.Decode(audio.ToArray())));

    public Task<CommitOutcome> Commit(CommitRequest request)
    {
        if (request.Fence.CompareTo(Attached) < 0)
            return Task.FromResult(CommitOutcome.Refused);
        if (Checkpoint?.Version >= request.Checkpoint.Version)
            Mistake ??= $"version {request.Checkpoint.Version} came after {Checkpoint.Version}";
        Checkpoint = JsonSerializer.Deserialize(JsonSerializer.Serialize(request.Checkpoint, CheckpointJson.Default.Checkpoint), CheckpointJson.Default.Checkpoint);
        return Task.FromResult(CommitOutcome.Kept);
    }

    public Task Deliver(DeliveryBatch batch)
    {
        if (_stream.Accepts(batch.Fence))
        {
            foreach (var taken in batch.Deliveries.Select(_stream.Take))
                Take(taken?.Delivery);
        }

        return Task.CompletedTask;
    }

    public Task Announce(Roster roster, Audience audience) => throw new NotSupportedException();

    public Task Moved() => throw new NotSupportedException();

    public Task Ended(EndReason reason) => throw new NotSupportedException();

    void Take(Delivery? taken)
    {
        switch (taken)
        {
            case CaptionDelivery caption:
                var before = _committed.GetValueOrDefault(caption.Segment, "");
                if (!caption.Committed.StartsWith(before, StringComparison.Ordinal))
                    Mistake ??= $"the committed '{before}' became '{caption.Committed}'";
                _committed[caption.Segment] = caption.Committed;
                if (caption.IsFinal)
                    _finals.Add(caption.Segment, caption.Committed);
                break;
            case SpeechChunkDelivery chunk:
                if (!_heard.TryGetValue((chunk.Segment, chunk.Clause), out var audio))
                    _heard[(chunk.Segment, chunk.Clause)] = audio = [];
                audio.AddRange(chunk.Audio.Span);
                break;
        }
    }
}
