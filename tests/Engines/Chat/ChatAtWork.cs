using Microsoft.Extensions.Configuration;
using VoiceGrains.Engines;
using VoiceGrains.Silo.Engines;
using VoiceGrains.Silo.Engines.Anthropic;
using VoiceGrains.Silo.Engines.OpenAI;
using VoiceGrains.Silo.Engines.Vendors;
using VoiceGrains.Tests.Emulators.Anthropic;
using VoiceGrains.Tests.Emulators.Common;
using VoiceGrains.Tests.Emulators.OpenAI;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Engines.Chat;

/// <summary>A translator over a chat model, its vendor's double, and a clock that only the test moves.</summary>
sealed class ChatAtWork : IAsyncDisposable
{
    readonly IAsyncDisposable _double;
    readonly IDisposable _owned;

    ChatAtWork(IAsyncDisposable emulator, IDisposable owned, IDraftingTranslator translator, string operation) =>
        (_double, _owned, Translator, Operation) = (emulator, owned, translator, operation);

    public IDraftingTranslator Translator { get; }

    /// <summary>The double's name for a chat request.</summary>
    public string Operation { get; }

    public required ManualTime Time { get; init; }

    public required EmulatorLedger Ledger { get; init; }

    public required FaultPlan Faults { get; init; }

    public required Func<IReadOnlyCollection<TranslationTask>> Translations { get; init; }

    public required Func<IReadOnlyCollection<DraftTask>> Drafts { get; init; }

    /// <summary>So long that only a test that moves the clock meets them.</summary>
    public static VendorDeadlines Deadlines => new() { First = TimeSpan.FromSeconds(60), Between = TimeSpan.FromSeconds(30), Whole = TimeSpan.FromSeconds(120) };

    /// <inheritdoc cref="Deadlines"/>
    public static TimeSpan DraftLimit => TimeSpan.FromSeconds(45);

    public static async Task<ChatAtWork> Start(string vendor, string? key = null, int mostTokens = 1_024, TimeSpan delay = default)
    {
        var time = new ManualTime();
        if (vendor == "openai")
        {
            var openAI = await OpenAIEmulator.Start(delay, time);
            var options = new OpenAIOptions { Url = openAI.Url, Chat = Deadlines, DraftLimit = DraftLimit, MostTokens = mostTokens };
            var account = new OpenAIAccount(options, KeyOf(key ?? OpenAIEmulator.Key), time);
            return new ChatAtWork(openAI, account, new OpenAITranslator(account), "chat")
            {
                Time = time,
                Ledger = openAI.Ledger,
                Faults = openAI.Faults,
                Translations = () => openAI.Translations,
                Drafts = () => openAI.Drafts,
            };
        }

        var anthropic = await AnthropicEmulator.Start(delay, time);
        var translator = new AnthropicTranslator(
            new AnthropicOptions { Url = anthropic.Url, Chat = Deadlines, DraftLimit = DraftLimit, MostTokens = mostTokens }, KeyOf(key ?? AnthropicEmulator.Key), time);
        return new ChatAtWork(anthropic, translator, translator, "messages")
        {
            Time = time,
            Ledger = anthropic.Ledger,
            Faults = anthropic.Faults,
            Translations = () => anthropic.Translations,
            Drafts = () => anthropic.Drafts,
        };
    }

    public static VendorKey KeyOf(string key) => VendorKey.Read(
        new ConfigurationBuilder().AddInMemoryCollection([new("Engines:Vendor:Key", key)]).Build(), "Vendor", "NO_SUCH_VARIABLE", out _)!;

    public static TranslationRequest From(string text, string committed = "") => new(Language.Parse("en"), Language.Parse("es"), text, committed);

    public Task<List<TranslatedText>> Translate(string text) => Translate(From(text));

    public async Task<List<TranslatedText>> Translate(TranslationRequest request, CancellationToken cancellationToken = default)
    {
        var pieces = new List<TranslatedText>();
        await foreach (var piece in Translator.Translate(request, cancellationToken))
            pieces.Add(piece);
        return pieces;
    }

    /// <summary>Words of a sentence that is being spoken, all of them admitted.</summary>
    public static DraftRequest Heard(string words, string begun = "", bool isWhole = false) =>
        new(Language.Parse("en"), Language.Parse("es"), [.. words.Split(' ')], words.Split(' ').Length, "", begun) { IsWhole = isWhole };

    /// <summary>A whole draft.</summary>
    public async Task<IReadOnlyList<DraftFragment>> Draft(DraftRequest request, CancellationToken cancellationToken = default)
    {
        var fragments = new List<DraftFragment>();
        await Collect(request, fragments, cancellationToken);
        return fragments;
    }

    /// <summary>Adds each piece of a draft as it comes.</summary>
    public async Task Collect(DraftRequest request, List<DraftFragment> fragments, CancellationToken cancellationToken = default)
    {
        await foreach (var fragment in Translator.Draft(request, cancellationToken))
            fragments.Add(fragment);
    }

    /// <summary>Translates seven words, and adds each piece as it comes.</summary>
    public async Task Collect(List<TranslatedText> pieces)
    {
        await foreach (var piece in Translator.Translate(From("one two three four five six seven"), default))
            pieces.Add(piece);
    }

    /// <summary>The fault that a translation ends with; pauses before second tries pass by themselves.</summary>
    public async Task<EngineFaultException> FaultOf(Task translation)
    {
        await Ended(translation);
        return await Assert.ThrowsAsync<EngineFaultException>(() => translation);
    }

    /// <summary>Waits for the end, and lets time pass while no request is under way.</summary>
    public Task Ended(Task translation) => Until.True("the translation ended", () =>
    {
        if (!translation.IsCompleted && Ledger.OpenNow(Operation) == 0)
            Time.Advance(TimeSpan.FromMilliseconds(100));
        return translation.IsCompleted;
    });

    /// <summary>Nothing stays open at the vendor, and it had nothing to complain of.</summary>
    public async Task AssertClean()
    {
        await Until.True("no request is open", () => Ledger.Leaks.Count == 0);
        Assert.Empty(Ledger.Mistakes);
    }

    /// <summary>Nobody listens at its address any more.</summary>
    public ValueTask StopDouble() => _double.DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        _owned.Dispose();
        await _double.DisposeAsync();
    }
}
