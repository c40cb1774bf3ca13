using System.Collections.Concurrent;
using VoiceGrains.Engines;
using VoiceGrains.Voices;

namespace VoiceGrains.Silo.Engines.ElevenLabs;

/// <summary>Speaks with ElevenLabs: over sockets that the streams of a voice share, or clause by clause over HTTP.</summary>
sealed class ElevenLabsSynthesizer(ElevenLabsOptions options, ElevenLabsApi api, IAccountSlots slots, TimeProvider time) : ISynthesizer, IAsyncDisposable
{
    // Own voices come and go; of those that nobody speaks with nothing is kept beyond this many.
    const int MostColdVoices = 256;

    readonly HashSet<string> _languages = [.. EngineOptions.NamesIn(options.Languages)];
    readonly ConcurrentDictionary<SpokenVoice, VoiceSockets> _voices = new();
    readonly ConcurrentDictionary<VoiceSocket, bool> _sockets = new();
    readonly CancellationTokenSource _stopped = new();
    readonly Errands _errands = new();

    public string Name => ElevenLabsFault.Engine;

    public string Endpoint { get; } = $"{new Uri(options.Url).Authority}/{options.Model}";

    bool IsOverHttp => options.Transport == "http" || SpokenVoice.IsOfVersion3(options.Model);

    public bool Speaks(Language language) => _languages.Contains(language.Primary);

    public ISpeechStream Open(Voice voice)
    {
        if (!Speaks(voice.Language))
            throw new EngineFaultException(Name, FaultKind.BadRequest, $"No voice speaks {voice.Language}.");
        var spoken = SpokenVoice.Of(voice, options);
        if (IsOverHttp)
            return new ElevenLabsSpeech(() => new HttpTurn(spoken, api, slots, options, time), _errands);
        var sockets = SocketsOf(spoken);
        return new ElevenLabsSpeech(() => new SocketTurn(sockets, slots, options, time), _errands);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopped.CancelAsync();
        foreach (var socket in _sockets.Keys)
            socket.Stop();
        await _errands.DisposeAsync();
        _stopped.Dispose();
    }

    VoiceSockets SocketsOf(SpokenVoice voice)
    {
        if (_voices.Count > MostColdVoices)
        {
            foreach (var (cold, _) in _voices.Where(static each => each.Value.IsCold))
                _voices.TryRemove(cold, out _);
        }

        return _voices.GetOrAdd(voice, key => new VoiceSockets(() => Connect(key)));
    }

    // One errand has the socket from its handshake to its end.
    Task<VoiceSocket> Connect(SpokenVoice voice)
    {
        var connected = new TaskCompletionSource<VoiceSocket>(TaskCreationOptions.RunContinuationsAsynchronously);
        _errands.Add(async () =>
        {
            try
            {
                var (opened, request) = await api.Connect(voice, _stopped.Token);
                using var socket = new VoiceSocket(opened, request, options, time);
                _sockets[socket] = true;
                if (_stopped.IsCancellationRequested)
                    socket.Stop();
                connected.SetResult(socket);
                await socket.Run();
                _sockets.TryRemove(socket, out _);
            }
            catch (Exception error) when (error is EngineFaultException or OperationCanceledException)
            {
                connected.TrySetException(error as EngineFaultException ?? ElevenLabsFault.OfTransport(error, hasBegun: false));
            }
        });
        return connected.Task;
    }
}
