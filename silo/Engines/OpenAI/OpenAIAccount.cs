using VoiceGrains.Silo.Engines.Vendors;

namespace VoiceGrains.Silo.Engines.OpenAI;

/// <summary>The account at OpenAI that all its engines share: settings, key and connections.</summary>
sealed class OpenAIAccount(OpenAIOptions options, VendorKey key, TimeProvider time) : IDisposable
{
    readonly SocketsHttpHandler _network = VendorLine.Network(options.ConnectLimit);

    public OpenAIOptions Options => options;

    public VendorKey Key => key;

    public TimeProvider Time => time;

    /// <summary>A line for one engine.</summary>
    public VendorLine Line(string engine) => new(engine, _network, time);

    /// <summary>A request to one of the endpoints, for example <c>audio/speech</c>.</summary>
    public HttpRequestMessage Post(string path, HttpContent content)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"{options.Url.AbsoluteUri.TrimEnd('/')}/{path}")) { Content = content };
        request.Headers.Authorization = new System.Net.Http.Headers.AuthenticationHeaderValue("Bearer", key.Reveal());
        return request;
    }

    public void Dispose() => _network.Dispose();
}
