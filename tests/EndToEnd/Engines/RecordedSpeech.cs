using VoiceGrains.Protocol;
using VoiceGrains.Silo.Engines.Phrasebooks;
using VoiceGrains.Tests.EndToEnd.Harness;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.EndToEnd.Engines;

/// <summary>Recorded human speech through the real socket and the offline engines, in both directions.</summary>
public sealed class RecordedSpeech(ITestOutputHelper output)
{
    const int Sentences = 44;
    const double WantedShare = 0.9;

    // Synthetic speech is not what the recognizer was made for: 16 to 19 of 20 were measured. Of a grammar of 150 sentences none is hit by chance.
    const double WantedAgain = 0.6;
    static readonly TimeSpan Before = TimeSpan.FromSeconds(0.4);

    // Longer than the pause after which a stretch of speech ends, whatever was said.
    static readonly TimeSpan After = TimeSpan.FromSeconds(1.4);

    [Fact]
    public async Task Recorded_sentences_are_understood_translated_and_spoken_so_that_they_are_understood_again()
    {
        var prompts = RecordedPrompts.Read();
        Assert.True(prompts.Count >= 80, $"Only {prompts.Count} prompts.");
        // Recordings come faster than people speak, so their translations would be hurried, and at last only read.
        await using var silo = await SiloProcess.Start(
            "--Engines:Phrasebooks:0", RecordedPrompts.WritePhrasebook(prompts), "--Engines:PocketSphinx:Languages", "en, es", "--Engines:CatchUp", "false");

        await Task.WhenAll(Converse(silo, prompts, "en", "es"), Converse(silo, prompts, "es", "en"));

        Assert.Equal(0, await silo.Stop());
        Assert.Empty(silo.Errors);
    }

    async Task Converse(SiloProcess silo, IReadOnlyList<Prompt> prompts, string from, string to)
    {
        await using var call = await TestCall.Open(silo);
        var listener = await call.Join("listener", to, "captions", "speech", "original-captions");
        var speaker = await call.Join("speaker", new Hello(from, [], AudioIn: "pcm8"));
        var chosen = prompts.Where((_, at) => at * Sentences / prompts.Count != (at - 1) * Sentences / prompts.Count || at == 0).Take(Sentences).ToList();
        var spoken = new List<(Prompt Prompt, byte[] Audio)>();
        var exact = 0;
        foreach (var prompt in chosen)
        {
            var heard = await Say(speaker, listener, prompt, from);
            var isExact = Same(heard.Original, prompt.Text(from)) && Same(heard.Translation, prompt.Text(to));
            if (isExact)
                spoken.Add((prompt, heard.Audio));
            else
                output.WriteLine($"{from}-{to} {prompt.Key}: '{prompt.Text(from)}' was heard as '{heard.Original}' and translated as '{heard.Translation}'");
            exact += isExact ? 1 : 0;
        }

        output.WriteLine($"{from}-{to}: {exact} of {chosen.Count} phrase-exact");
        Assert.True(exact >= WantedShare * chosen.Count, $"{from}-{to}: only {exact} of {chosen.Count} phrase-exact.");
        Assert.All(spoken, each => AssertFittingLength(each.Prompt.Text(to), each.Audio));
        await call.AssertNothingIsLost("speaker");
        await UnderstandAgain(silo, spoken, to);
    }

    static async Task<(string Original, string Translation, byte[] Audio)> Say(Member speaker, Member listener, Prompt prompt, string language)
    {
        var captions = listener.All<Caption>().Count();
        var before = listener.Received.Count;
        await SendAll(speaker, RecordedPrompts.Audio(prompt, language), bytesPerSecond: 16_000);
        await listener.Until("the clauses end", () => listener.All<SpeechBegin>().Count() == listener.All<SpeechEnd>().Count());
        var finals = listener.All<Caption>().Skip(captions).Where(static caption => caption.Final).OrderBy(static caption => caption.Segment).ToList();
        return (
            string.Join(' ', finals.Where(caption => caption.Language == language).Select(static caption => caption.Text)),
            string.Join(' ', finals.Where(caption => caption.Language != language).Select(static caption => caption.Text)),
            [.. listener.Received.Skip(before).Where(static received => received.Message is null).SelectMany(static received => received.Audio)]);
    }

    // What was heard is played to somebody else, who speaks that language.
    async Task UnderstandAgain(SiloProcess silo, List<(Prompt Prompt, byte[] Audio)> spoken, string language)
    {
        await using var call = await TestCall.Open(silo);
        var reader = await call.Join("reader", language, "captions");
        var echo = await call.Join("echo", new Hello(language, []));
        var chosen = spoken.Take(20).ToList();
        var understood = 0;
        foreach (var (prompt, audio) in chosen)
        {
            var before = reader.Finals(language).Count;
            await SendAll(echo, audio, bytesPerSecond: 32_000);
            var text = string.Join(' ', reader.Finals(language).Skip(before));
            if (Same(text, prompt.Text(language)))
                understood++;
            else
                output.WriteLine($"again {language} {prompt.Key}: '{prompt.Text(language)}' was understood as '{text}'");
        }

        output.WriteLine($"{language}: {understood} of {chosen.Count} understood again");
        Assert.True(understood >= WantedAgain * chosen.Count, $"{language}: only {understood} of {chosen.Count} were understood again.");
    }

    static async Task SendAll(Member speaker, byte[] audio, int bytesPerSecond)
    {
        byte[] all = [.. Silence(Before, bytesPerSecond), .. audio, .. Silence(After, bytesPerSecond)];
        var frame = bytesPerSecond / 10;
        Array.Resize(ref all, (all.Length + frame - 1) / frame * frame);
        foreach (var part in all.Chunk(frame))
            await speaker.Client.SendFrame(part);
        await speaker.UntilRecorded();
    }

    static void AssertFittingLength(string text, byte[] audio)
    {
        var seconds = audio.Length / 32_000.0;
        var words = PhraseWords.Of(text).Count;
        Assert.True(seconds > 0.12 * words && seconds < 1 + (0.8 * words), $"'{text}' took {seconds:0.0} s.");
    }

    static byte[] Silence(TimeSpan duration, int bytesPerSecond) => new byte[(int)(duration.TotalSeconds * bytesPerSecond)];

    static bool Same(string a, string b) => PhraseWords.Of(a).SequenceEqual(PhraseWords.Of(b));
}
