using VoiceGrains.Silo.Engines.PocketSphinx;

namespace VoiceGrains.Tests.Unit.Engines;

/// <summary>Where the pronunciation of a word comes from.</summary>
public sealed class WordsAndTheirSounds : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dictionaries-");

    [Fact]
    public async Task All_ways_of_a_dictionary_are_found()
    {
        Write("es.dict", "hola OW L AA\nhola(2) AO L AA\nholas OW L AA S\n");

        var found = await Find("es", null, "hola");

        Assert.Equal(["OW L AA", "AO L AA"], found["hola"]);
        Assert.Single(found);
    }

    [Fact]
    public async Task English_words_are_looked_up_in_both_dictionaries()
    {
        var english = Write("cmudict.dict", "good G UH D\n\nbroken\n");
        Write("en.dict", "yusuf Y UW S AH F\n");

        var found = await Find("en", english, "good", "yusuf");

        Assert.Equal(["G UH D"], found["good"]);
        Assert.Equal(["Y UW S AH F"], found["yusuf"]);
    }

    [Fact]
    public async Task The_English_dictionary_says_nothing_of_other_languages()
    {
        var english = Write("cmudict.dict", "pan P AE N\n");
        Write("es.dict", "pan P AA N\n");

        Assert.Equal(["P AA N"], (await Find("es", english, "pan"))["pan"]);
    }

    [Fact]
    public async Task No_words_need_no_dictionary() => Assert.Empty(await Find("xx", null));

    public void Dispose() => _folder.Delete(recursive: true);

    string Write(string name, string text)
    {
        var file = Path.Combine(_folder.FullName, name);
        File.WriteAllText(file, text);
        return file;
    }

    Task<Dictionary<string, IReadOnlyList<string>>> Find(string language, string? english, params string[] words) =>
        new Pronunciations(_folder.FullName, english).Find(language, words, CancellationToken.None);
}
