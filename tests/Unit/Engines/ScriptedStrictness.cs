using System.Runtime.InteropServices;
using VoiceGrains.Engines;
using VoiceGrains.Silo.Engines.Scripted;
using VoiceGrains.Tests.Support;
using VoiceGrains.Voices;

namespace VoiceGrains.Tests.Unit.Engines;

/// <summary>The scripted engines can be as slow and as strict as those of vendors: fault tests rely on it.</summary>
public sealed class ScriptedStrictness
{
    const int Long = 4_000;
    static readonly Language English = Language.Parse("en");
    readonly ManualTime _time = new();

    [Fact]
    public void A_word_counts_when_all_of_its_audio_has_come()
    {
        var reader = new ScriptedAudio.Reader();
        var samples = Samples("good morning");

        reader.Take(samples.AsSpan(0, (2 * Long) - 1));
        Assert.Equal(["good"], reader.Words.Select(static word => word.Text));
        Assert.Equal(Long, reader.Settled);

        reader.Take(samples.AsSpan((2 * Long) - 1));
        Assert.Equal(["good", "morning"], reader.Words.Select(static word => word.Text));
        Assert.Equal(2 * Long, reader.Words[^1].End);
    }

    [Fact]
    public void A_word_without_its_beginning_or_with_a_hole_or_repetition_in_it_is_not_heard()
    {
        var samples = Samples("one two three");

        Assert.Equal(["two", "three"], Read(samples[1..]));
        Assert.Equal(["one", "three"], Read([.. samples[..5_000], .. samples[5_160..]]));
        Assert.Equal(["one", "three"], Read([.. samples[..5_000], .. samples[4_990..]]));
        Assert.Equal(["one", "two"], Read(samples[..^1]));
    }

    [Fact]
    public void Audio_that_was_cut_in_a_word_and_goes_on_is_read_as_if_it_had_not_been()
    {
        var samples = Samples("one two three");

        for (var cut = 0; cut < samples.Length; cut += 397)
            Assert.Equal(["one", "two", "three"], Read([.. samples[..cut], .. samples[cut..]]));
    }

    [Fact]
    public async Task Words_are_final_at_marks_and_the_turn_ends_at_the_pause()
    {
        var events = await Hear(new ScriptedOptions { FinalAtMarks = true }, [.. Encode("so, it is; good"), .. ScriptedAudio.Silence(TimeSpan.FromSeconds(1))]);

        Assert.Equal(["so,", "it is;", "good"], events.OfType<FinalWords>().Select(TextOf));
        Assert.Equal(TimeSpan.FromSeconds(0.25), events.OfType<FinalWords>().First().Until);
        Assert.Equal(TimeSpan.FromSeconds(1), Assert.Single(events.OfType<TurnEnded>()).SpeechEnd);
        Assert.Equal(events.Select(static happened => happened.Until).Order(), events.Select(static happened => happened.Until));
    }

    [Fact]
    public async Task Finishing_a_segment_makes_final_what_is_complete_and_settles_no_more()
    {
        await using var session = Open(new ScriptedOptions());
        var audio = Encode("one two three");
        session.TryWrite(audio.AsMemory(0, 5 * Long));

        session.FinishSegment();
        session.TryWrite(audio.AsMemory(5 * Long));
        session.Complete();

        var events = await session.Events(CancellationToken.None).ToListAsync();
        Assert.Equal(["one two", "three"], events.OfType<FinalWords>().Select(TextOf));
        Assert.Equal(TimeSpan.FromSeconds(0.5), events.OfType<TurnEnded>().First().Until);
    }

    [Fact]
    public void Audio_is_taken_no_faster_than_the_speed_allows()
    {
        var session = Open(new ScriptedOptions { RecognizerSpeed = 1.25 });
        var frame = new byte[3_200];
        int Taken()
        {
            var taken = 0;
            while (session.TryWrite(frame))
                taken++;
            return taken;
        }

        Assert.Equal(5, Taken());
        Assert.Equal(0, Taken());
        _time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(50, Taken());
    }

    [Fact]
    public async Task Final_words_come_late_by_the_latency_and_in_order()
    {
        await using var session = Open(new ScriptedOptions { RecognizerLatencyMs = 100 });
        session.TryWrite((byte[])[.. Encode("one"), .. ScriptedAudio.Silence(TimeSpan.FromSeconds(0.3))]);
        session.Complete();
        var events = new List<RecognizerEvent>();

        var reading = Read();
        Assert.Equal([typeof(SpeechStarted), typeof(InterimWords)], events.Select(static happened => happened.GetType()));
        _time.Advance(TimeSpan.FromMilliseconds(100));
        await reading;

        Assert.Equal([typeof(FinalWords), typeof(TurnEnded), typeof(SilenceHeard)], events.Skip(2).Select(static happened => happened.GetType()));

        async Task Read()
        {
            await foreach (var happened in session.Events(CancellationToken.None))
                events.Add(happened);
        }
    }

    [Fact]
    public async Task Speech_comes_in_pieces_at_its_speed()
    {
        var engine = new ScriptedSynthesizer(new ScriptedOptions { SynthesisSpeed = 2, SynthesizedWordMs = 250 }, _time);
        await using var stream = engine.Open(new Voice("stock-female", Gender.Female, English));
        stream.Write("good morning");
        stream.Complete();
        var chunks = new List<SpeechChunk>();

        var reading = Read();
        for (var piece = 1; piece <= 5; piece++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(50));
            await Until.True("the piece came", () => chunks.Count == piece);
        }

        await reading;
        Assert.Equal([false, false, false, false, true], chunks.Select(static chunk => chunk.IsLastOfClause));
        Assert.Equal(["good", "morning"], ScriptedAudio.Decode((byte[])[.. chunks.SelectMany(static chunk => chunk.Audio.ToArray())]));

        async Task Read()
        {
            await foreach (var chunk in stream.Chunks(CancellationToken.None))
                chunks.Add(chunk);
        }
    }

    IRecognizerSession Open(ScriptedOptions options) => new ScriptedRecognizer(options, _time).Open(new RecognizerRequest(English));

    async Task<List<RecognizerEvent>> Hear(ScriptedOptions options, byte[] audio)
    {
        await using var session = Open(options);
        foreach (var frame in audio.Chunk(640))
            Assert.True(session.TryWrite(frame));
        session.Complete();
        return await session.Events(CancellationToken.None).ToListAsync();
    }

    static byte[] Encode(string words) => ScriptedAudio.Encode(words, Long);

    static short[] Samples(string words) => MemoryMarshal.Cast<byte, short>(Encode(words)).ToArray();

    static IReadOnlyList<string> Read(short[] samples) => ScriptedAudio.Decode(MemoryMarshal.AsBytes(samples.AsSpan()));

    static string TextOf(FinalWords final) => string.Join(' ', final.Words.Select(static word => word.Text));
}
