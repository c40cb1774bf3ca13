using System.Collections.Concurrent;
using VoiceGrains.Engines;

namespace VoiceGrains.Silo.Engines.PocketSphinx;

/// <summary>Decoders that are free, by language. Their number is bounded; who finds none waits.</summary>
sealed class DecoderPool(PocketSphinxOptions options, LanguageModels models) : IDisposable
{
    readonly ConcurrentDictionary<string, ConcurrentBag<Decoder>> _free = new();
    readonly SemaphoreSlim _places = new(options.Decoders, options.Decoders);

    /// <summary>Limits how many decode at the same moment, so that sockets and grains always find a thread.</summary>
    public SemaphoreSlim Cores { get; } = new(Math.Max(1, Environment.ProcessorCount - 1));

    /// <summary>Makes a decoder for each language, so that the first speaker need not wait for one.</summary>
    public async Task Prepare(CancellationToken cancellationToken)
    {
        foreach (var tag in models.Tags)
            Return(tag, await Rent(tag, cancellationToken), isSound: true);
    }

    public async Task<Decoder> Rent(string tag, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            if (Free(tag).TryTake(out var decoder))
                return decoder;
            var model = await models.For(tag);
            EndOneOfAnotherLanguage(tag);
            return new Decoder(model);
        }
        catch (Exception error) when (error is not EngineFaultException)
        {
            _places.Release();
            throw new EngineFaultException("pocketsphinx", FaultKind.Transport, "No decoder could be made.", error);
        }
        catch
        {
            _places.Release();
            throw;
        }
    }

    /// <summary>Gives a decoder back. One that failed is ended instead, and the next is made anew.</summary>
    public void Return(string tag, Decoder decoder, bool isSound)
    {
        if (isSound)
            Free(tag).Add(decoder);
        else
            decoder.Dispose();
        _places.Release();
    }

    public void Dispose()
    {
        foreach (var decoder in _free.Values.SelectMany(static bag => bag))
            decoder.Dispose();
        _free.Clear();
    }

    ConcurrentBag<Decoder> Free(string tag) => _free.GetOrAdd(tag, static _ => []);

    // Free decoders of all languages together stay within the bound too.
    void EndOneOfAnotherLanguage(string tag)
    {
        if (_free.Values.Sum(static bag => bag.Count) < options.Decoders)
            return;
        foreach (var (other, bag) in _free)
        {
            if (other != tag && bag.TryTake(out var decoder))
            {
                decoder.Dispose();
                return;
            }
        }
    }
}
