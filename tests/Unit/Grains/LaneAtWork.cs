using VoiceGrains.Calls;
using VoiceGrains.Checkpoints;
using VoiceGrains.Context;
using VoiceGrains.Deliveries;
using VoiceGrains.Engines;
using VoiceGrains.Lanes;
using VoiceGrains.Media;
using VoiceGrains.Participants;
using VoiceGrains.Silo.Engines.Scripted;
using VoiceGrains.Tests.Support;
using VoiceGrains.Transcripts;
using VoiceGrains.Voices;
using static VoiceGrains.Tests.Unit.Grains.Sent;

namespace VoiceGrains.Tests.Unit.Grains;

/// <summary>A lane into Spanish with its engines, and a gateway that takes what comes out of it.</summary>
sealed class LaneAtWork
{
    Outlets _outlets = null!;
    Commits _commits = null!;

    public LaneAtWork() => Recent = new RecentSegments(Time);

    public ManualTime Time { get; } = new();

    public RecentSegments Recent { get; }

    public Gateway Gateway { get; } = new();

    public List<(int Segment, RecordedTranslation Translation)> Translated { get; } = [];

    /// <summary>Whether somebody wants to hear the segments that begin from now on.</summary>
    public bool IsHeard { get; set; } = true;

    /// <summary>Null: no voice.</summary>
    public ISynthesizer? Synthesizer { get; set; } = new ScriptedSynthesizer();

    /// <summary>Default: as it comes, because scripted speech can't be read any more when it was played faster.</summary>
    public SpeechRules Speaking { get; set; } = new(CatchesUp: false);

    /// <summary>Null: every engine is tried every time.</summary>
    public ToldHealth? Health { get; set; }

    /// <summary>What the speaker sounds like at the moment.</summary>
    public Voice Voice { get; set; } = new("stock-female", Gender.Female, Spanish);

    public async Task Say(Lane lane, string text, int segment = 1)
    {
        lane.Take(Sentence(text, segment: segment));
        await Rest(lane);
    }

    public async Task Rest(Lane lane)
    {
        await Until.True("the lane is at rest", () => lane.IsIdle && Passed(TimeSpan.FromMilliseconds(50)) && _commits.IsEmpty);
        await _outlets.Drained();
    }

    public Sentence Sentence(string text, bool isLast = true, int segment = 1)
    {
        if (Recent.Find(segment) is null)
            Recent.Add(segment, English, SegmentOrigin.Spoken).Lanes[Spanish] = new RecentLane(Spanish, IsHeard);
        return new Sentence(segment, English, text, isLast, SegmentOrigin.Spoken, new SentenceClock(null, Time.GetTimestamp(), Time));
    }

    /// <summary>A text that somebody typed.</summary>
    public Sentence Typed(string text, int segment)
    {
        Recent.Add(segment, English, SegmentOrigin.Typed).Lanes[Spanish] = new RecentLane(Spanish, IsHeard);
        return new Sentence(segment, English, text, IsLast: true, SegmentOrigin.Typed, new SentenceClock(null, Time.GetTimestamp(), Time));
    }

    public CaptionDelivery Final() => Gateway.Arrived.OfType<CaptionDelivery>().Single(static caption => caption.IsFinal);

    public string Speech() => Gateway.Arrived.Where(static delivery => delivery is SpeechBeginDelivery or SpeechChunkDelivery or SpeechEndDelivery).Text();

    public Task Run(ITranslator[] translators, Func<Lane, Task> test) => Turns.Run(async () =>
    {
        await using var outlets = new Outlets(new ParticipantId("ana"), Time);
        outlets.Apply(new Audience(
            new AudienceVersion(1, 1), IsPartial: false, [new Hearing(Spanish, new GatewayId("east"), Gateway, Wants.Captions | Wants.Speech, null)], []));
        await using var commits = _commits = new Commits(Snapshot, Time);
        commits.Attach(Gateway, new Fence(1, 0));
        await using var dialogue = new CallDialogue(SpeakerAtWork.Call, SpeakerAtWork.Ana, new MemoryTranscriptStore(), Recent, Time);
        var services = new LaneServices(
            new EngineSet([], translators, Synthesizer is null ? [] : [Synthesizer], Health) { Speech = Speaking },
            outlets,
            commits,
            Recent,
            new TranslationContext(new KnownTerms(), dialogue),
            Time,
            _ => Task.FromResult<Voice?>(Voice),
            (segment, translation) => Translated.Add((segment, translation)));
        await using var lane = new Lane(services, Spanish);
        _outlets = outlets;
        await test(lane);
    });

    // What is in no hurry is committed a little later.
    bool Passed(TimeSpan time)
    {
        Time.Advance(time);
        return true;
    }

    CommitRequest Snapshot(long version) => new(
        new ParticipantId("ana"), default, new Checkpoint(version, 1, 1, new LedgerCheckpoint(0, 0, 0, 0, 0, 0, 0, 0, []), Recent.Checkpoint()), 0, IsRewound: false);
}
