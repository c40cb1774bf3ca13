using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading.Channels;
using VoiceGrains.Audio;
using VoiceGrains.Engines;
using VoiceGrains.Silo.Engines.Phrasebooks;

namespace VoiceGrains.Silo.Engines.PocketSphinx;

/// <summary>
/// One participant's audio: voice activity finds the stretches of speech, a decoder is rented for each, and a pause ends it when a whole sentence
/// was said. A shorter pause inside a sentence is waited out and the sentence decoded as a whole.
/// </summary>
sealed class PocketSphinxSession : IRecognizerSession
{
    static readonly int StepsBefore = (int)(Utterance.Before.TotalSeconds * 16_000) / VoiceActivity.Step;
    const int SilenceNews = 8_000;

    readonly PocketSphinxOptions _options;
    readonly string _tag;
    readonly LanguageModels _models;
    readonly DecoderPool _decoders;
    readonly PhraseMatcher _matcher;
    readonly TimeProvider _time;
    readonly VoiceActivity _activity = new();
    readonly Queue<short[]> _before = new();
    readonly List<short> _rest = [];
    readonly CancellationTokenSource _closing = new();

    // 30 s of audio in frames of 20 ms or more; a writer that is told "full" keeps its frames.
    readonly Channel<Input> _input = Channel.CreateBounded<Input>(new BoundedChannelOptions(1_500) { SingleReader = true });

    // Events are few and small; a slow reader makes the session wait, and through it the writer.
    readonly Channel<RecognizerEvent> _events = Channel.CreateBounded<RecognizerEvent>(new BoundedChannelOptions(256) { SingleReader = true, SingleWriter = true });
    readonly Task _listening;

    Utterance? _utterance;
    Decoder? _decoder;
    LanguageModel? _model;
    long _samples;
    long _lastSpeech;
    long _silenceToldAt;
    bool _hasTriedEnd;

    public PocketSphinxSession(PocketSphinxOptions options, string tag, LanguageModels models, DecoderPool decoders, PhraseMatcher matcher, TimeProvider time)
    {
        _options = options;
        _tag = tag;
        _models = models;
        _decoders = decoders;
        _matcher = matcher;
        _time = time;
        _listening = Task.Run(Listen);
    }

    TimeSpan Now => At(_samples);

    public bool TryWrite(ReadOnlyMemory<byte> audio) => _input.Writer.TryWrite(new Input(audio, IsFinish: false));

    public void FinishSegment() => _input.Writer.TryWrite(new Input(default, IsFinish: true));

    public void Complete() => _input.Writer.TryComplete();

    public async IAsyncEnumerable<RecognizerEvent> Events([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var happened in _events.Reader.ReadAllAsync(cancellationToken))
            yield return happened;
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _input.Writer.TryComplete();
        await _listening;
        _closing.Dispose();
    }

    static TimeSpan At(long samples) => AudioFormat.TimeOf(samples);

    async Task Listen()
    {
        Exception? failure = null;
        try
        {
            while (await HasMore())
            {
                while (_input.Reader.TryRead(out var input))
                    await Take(input);
            }

            if (_utterance is not null)
                await Close(isForced: true);
            Forget();
            await Tell(new SilenceHeard(Now));
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // Disposed: nobody reads any more.
        }
        catch (EngineFaultException fault)
        {
            failure = fault;
        }
        catch (Exception error)
        {
            // Whatever it was: the participant gets another session, and the decoder is not used again.
            failure = new EngineFaultException("pocketsphinx", FaultKind.Transport, "The session broke.", error);
        }

        ReturnDecoder(isSound: failure is null);
        _events.Writer.TryComplete(failure);
    }

    // A client that is muted sends nothing: after a while that is silence too, and ends what was being said.
    async Task<bool> HasMore()
    {
        var more = _input.Reader.WaitToReadAsync(_closing.Token).AsTask();
        try
        {
            return await more.WaitAsync(_options.LongPause, _time);
        }
        catch (TimeoutException)
        {
            if (_utterance is not null)
                await Close(isForced: true);
            Forget();
            await Tell(new SilenceHeard(Now));
        }

        return await more;
    }

    // What was kept for a beginning that did not come.
    void Forget()
    {
        _before.Clear();
        _samples += _rest.Count;
        _rest.Clear();
    }

    async Task Take(Input input)
    {
        if (input.IsFinish)
        {
            if (_utterance is not null)
                await Close(isForced: true);
            return;
        }

        _rest.AddRange(MemoryMarshal.Cast<byte, short>(input.Audio.Span));
        var taken = 0;
        for (; taken + VoiceActivity.Step <= _rest.Count; taken += VoiceActivity.Step)
            await TakeStep(_rest.GetRange(taken, VoiceActivity.Step).ToArray());
        _rest.RemoveRange(0, taken);
        // In a pause that may lie inside a sentence there is nothing new to decode.
        if (_utterance is not null && !_hasTriedEnd)
            await DecodeKept();
    }

    async Task TakeStep(short[] step)
    {
        _samples += step.Length;
        var isSpeech = _activity.Take(step);
        if (_utterance is null)
        {
            await WaitForSpeech(step, isSpeech);
            return;
        }

        _utterance.Keep(step);
        if (isSpeech)
        {
            _utterance.CountSpeech();
            _lastSpeech = _samples;
            _hasTriedEnd = false;
        }

        var pause = At(_samples - _lastSpeech);
        var isLong = pause >= _options.EndPause && _utterance.Length >= _options.LongestSentence;
        if (isLong || _utterance.Length >= _options.LongestSegment || pause >= _options.LongPause)
            await Close(isForced: true);
        else if (pause >= _options.EndPause && !_hasTriedEnd)
            await Close(isForced: false);
    }

    async Task WaitForSpeech(short[] step, bool isSpeech)
    {
        _before.Enqueue(step);
        if (_before.Count > StepsBefore)
            _before.Dequeue();
        if (isSpeech)
        {
            await Begin();
        }
        else if (_samples - _silenceToldAt >= SilenceNews)
        {
            _silenceToldAt = _samples;
            await Tell(new SilenceHeard(At(Math.Max(0, _samples - (StepsBefore * VoiceActivity.Step)))));
        }
    }

    async Task Begin()
    {
        var start = At(_samples - (_before.Count * VoiceActivity.Step));
        await Tell(new SpeechStarted(start));
        _model ??= await _models.For(_tag);
        _decoder ??= await _decoders.Rent(_tag, _closing.Token);
        _utterance = new Utterance(_model, _decoder, _matcher, start);
        foreach (var step in _before)
            _utterance.Keep(step);
        _utterance.CountSpeech();
        _before.Clear();
        _lastSpeech = _samples;
        _hasTriedEnd = false;
    }

    async Task DecodeKept()
    {
        if (await OnACore(_utterance!.Decode) is { } words)
            await Tell(new InterimWords(Now, words));
    }

    async Task Close(bool isForced)
    {
        var utterance = _utterance!;
        var speechEnd = At(_lastSpeech);
        // After a try there was only silence, which says nothing more and spoils the score.
        if (!_hasTriedEnd)
            await DecodeKept();
        var words = await OnACore(() => isForced || utterance.SeemsWhole ? utterance.Finish(speechEnd) : null);
        if (words is null && isForced)
            words = await OnACore(() => utterance.FinishAgain(speechEnd, _options.EndPause));
        if (words is null && !isForced)
        {
            // Perhaps a pause inside a sentence: go on keeping its audio.
            _hasTriedEnd = true;
            return;
        }

        if (words is { } final)
            await Tell(new FinalWords(Now, final));
        await Tell(new TurnEnded(Now, speechEnd));
        _utterance = null;
        _silenceToldAt = _samples;
        ReturnDecoder(isSound: true);
    }

    async Task<T> OnACore<T>(Func<T> decode)
    {
        await _decoders.Cores.WaitAsync(_closing.Token);
        try
        {
            return decode();
        }
        finally
        {
            _decoders.Cores.Release();
        }
    }

    void ReturnDecoder(bool isSound)
    {
        if (_decoder is { } decoder)
            _decoders.Return(_tag, decoder, isSound);
        _decoder = null;
    }

    ValueTask Tell(RecognizerEvent happened) => _events.Writer.WriteAsync(happened, _closing.Token);

    readonly record struct Input(ReadOnlyMemory<byte> Audio, bool IsFinish);
}
