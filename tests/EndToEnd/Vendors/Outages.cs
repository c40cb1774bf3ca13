using VoiceGrains.Protocol;
using VoiceGrains.Tests.Emulators.Common;
using VoiceGrains.Tests.EndToEnd.Harness;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.EndToEnd.Vendors;

/// <summary>Vendors that fail for longer: calls go on with the next, or without; nobody asks again and again; and when one is back it is found out.</summary>
public sealed class Outages : IAsyncLifetime
{
    const int Many = 100_000;
    static readonly TimeSpan Recovery = TimeSpan.FromSeconds(40);

    Doubles _doubles = null!;
    SiloProcess _silo = null!;
    TestCall _call = null!;
    Member _ana = null!;
    Member _ben = null!;
    int _said;
    long _spokeAt;

    public async ValueTask InitializeAsync()
    {
        _doubles = await Doubles.Start();
        _silo = await SiloProcess.Start(_doubles.Settings);
        _call = await TestCall.Open(_silo);
        _ana = await _call.Join("ana", "es");
        _ben = await _call.Join("ben", "en");
    }

    public async ValueTask DisposeAsync()
    {
        await _call.DisposeAsync();
        Assert.Equal(0, await _silo.Stop());
        await _silo.DisposeAsync();
        await _doubles.DisposeAsync();
        Doubles.AssertNothingIsTold(_silo.Output, VendorSilo.Password);
        Assert.Empty(_silo.Errors);
    }

    [Fact]
    public async Task A_translator_that_is_down_is_left_alone_and_found_again_when_it_is_back()
    {
        Fail("chat", 503);
        for (var i = 0; i < 8; i++)
            await SaysAndIsTranslated();
        var asked = _doubles.OpenAI.Ledger.CountOf("chat");
        Assert.Equal(8, _doubles.Anthropic.Translations.Count);

        // Known to fail: not one request more until its pause is over.
        await SaysAndIsTranslated();
        Assert.InRange(_doubles.OpenAI.Ledger.CountOf("chat"), asked, asked + 2);
        _doubles.Clear();
        var without = _doubles.OpenAI.Translations.Count;
        await Until.True("it is used again", async () =>
        {
            await SaysInItsTurn();
            return _doubles.OpenAI.Translations.Count > without + 1;
        }, Recovery);

        Assert.Contains(_silo.Output, static line => line.Contains("translator/openai/", StringComparison.Ordinal) && line.Contains("nobody uses it", StringComparison.Ordinal));
    }

    [Fact]
    public async Task While_every_translator_is_down_the_original_goes_on_and_it_is_told()
    {
        Fail("chat", 500);
        Fail("messages", 529);

        await _ben.Client.Say($"The {VendorSilo.Password} swims.");
        await _ana.Until<Caption>("the original", static caption => caption is { Final: true, Quality: "untranslated" } && caption.Text.Contains(VendorSilo.Password, StringComparison.Ordinal));
        await _ana.Until<Notice>("a notice", static notice => notice.Kind == "translator-failed");
        _doubles.Clear();

        await Until.True("it is translated again", async () =>
        {
            var before = _ana.Finals("es").Count;
            await NextTurn();
            await _ben.Client.Say($"once more {++_said}");
            await _ana.Until("a caption", () => _ana.Finals("es").Count > before);
            return _ana.Finals("es")[^1].Contains($"{_said}·es", StringComparison.Ordinal);
        }, Recovery);
        await _ben.UntilRecorded();
        await _call.AssertNothingIsLost("ben");
    }

    [Fact]
    public async Task A_key_that_is_refused_is_not_tried_again_and_the_other_vendor_speaks()
    {
        Fail("multi-stream-input", 401);
        for (var i = 0; i < 5; i++)
            await SaysAndIsHeard();

        Assert.InRange(_doubles.ElevenLabs.Ledger.CountOf("multi-stream-input"), 1, 3);
        Assert.Equal(5, _doubles.OpenAI.Speeches.Count);
    }

    [Fact]
    public async Task While_no_voice_works_captions_go_on_and_it_is_told()
    {
        Fail("multi-stream-input", 500);
        Fail("speech", 500);
        for (var i = 0; i < 3; i++)
            await SaysAndIsTranslated();

        await _ana.Until<Notice>("a notice", static notice => notice.Kind == "synthesizer-failed");
        _doubles.Clear();
        await Until.True("it is spoken again", async () =>
        {
            await SaysInItsTurn();
            await _ana.Until("the attempt is over", () => _ana.All<SpeechEnd>().Any(static end => end.Whole) || _ana.All<Caption>().Last().Final);
            return _ana.WordsHeard().Count > 0;
        }, Recovery);
    }

    [Fact]
    public async Task While_no_recognizer_works_speech_waits_and_is_heard_when_one_does()
    {
        Fail("nova", 500);
        Fail("transcriptions", 500);

        await _ben.Speak($"a {VendorSilo.Password} is waiting");
        await _ben.Until<Notice>("a notice", static notice => notice.Kind == "recognizer-failed");
        _doubles.Clear();

        await Until.True("all of it is read", () => _ana.Read("ben", "es") == $"a·es {VendorSilo.Password}·es is·es waiting·es", Recovery);
        await _ben.UntilRecorded();
        await _call.AssertNothingIsLost("ben");
    }

    void Fail(string operation, int status) => _doubles.PlanOf(operation).Add(new PlannedFault(FaultForm.Status, operation, Times: Many, Status: status));

    async Task SaysAndIsTranslated()
    {
        var word = $"sentence{++_said}";
        await _ben.Client.Say(word);
        await _ana.Until($"{word} is translated", () => _ana.Finals("es").Contains(word + "·es"));
    }

    // Nobody may type without end.
    async Task SaysInItsTurn()
    {
        await NextTurn();
        await SaysAndIsTranslated();
    }

    async Task NextTurn()
    {
        await _ana.Until("it is not too soon", () => TimeProvider.System.GetElapsedTime(_spokeAt) > TimeSpan.FromMilliseconds(500));
        _spokeAt = TimeProvider.System.GetTimestamp();
    }

    async Task SaysAndIsHeard()
    {
        var word = $"sentence{++_said}";
        await _ben.Client.Say(word);
        await _ana.Until($"{word} is heard", () => _ana.WordsHeard().Contains(word + "·es"));
    }
}
