using System.Runtime.InteropServices;
using VoiceGrains.Engines;
using VoiceGrains.Silo.Engines.OpenAI;
using VoiceGrains.Silo.Engines.Vendors;
using VoiceGrains.Tests.Emulators.Common;
using VoiceGrains.Tests.Emulators.OpenAI;
using VoiceGrains.Tests.Engines.Chat;
using VoiceGrains.Tests.Support;
using VoiceGrains.Voices;

namespace VoiceGrains.Tests.Engines.OpenAI;

/// <summary>OpenAI's speech engines, their double, and a clock that only the test moves.</summary>
sealed class OpenAIAtWork : IAsyncDisposable
{
    readonly OpenAIAccount _account;

    OpenAIAtWork(OpenAIEmulator openAI, OpenAIOptions options, ManualTime time)
    {
        (Double, Time) = (openAI, time);
        _account = new OpenAIAccount(options, ChatAtWork.KeyOf(OpenAIEmulator.Key), time);
        Speech = new OpenAISpeech(_account);
        Transcription = new OpenAITranscription(_account);
    }

    public OpenAIEmulator Double { get; }

    public ManualTime Time { get; }

    public OpenAISpeech Speech { get; }

    public OpenAITranscription Transcription { get; }

    public static async Task<OpenAIAtWork> Start(Action<OpenAIOptions>? change = null)
    {
        var time = new ManualTime();
        var openAI = await OpenAIEmulator.Start(time: time);
        var options = new OpenAIOptions { Url = openAI.Url, Speech = ChatAtWork.Deadlines, Transcription = ChatAtWork.Deadlines };
        change?.Invoke(options);
        return new OpenAIAtWork(openAI, options, time);
    }

    public static Voice VoiceOf(Gender gender, string language = "es") => new("stock", gender, Language.Parse(language));

    /// <summary>A stream with all of its clauses written.</summary>
    public ISpeechStream Speak(params string[] clauses)
    {
        var stream = Speech.Open(VoiceOf(Gender.Female));
        foreach (var clause in clauses)
            stream.Write(clause);
        stream.Complete();
        return stream;
    }

    /// <summary>Everything that a stream says.</summary>
    public async Task<List<SpeechChunk>> Hear(ISpeechStream stream, List<SpeechChunk>? into = null)
    {
        var chunks = into ?? [];
        await using (stream)
        {
            await foreach (var chunk in stream.Chunks(default))
                chunks.Add(chunk);
        }

        return chunks;
    }

    /// <summary>The words in audio of 16 kHz, with their places.</summary>
    public static IReadOnlyList<HeardWord> WordsIn(IEnumerable<SpeechChunk> chunks)
    {
        byte[] audio = [.. chunks.SelectMany(static chunk => chunk.Audio.ToArray())];
        return ToneWords.Decode(MemoryMarshal.Cast<byte, short>(audio), 16_000);
    }

    /// <summary>Waits for the end, and lets time pass while no request is under way.</summary>
    public Task Ended(Task work, string operation) => Until.True("it ended", () =>
    {
        if (!work.IsCompleted && Double.Ledger.OpenNow(operation) == 0)
            Time.Advance(TimeSpan.FromMilliseconds(100));
        return work.IsCompleted;
    });

    public async Task<EngineFaultException> FaultOf(Task work, string operation)
    {
        await Ended(work, operation);
        return await Assert.ThrowsAsync<EngineFaultException>(() => work);
    }

    /// <summary>Nothing stays open at the vendor, and it had nothing to complain of.</summary>
    public async Task AssertClean()
    {
        await Until.True("no request is open", () => Double.Ledger.Leaks.Count == 0);
        Assert.Empty(Double.Ledger.Mistakes);
    }

    public async ValueTask DisposeAsync()
    {
        _account.Dispose();
        await Double.DisposeAsync();
    }
}
