using System.Runtime.Versioning;
using VoiceGrains.Engines;
using VoiceGrains.Media;
using VoiceGrains.Silo.Engines.Apertium;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Unit.Engines;

/// <summary>What Apertium is asked, and what becomes of its answer. A stage that repeats what it is told takes the place of the real ones.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ApertiumStages : IDisposable
{
    static readonly Language English = Language.Parse("en");
    static readonly Language Spanish = Language.Parse("es");

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("modes-");
    readonly ManualTime _time = new();
    readonly ApertiumOptions _options;
    ApertiumTranslator? _translator;

    public ApertiumStages() => _options = new ApertiumOptions { Modes = _folder.FullName, Waiting = 1 };

    [Fact]
    public void Directions_are_found_under_any_name_of_their_languages()
    {
        foreach (var mode in new[] { "eng-spa", "es-pt", "fr-ita", "cy-en" })
            Install(mode, "lt-proc x");
        var modes = new ApertiumModes(_options);

        Assert.EndsWith("/eng-spa.mode", modes.Find(Language.Parse("en-GB"), Spanish), StringComparison.Ordinal);
        Assert.EndsWith("/es-pt.mode", modes.Find(Spanish, Language.Parse("pt-BR")), StringComparison.Ordinal);
        Assert.EndsWith("/fr-ita.mode", modes.Find(Language.Parse("fr"), Language.Parse("it")), StringComparison.Ordinal);
        Assert.EndsWith("/cy-en.mode", modes.Find(Language.Parse("cy"), English), StringComparison.Ordinal);
        Assert.Null(modes.Find(Spanish, English));
        Assert.Null(modes.Find(English, Language.Parse("en-GB")));
    }

    [Fact]
    public void Each_stage_is_told_to_answer_at_once()
    {
        Install("eng-spa", "lt-proc -w '/usr/share/a.bin' | apertium-tagger -g $2 'b.prob' | cat|lt-proc $1 'c.bin'\n");

        Assert.Equal(
            "lt-proc -z -w '/usr/share/a.bin' | apertium-tagger -z -g  'b.prob' | cat -z | lt-proc -z -n 'c.bin'",
            ApertiumModes.Pipeline(Path.Combine(_folder.FullName, "eng-spa.mode")));
    }

    [Theory]
    [InlineData("i would like  it", "I would like it.")]
    [InlineData("Is it so?", "Is it so?")]
    [InlineData("i.e. this", "I.e. this.")]
    [InlineData("[a] {b} ^c$ d/e <f> g@h \\i", "[a] {b} ^c$ d/e <f> g@h \\I.")]
    public async Task A_sentence_gets_its_case_and_mark_and_keeps_every_character(string text, string expected)
    {
        InstallEcho();

        var pieces = await Translate(text).ToListAsync();

        Assert.Equal(new TranslatedText(expected, TranslationQuality.Rough, IsLast: true), Assert.Single(pieces));
    }

    [Fact]
    public async Task Sentences_after_each_other_get_their_own_answers()
    {
        InstallEcho();

        Assert.Equal("One.", (await Translate("one").SingleAsync()).Text);
        Assert.Equal("Dos ¿y tres?", (await Translate("dos ¿y tres?").SingleAsync()).Text);
    }

    [Fact]
    public async Task A_direction_that_is_not_installed_is_declined() => Assert.Empty(await Translate("one").ToListAsync());

    [Fact]
    public async Task A_sentence_that_is_given_up_while_it_waits_frees_its_place()
    {
        InstallEcho();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Translate("one", new CancellationToken(canceled: true)).SingleAsync().AsTask());

        Assert.Equal("Two.", (await Translate("two").SingleAsync()).Text);
    }

    [Fact]
    public async Task A_stage_that_ends_is_a_fault_and_the_next_sentence_starts_it_anew()
    {
        var stage = Stage("exit 1");
        Install("eng-spa", stage);

        var fault = await Assert.ThrowsAsync<EngineFaultException>(() => Translate("one").SingleAsync().AsTask());
        Assert.Equal((FaultKind.Transport, true), (fault.Kind, fault.IsRetryable));

        Stage("exec cat");
        Assert.Equal("Two.", (await Translate("two").SingleAsync()).Text);
    }

    [Fact]
    public async Task A_stage_that_does_not_answer_is_a_fault_and_further_sentences_are_refused_meanwhile()
    {
        Install("eng-spa", Stage("exec sleep 600"));
        var first = Translate("one").SingleAsync().AsTask();
        await Until.True("the limit runs", () => _time.Waiting > 0);

        var refused = await Assert.ThrowsAsync<EngineFaultException>(() => Translate("two").SingleAsync().AsTask());
        await Until.True("the stage is given up", () => Passed(TimeSpan.FromSeconds(5)) && first.IsCompleted);

        Assert.Equal(FaultKind.Overloaded, refused.Kind);
        Assert.Equal(FaultKind.Stalled, (await Assert.ThrowsAsync<EngineFaultException>(() => first)).Kind);
    }

    public void Dispose()
    {
        _translator?.Dispose();
        _folder.Delete(recursive: true);
    }

    IAsyncEnumerable<TranslatedText> Translate(string text, CancellationToken cancellationToken = default)
    {
        _translator ??= new ApertiumTranslator(_options, new ApertiumModes(_options), _time);
        return _translator.Translate(new TranslationRequest(English, Spanish, text, ""), cancellationToken);
    }

    bool Passed(TimeSpan time)
    {
        _time.Advance(time);
        return true;
    }

    void InstallEcho() => Install("eng-spa", Stage("exec cat"));

    void Install(string mode, string stages) => File.WriteAllText(Path.Combine(_folder.FullName, mode + ".mode"), stages);

    string Stage(string what)
    {
        var file = Path.Combine(_folder.FullName, "stage");
        File.WriteAllText(file, $"#!/bin/sh\n{what}\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return file;
    }
}
