using System.Security.Cryptography;
using VoiceGrains.Calls;
using VoiceGrains.Participants;
using VoiceGrains.Silo.Engines.Scripted;
using VoiceGrains.Tests.Support;
using static VoiceGrains.Tests.Unit.Grains.SpeakerAtWork;

namespace VoiceGrains.Tests.Unit.Grains;

/// <summary>Whenever and however often activations are lost or handed over: each word is written, read and heard once and in order, and every frame is accounted for.</summary>
public sealed class SpeakerThroughManyLosses
{
    const string Script = "Good morning, my name is Ana. I would like, if you please, to book a room; for two nights. | Thank you. | See you tomorrow, then, at nine!";
    static readonly ScriptedOptions Engines = new() { FinalAtMarks = true, SynthesisSpeed = 4 };

    readonly ManualTime _time = new();
    readonly KeepingListener _listener = new();
    readonly SpeakerAtWork _work;
    readonly byte[][] _frames;
    bool _isOver;

    public SpeakerThroughManyLosses()
    {
        _work = new SpeakerAtWork
        {
            Time = _time,
            Link = _listener,
            Wants = Wants.Captions | Wants.Speech,
            Synthesizer = new ScriptedSynthesizer(Engines, _time),
        };
        var pause = ScriptedAudio.Silence(TimeSpan.FromMilliseconds(700));
        _frames = [.. Script.Split('|').SelectMany(turn => (byte[])[.. ScriptedAudio.Encode(turn), .. pause]).Chunk(640)];
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 25).Select(static _ => RandomNumberGenerator.GetInt32(int.MaxValue))];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Nothing_is_lost_and_nothing_comes_twice(int seed)
    {
        var random = new Random(seed);
        for (var life = random.Next(10_000); !_isOver; life++)
            await Live(random, life);

        var said = Script.Replace("| ", "", StringComparison.Ordinal);
        var translated = ScriptedTranslator.Translate(said, Sent.Spanish);
        var recorded = string.Join(' ', (await _work.Store.Read(Call, 0, 100, default)).OrderBy(static segment => segment.Number).Select(static segment => segment.Text));
        Assert.True(
            _listener.Mistake is null && recorded == said && _listener.Read == translated && _listener.Heard == translated,
            $"Mistake: {_listener.Mistake}\nRecorded: {recorded}\nRead: {_listener.Read}\nHeard: {_listener.Heard}\n{_listener.Checkpoint}");
    }

    Task Live(Random random, int life)
    {
        var fence = _listener.Attached = new Fence(1, life);
        return _work.Run(new ScriptedRecognizer(Engines, _time), _listener.Checkpoint, fence, async speaker =>
        {
            var lives = random.Next(1, 120);
            for (; lives > 0 && speaker.Ledger.Next <= _frames.Length; lives--)
            {
                Say(speaker);
                await Pass(random.Next(4));
            }

            if (lives == 0)
                await Lose(random, speaker);
            else
                await Finish(speaker);
            // From here on the dead say nothing that counts.
            _listener.Attached = new Fence(1, life + 1);
        });
    }

    void Say(Speaker speaker)
    {
        var next = speaker.Ledger.Next;
        if (speaker.Ledger.Judge(next) == Arrival.Fresh)
            Assert.True(speaker.TryTake(new SpokenFrame(next, TimeSpan.FromMilliseconds(20 * (next - 1)), _frames[next - 1])));
    }

    async Task Lose(Random random, Speaker speaker)
    {
        if (random.Next(2) == 0)
            return;
        var handed = speaker.HandOver(TimeSpan.FromSeconds(0.4), TimeSpan.FromSeconds(0.1), TimeSpan.FromSeconds(0.5));
        await _work.Until("it is handed over", () => handed.IsCompleted);
    }

    async Task Finish(Speaker speaker)
    {
        var finished = speaker.Finish(TimeSpan.FromSeconds(60));
        await _work.Until("all is finished", () => finished.IsCompleted);
        await _work.Until("all is kept", () => (speaker.Commits is { IsEmpty: true, IsAbsent: false }));
        var figures = speaker.Figures.Ledger;
        Assert.Equal((_frames.Length, 0, 0, 0), (figures.Highest, figures.Pending, figures.Lost, figures.Unrecognized));
        Assert.True(figures.IsBalanced);
        _isOver = true;
    }

    // What follows from the frame happens, as far as chance has it.
    async Task Pass(int turns)
    {
        _time.Advance(TimeSpan.FromMilliseconds(20));
        for (var turn = 0; turn < turns * 5; turn++)
            await Task.Yield();
    }
}
