using VoiceGrains.Engines;
using VoiceGrains.Silo.Engines.Chat;

namespace VoiceGrains.Silo.Engines.OpenAI;

/// <summary>Translates with a chat model of OpenAI.</summary>
sealed class OpenAITranslator : IDraftingTranslator
{
    readonly ChatTranslator _chat;

    public OpenAITranslator(OpenAIAccount account)
    {
        var line = account.Line("openai");
        var client = new OpenAIChatClient(account.Key.Reveal(), account.Options.Url, line.Client());
        var settings = new ChatSettings(account.Options.ChatModel, account.Options.MostTokens, account.Options.Chat, account.Options.DraftLimit);
        _chat = new ChatTranslator("openai", client, line, settings, account.Time);
        Endpoint = $"{account.Options.Url.Authority}/{account.Options.ChatModel}";
    }

    public string Name => _chat.Name;

    public string Endpoint { get; }

    public bool Knows(Language from, Language to) => _chat.Knows(from, to);

    public bool CanContinue => _chat.CanContinue;

    public IAsyncEnumerable<TranslatedText> Translate(TranslationRequest request, CancellationToken cancellationToken) => _chat.Translate(request, cancellationToken);

    public IAsyncEnumerable<DraftFragment> Draft(DraftRequest request, CancellationToken cancellationToken) => _chat.Draft(request, cancellationToken);
}
