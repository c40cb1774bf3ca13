using Anthropic;
using Microsoft.Extensions.AI;
using VoiceGrains.Engines;
using VoiceGrains.Silo.Engines.Chat;
using VoiceGrains.Silo.Engines.Vendors;

namespace VoiceGrains.Silo.Engines.Anthropic;

/// <summary>Translates with a chat model of Anthropic, through its own client.</summary>
sealed class AnthropicTranslator : IDraftingTranslator, IDisposable
{
    readonly SocketsHttpHandler _network;
    readonly AnthropicClient _client;
    readonly ChatTranslator _chat;

    public AnthropicTranslator(AnthropicOptions options, VendorKey key, TimeProvider time)
    {
        _network = VendorLine.Network(options.ConnectLimit);
        var line = new VendorLine("anthropic", _network, time);
        // No second tries of its own. Its time limit would end at the headers anyway: the watchdog decides.
        _client = new AnthropicClient
        {
            ApiKey = key.Reveal(),
            BaseUrl = options.Url.AbsoluteUri.TrimEnd('/'),
            HttpClient = line.Client(),
            MaxRetries = 0,
            Timeout = options.Chat.Whole + options.Chat.Whole,
            // Otherwise variables of the environment can make it write what was said into spans.
            OpenTelemetry = false,
        };
        var settings = new ChatSettings(options.ChatModel, options.MostTokens, options.Chat, options.DraftLimit);
        _chat = new ChatTranslator("anthropic", _client.AsIChatClient(options.ChatModel), line, settings, time);
        Endpoint = $"{options.Url.Authority}/{options.ChatModel}";
    }

    public string Name => _chat.Name;

    public string Endpoint { get; }

    public bool Knows(Language from, Language to) => _chat.Knows(from, to);

    public bool CanContinue => _chat.CanContinue;

    public IAsyncEnumerable<TranslatedText> Translate(TranslationRequest request, CancellationToken cancellationToken) => _chat.Translate(request, cancellationToken);

    public IAsyncEnumerable<DraftFragment> Draft(DraftRequest request, CancellationToken cancellationToken) => _chat.Draft(request, cancellationToken);

    public void Dispose()
    {
        _client.Dispose();
        _network.Dispose();
    }
}
