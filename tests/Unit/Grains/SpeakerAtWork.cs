using Microsoft.Extensions.Logging.Abstractions;
using VoiceGrains.Calls;
using VoiceGrains.Context;
using VoiceGrains.Deliveries;
using VoiceGrains.Engines;
using VoiceGrains.Media;
using VoiceGrains.Participants;
using VoiceGrains.Silo.Engines.Scripted;
using VoiceGrains.Tests.Support;
using VoiceGrains.Transcripts;
using VoiceGrains.Voices;
using static VoiceGrains.Tests.Unit.Grains.Sent;

namespace VoiceGrains.Tests.Unit.Grains;

/// <summary>Ana, who speaks English, with her engines; a gateway that keeps her checkpoints and listens in Spanish; and a transcript.</summary>
sealed class SpeakerAtWork
{
    public static readonly CallId Call = new("local-k3v9x2m4q7ab");
    public static readonly ParticipantId Ana = new("ana");
    static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    public ManualTime Time { get; init; } = new();

    public Gateway Gateway { get; } = new();

    public MemoryTranscriptStore Store { get; } = new();

    /// <summary>Of the call, as far as Ana knows them.</summary>
    public KnownTerms Terms { get; } = new();

    public Outlets Outlets { get; private set; } = null!;

    public Wants Wants { get; init; } = Wants.Captions;

    /// <summary>Where checkpoints and deliveries go, when it is not <see cref="Gateway"/>.</summary>
    public IGatewayLink? Link { get; init; }

    public ISynthesizer Synthesizer { get; init; } = new ScriptedSynthesizer();

    public ITranslator Translator { get; init; } = new ScriptedTranslator();

    /// <summary>Hands frames of 20 ms to a speaker, one after the other.</summary>
    public static void Say(Speaker speaker, long first, byte[] audio)
    {
        foreach (var (at, frame) in audio.Chunk(640).Index())
            Take(speaker, new SpokenFrame(first + at, Step * at, frame));
    }

    public static void Take(Speaker speaker, Spoken spoken)
    {
        Assert.Equal(Arrival.Fresh, speaker.Ledger.Judge(spoken.Number));
        Assert.True(speaker.TryTake(spoken));
    }

    /// <summary>Lets time pass until the condition holds.</summary>
    public Task Until(string what, Func<bool> condition) => Support.Until.True(what, () =>
    {
        // On a machine that is busy with other things this clock would run ahead of the work, past every limit.
        if (ThreadPool.PendingWorkItemCount == 0)
            Time.Advance(Step);
        return condition();
    });

    /// <summary>A participant who never spoke.</summary>
    public Task Run(IRecognizer recognizer, Func<Speaker, Task> test) => Run(recognizer, null, new Fence(1, 0), test);

    /// <summary>The next activation of a participant whose silo was lost.</summary>
    public Task Resume(IRecognizer recognizer, Checkpoint checkpoint, Func<Speaker, Task> test) => Run(recognizer, checkpoint, new Fence(1, 1), test);

    public Task Run(IRecognizer recognizer, Checkpoint? checkpoint, Fence fence, Func<Speaker, Task> test) => Turns.Run(async () =>
    {
        await using var outlets = Outlets = new Outlets(Ana, Time) { Fence = fence };
        outlets.Apply(new Audience(
            new AudienceVersion(1, 1), IsPartial: false, [new Hearing(Spanish, new GatewayId("east"), Link ?? Gateway, Wants, new ParticipantId("bob"))], []));
        outlets.SetOwn(new GatewayId("east"), Link ?? Gateway);
        var services = new SpeakerServices(
            "silo-1",
            Call,
            Ana,
            new EngineSet([recognizer], [Translator], [Synthesizer]) { Speech = new SpeechRules(CatchesUp: false) },
            Store,
            Terms,
            static language => Task.FromResult<Voice?>(new Voice("stock-female", Gender.Female, language)),
            Time,
            NullLogger.Instance);
        var ledger = checkpoint is null ? new FrameLedger() : new FrameLedger(checkpoint);
        await using var speaker = new Speaker(services, outlets, ledger, checkpoint?.LastSegment ?? 0) { Name = "Ana" };
        if (checkpoint is not null)
            speaker.Restore(checkpoint, fence);
        speaker.Commits.Attach(Link ?? Gateway, fence);
        speaker.Speak(English);
        await test(speaker);
    });
}
