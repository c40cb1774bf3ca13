using System.Runtime.CompilerServices;
using VoiceGrains.Engines;
using VoiceGrains.Tests.Unit.Audio;
using VoiceGrains.Voices;

namespace VoiceGrains.Tests.Unit.Voices;

/// <summary>Speech that others wait behind goes on faster, clause by clause and whole.</summary>
public sealed class SpeechThatCatchesUp
{
    static readonly TimeSpan MuchWaits = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task While_little_waits_chunks_go_through_as_they_are()
    {
        var chunks = Clause(1, seconds: 2, pieces: 5).Append(new SpeechChunk(2, ReadOnlyMemory<byte>.Empty, IsLastOfClause: true)).ToList();

        var heard = await Paced(chunks, static _ => TimeSpan.FromSeconds(0.3));

        Assert.All(chunks.Zip(heard), static pair => Assert.Equal(pair.First, pair.Second));
    }

    [Fact]
    public async Task When_much_waits_a_quarter_less_time_is_needed()
    {
        var chunks = Clause(1, seconds: 10, pieces: 20);

        var heard = await Paced(chunks, static _ => MuchWaits);

        // The first second is needed to become so fast: five steps of 0.05.
        Assert.InRange(Seconds(heard), 8, 8.25);
    }

    [Fact]
    public async Task It_becomes_faster_and_slower_by_0_05_in_200_ms_and_is_then_itself_again()
    {
        var tempos = new List<double>();
        var chunks = Clause(1, seconds: 4, pieces: 40);

        var heard = await Paced(chunks, static number => number is > 10 and <= 25 ? MuchWaits : TimeSpan.Zero, tempos);

        Assert.All(tempos.Zip(tempos.Skip(1)), static pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 0.025 + 1e-9));
        Assert.Equal((1, 1.25, 1), (tempos[9], Math.Round(tempos.Max(), 9), tempos[^1]));
        Assert.Equal(chunks[..10].Concat(chunks[37..]), heard[..10].Concat(heard[37..]));
    }

    [Fact]
    public async Task A_chunk_of_seconds_is_not_one_step()
    {
        var tempos = new List<double>();

        await Paced(Clause(1, seconds: 0.6, pieces: 1), static _ => MuchWaits, tempos);

        Assert.Equal(1.15, tempos[0], 9);
    }

    [Fact]
    public async Task Each_clause_is_whole_when_its_last_chunk_is_out()
    {
        List<SpeechChunk> chunks =
        [
            .. Clause(1, seconds: 1, pieces: 4), .. Clause(2, seconds: 1, pieces: 3), new SpeechChunk(2, ReadOnlyMemory<byte>.Empty, IsLastOfClause: true),
        ];
        chunks[6] = chunks[6] with { IsLastOfClause = false };

        var heard = await Paced(chunks, static _ => MuchWaits);

        Assert.Equal(chunks.Select(static chunk => (chunk.Clause, chunk.IsLastOfClause)), heard.Select(static chunk => (chunk.Clause, chunk.IsLastOfClause)));
        foreach (var clause in (int[])[1, 2])
        {
            var (spoken, made) = (Bytes(heard, clause), Bytes(chunks, clause));
            // The last 5 ms are held back by every tempo but 1: they are the end of the clause as it was made.
            Assert.Equal(made[^160..], spoken[^160..]);
        }
    }

    [Fact]
    public async Task Long_silences_go_first()
    {
        var spoken = MadeOf(seconds: 1);
        byte[] audio = [.. spoken, .. new byte[32_000], .. spoken];

        var heard = await Paced([new SpeechChunk(1, audio, IsLastOfClause: true)], static _ => MuchWaits);

        Assert.InRange(Seconds(heard), 1.6, 1.95);
    }

    [Fact]
    public async Task Silences_are_left_when_it_need_not_catch_up_any_more()
    {
        byte[] silent = [.. MadeOf(seconds: 1), .. new byte[32_000], .. MadeOf(seconds: 1)];
        var chunks = new List<SpeechChunk> { new(1, MadeOf(seconds: 0.2), false), new(1, MadeOf(seconds: 1), false), new(1, silent, IsLastOfClause: true) };

        var heard = await Paced(chunks, static number => number == 1 ? MuchWaits : TimeSpan.Zero);

        Assert.Equal(3, Seconds(heard[2..]), 1);
    }

    [Fact]
    public async Task Text_and_its_end_go_to_the_stream_within()
    {
        var told = new ToldSpeech([]);
        await using (var speech = new PacedSpeech(told, static () => TimeSpan.Zero))
        {
            speech.Write("uno");
            speech.Complete();
            speech.Cancel();
        }

        Assert.Equal(["uno", "complete", "cancel", "dispose"], told.Calls);
    }

    static async Task<List<SpeechChunk>> Paced(IReadOnlyList<SpeechChunk> chunks, Func<int, TimeSpan> unplayed, List<double>? tempos = null)
    {
        var (heard, number) = (new List<SpeechChunk>(), 0);
        await using var speech = new PacedSpeech(new ToldSpeech(chunks), () => unplayed(++number));
        await foreach (var chunk in speech.Chunks(CancellationToken.None))
        {
            heard.Add(chunk);
            tempos?.Add(speech.Tempo);
        }

        return heard;
    }

    static List<SpeechChunk> Clause(int number, double seconds, int pieces)
    {
        var audio = MadeOf(seconds, number);
        var length = audio.Length / pieces / 2 * 2;
        return [.. Enumerable.Range(0, pieces).Select(i => new SpeechChunk(number, audio.AsMemory(i * length, length), i == pieces - 1))];
    }

    // A tone: nothing in it is silent.
    static byte[] MadeOf(double seconds, int number = 1) => Tone.Bytes(Tone.Of(150 + (50 * number), 16_000, TimeSpan.FromSeconds(seconds)));

    static byte[] Bytes(IEnumerable<SpeechChunk> chunks, int clause) => [.. chunks.Where(chunk => chunk.Clause == clause).SelectMany(static chunk => chunk.Audio.ToArray())];

    static double Seconds(IEnumerable<SpeechChunk> chunks) => chunks.Sum(static chunk => chunk.Audio.Length) / 32_000.0;

    /// <summary>Says what it was told, and notes what it is asked.</summary>
    sealed class ToldSpeech(IReadOnlyList<SpeechChunk> chunks) : ISpeechStream
    {
        public List<string> Calls { get; } = [];

        public void Write(string clause) => Calls.Add(clause);

        public void Complete() => Calls.Add("complete");

        public void Cancel() => Calls.Add("cancel");

        public async IAsyncEnumerable<SpeechChunk> Chunks([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            foreach (var chunk in chunks)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return chunk;
            }

            await Task.CompletedTask;
        }

        public ValueTask DisposeAsync()
        {
            Calls.Add("dispose");
            return ValueTask.CompletedTask;
        }
    }
}
