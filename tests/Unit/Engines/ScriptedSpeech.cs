using System.Runtime.InteropServices;
using FsCheck.Fluent;
using VoiceGrains.Engines;
using VoiceGrains.Silo.Engines.Scripted;
using VoiceGrains.Voices;

namespace VoiceGrains.Tests.Unit.Engines;

/// <summary>The scripted engines carry words through audio and back without a mistake: other tests rely on it.</summary>
public sealed class ScriptedSpeech
{
    static readonly Language English = Language.Parse("en");

    [Fact]
    public void Words_are_read_from_audio_however_it_is_cut()
    {
        var words = Gen.Elements("good", "día", "¿qué?", "你好", "x", new string('w', 64)).NonEmptyListOf();
        var cuts = from said in words from size in Gen.Choose(1, 3_000) select (said, size);

        Law.Holds(cuts, static given =>
        {
            var reader = new ScriptedAudio.Reader();
            foreach (var frame in MemoryMarshal.Cast<byte, short>(ScriptedAudio.Encode(given.said)).ToArray().Chunk(given.size))
                reader.Take(frame);
            return reader.Words.Select(static word => word.Text).SequenceEqual(given.said)
                && reader.Words.Select(static word => word.Start).SequenceEqual(given.said.Select(static (_, at) => (long)at * ScriptedAudio.SamplesOfWord));
        });
    }

    [Fact]
    public void Silence_and_noise_hold_no_words()
    {
        var random = new Random(7);
        var noise = new byte[64_000];
        random.NextBytes(noise);

        Assert.Empty(ScriptedAudio.Decode(ScriptedAudio.Silence(TimeSpan.FromSeconds(2))));
        Assert.Empty(ScriptedAudio.Decode(noise));
    }

    [Fact]
    public void A_word_whose_letters_are_damaged_is_not_read()
    {
        var audio = ScriptedAudio.Encode("good morning");
        audio[8] ^= 1;

        Assert.Equal(["morning"], ScriptedAudio.Decode(audio));
    }

    [Fact]
    public async Task A_segment_is_heard_from_its_first_word_to_the_pause_after_it()
    {
        var events = await Hear([.. ScriptedAudio.Silence(Milliseconds(300)), .. ScriptedAudio.Encode("good morning"), .. ScriptedAudio.Silence(Milliseconds(400))]);

        Assert.Equal(Milliseconds(300), events.OfType<SpeechStarted>().Single().Until);
        Assert.Equal("good morning", TextOf(events.OfType<FinalWords>().Single()));
        var ended = events.OfType<TurnEnded>().Single();
        Assert.Equal(Milliseconds(500), ended.SpeechEnd);
        Assert.InRange(ended.Until, Milliseconds(700), Milliseconds(720));
        Assert.Equal(events.Select(static happened => happened.Until).Order(), events.Select(static happened => happened.Until));
    }

    [Fact]
    public async Task A_long_pause_parts_two_segments_and_a_short_one_does_not()
    {
        byte[] Said(int pause) => [.. ScriptedAudio.Encode("one"), .. ScriptedAudio.Silence(Milliseconds(pause)), .. ScriptedAudio.Encode("two")];

        Assert.Equal(["one", "two"], (await Hear(Said(300))).OfType<FinalWords>().Select(TextOf));
        Assert.Equal(["one two"], (await Hear(Said(100))).OfType<FinalWords>().Select(TextOf));
    }

    [Fact]
    public async Task Silence_is_told_at_least_once_a_second()
    {
        var events = await Hear(ScriptedAudio.Silence(TimeSpan.FromSeconds(5)));

        var told = events.Select(static happened => happened.Until).Prepend(TimeSpan.Zero).ToList();
        Assert.All(told.Zip(told.Skip(1)), static pair => Assert.InRange(pair.Second - pair.First, TimeSpan.Zero, TimeSpan.FromSeconds(1)));
        Assert.Equal(TimeSpan.FromSeconds(5), told[^1]);
    }

    [Fact]
    public async Task What_the_synthesizer_speaks_the_recognizer_hears()
    {
        await using var stream = new ScriptedSynthesizer().Open(new Voice("stock-female", Gender.Female, English));
        stream.Write("good morning");
        stream.Write("bye");
        stream.Complete();

        var chunks = await stream.Chunks(CancellationToken.None).ToListAsync();

        Assert.Equal([(1, true), (2, true)], chunks.Select(static chunk => (chunk.Clause, chunk.IsLastOfClause)));
        Assert.Equal("good morning bye", TextOf((await Hear([.. chunks.SelectMany(static chunk => chunk.Audio.ToArray())])).OfType<FinalWords>().Single()));
    }

    [Fact]
    public async Task A_translation_marks_each_word_and_keeps_the_marks_between_them()
    {
        var request = new TranslationRequest(English, Language.Parse("es"), "Good morning, it's 3.", "");

        var pieces = await new ScriptedTranslator().Translate(request, CancellationToken.None).ToListAsync();

        Assert.Equal("Good·es morning·es, it's·es 3·es.", Assert.Single(pieces).Text);
        Assert.True(pieces[0].IsLast);
    }

    static async Task<List<RecognizerEvent>> Hear(byte[] audio)
    {
        await using var session = new ScriptedRecognizer().Open(new RecognizerRequest(English));
        foreach (var frame in audio.Chunk(640))
            Assert.True(session.TryWrite(frame));
        session.Complete();
        return await session.Events(CancellationToken.None).ToListAsync();
    }

    static string TextOf(FinalWords final) => string.Join(' ', final.Words.Select(static word => word.Text));

    static TimeSpan Milliseconds(int count) => TimeSpan.FromMilliseconds(count);
}
