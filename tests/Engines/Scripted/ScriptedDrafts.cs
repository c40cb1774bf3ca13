using System.Security.Cryptography;
using VoiceGrains.Engines;
using VoiceGrains.Silo.Engines.Scripted;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Engines.Scripted;

/// <summary>The scripted translator drafts word by word what it says of the whole sentence.</summary>
public sealed class ScriptedDrafts
{
    static readonly string[] Some = ["so", "well,", "it's", "-", "…", "twenty-one", "and/or", "col·lecció", "(yes)", "\"no\"", "end.", "日本", "·"];

    static readonly Language Spanish = Language.Parse("es");

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 60).Select(static _ => RandomNumberGenerator.GetInt32(int.MaxValue))];

    [Fact]
    public async Task Each_word_needs_itself_and_those_before() =>
        Assert.Equal([new(1, "well·es,"), new(2, "it's·es"), new(3, "done·es.")], await Draft("well, it's done.".Split(' '), ""));

    [Fact]
    public async Task It_continues_behind_what_was_begun() =>
        Assert.Equal([new(3, "done·es.")], await Draft("well, it's done.".Split(' '), "well·es, it's·es"));

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Drafts_that_grow_say_together_what_the_whole_sentence_says(int seed)
    {
        var random = new Random(seed);
        string[] words = [.. Enumerable.Range(0, random.Next(1, 20)).Select(_ => Some[random.Next(Some.Length)])];
        List<string> begun = [];
        for (var heard = 0; heard < words.Length;)
        {
            heard = Math.Min(words.Length, heard + random.Next(1, 6));
            var draft = await Draft(words[..heard], string.Join(' ', begun));
            Assert.Equal(Enumerable.Range(begun.Count + 1, heard - begun.Count), draft.Select(static fragment => fragment.Needs));
            begun.AddRange(draft.Take(heard == words.Length ? draft.Count : random.Next(draft.Count + 1)).Select(static fragment => fragment.Text));
        }

        Assert.Equal(ScriptedTranslator.Translate(string.Join(' ', words), Spanish), string.Join(' ', begun));
    }

    [Fact]
    public async Task It_takes_as_long_as_a_translation()
    {
        var time = new ManualTime();
        var translator = new ScriptedTranslator(new ScriptedOptions { TranslatorLatencyMs = 300 }, time);
        await using var draft = translator.Draft(Heard(["so"], ""), default).GetAsyncEnumerator();
        var first = draft.MoveNextAsync().AsTask();

        time.Advance(TimeSpan.FromMilliseconds(299));
        Assert.False(first.IsCompleted, "it came too early");
        time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.True(await Until.Done("the draft", first));
    }

    static DraftRequest Heard(string[] words, string begun) => new(Language.Parse("en"), Spanish, [.. words], words.Length, "", begun);

    static async Task<List<DraftFragment>> Draft(string[] words, string begun)
    {
        var fragments = new List<DraftFragment>();
        await foreach (var fragment in new ScriptedTranslator().Draft(Heard(words, begun), default))
            fragments.Add(fragment);
        return fragments;
    }
}
