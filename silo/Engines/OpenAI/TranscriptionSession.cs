using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading.Channels;
using VoiceGrains.Audio;
using VoiceGrains.Engines;

namespace VoiceGrains.Silo.Engines.OpenAI;

/// <summary>One participant's audio: cut at pauses, each segment transcribed by a request of its own, told in the order of the audio.</summary>
sealed class TranscriptionSession : IRecognizerSession
{
    // Requests of one participant at a time: the next segment need not wait for the one before, and nobody floods the account.
    const int MostRequests = 2;

    static readonly TimeSpan SilenceNews = TimeSpan.FromMilliseconds(500);

    // A cough is no word, and models make up some for it.
    static readonly TimeSpan ShortestSpeech = TimeSpan.FromMilliseconds(80);

    readonly SegmentTranscriber _transcriber;
    readonly OpenAIOptions _options;
    readonly TimeProvider _time;
    readonly SpeechCutter _cutter;
    readonly List<short> _rest = [];
    readonly CancellationTokenSource _closing = new();
    readonly SemaphoreSlim _requests = new(MostRequests, MostRequests);

    // 30 s of audio in frames of 20 ms or more; a writer that is told "full" keeps its frames.
    readonly Channel<Input> _input = Channel.CreateBounded<Input>(new BoundedChannelOptions(1_500) { SingleReader = true });

    // What is to be told next, in order; words may still be on their way. A slow reader makes the session wait, and through it the writer.
    readonly Channel<Task<RecognizerEvent[]>> _told = Channel.CreateBounded<Task<RecognizerEvent[]>>(new BoundedChannelOptions(64) { SingleReader = true, SingleWriter = true });
    readonly Task _listening;
    TimeSpan _silenceTold;

    public TranscriptionSession(SegmentTranscriber transcriber, OpenAIOptions options, TimeProvider time)
    {
        (_transcriber, _options, _time) = (transcriber, options, time);
        _cutter = new SpeechCutter(options.EndPause, options.LongestSegment);
        _listening = Task.Run(Listen);
    }

    public bool TryWrite(ReadOnlyMemory<byte> audio) => _input.Writer.TryWrite(new Input(audio, IsFinish: false));

    public void FinishSegment() => _input.Writer.TryWrite(new Input(default, IsFinish: true));

    public void Complete() => _input.Writer.TryComplete();

    public async IAsyncEnumerable<RecognizerEvent> Events([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var told in _told.Reader.ReadAllAsync(cancellationToken))
        {
            foreach (var happened in await told.WaitAsync(cancellationToken))
                yield return happened;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _input.Writer.TryComplete();
        await _listening;
        while (_told.Reader.TryRead(out var unheard))
            await unheard.ContinueWith(static task => _ = task.Exception, TaskScheduler.Default);
        for (var ended = 0; ended < MostRequests; ended++)
            await _requests.WaitAsync();
        _requests.Dispose();
        _closing.Dispose();
    }

    async Task Listen()
    {
        try
        {
            while (await HasMore())
            {
                while (_input.Reader.TryRead(out var input))
                    await Take(input);
            }

            await Pause();
            await Tell(new SilenceHeard(_cutter.Now + AudioFormat.TimeOf(_rest.Count)));
            _told.Writer.TryComplete();
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // Disposed: nobody reads any more.
            _told.Writer.TryComplete();
        }
        catch (Exception error)
        {
            // Whatever it was: the participant gets another session.
            _told.Writer.TryComplete(new EngineFaultException(_transcriber.Engine, FaultKind.Transport, "The session broke.", error));
        }
    }

    // A client that is muted sends nothing: after a while that is silence too, and ends what was being said.
    async Task<bool> HasMore()
    {
        var more = _input.Reader.WaitToReadAsync(_closing.Token).AsTask();
        try
        {
            return await more.WaitAsync(_options.EndPause + _options.EndPause, _time);
        }
        catch (TimeoutException)
        {
            await Pause();
        }

        return await more;
    }

    async Task Pause()
    {
        await Close(_cutter.Finish());
        _cutter.Forget();
        await Tell(new SilenceHeard(_cutter.Now));
    }

    async Task Take(Input input)
    {
        if (input.IsFinish)
        {
            await Close(_cutter.Finish());
            return;
        }

        _rest.AddRange(MemoryMarshal.Cast<byte, short>(input.Audio.Span));
        var taken = 0;
        for (; taken + VoiceActivity.Step <= _rest.Count; taken += VoiceActivity.Step)
            await TakeStep([.. CollectionsMarshal.AsSpan(_rest).Slice(taken, VoiceActivity.Step)]);
        _rest.RemoveRange(0, taken);
    }

    async Task TakeStep(short[] step)
    {
        var wasInSpeech = _cutter.IsInSpeech;
        var segment = _cutter.Take(step);
        if (!wasInSpeech && _cutter.IsInSpeech)
            await Tell(new SpeechStarted(_cutter.Start));
        await Close(segment);
        if (_cutter.IsInSpeech || _cutter.SilentUntil - _silenceTold < SilenceNews)
            return;
        await Tell(new SilenceHeard(_cutter.SilentUntil));
    }

    Task Tell(RecognizerEvent happened)
    {
        _silenceTold = happened.Until;
        return _told.Writer.WriteAsync(Task.FromResult<RecognizerEvent[]>([happened]), _closing.Token).AsTask();
    }

    async Task Close(SpeechSegment? segment)
    {
        if (segment is null)
            return;
        _silenceTold = segment.End;
        await _requests.WaitAsync(_closing.Token);
        await _told.Writer.WriteAsync(Recognize(segment), _closing.Token);
    }

    async Task<RecognizerEvent[]> Recognize(SpeechSegment segment)
    {
        try
        {
            var end = new TurnEnded(segment.End, segment.SpeechEnd);
            if (segment.Speech < ShortestSpeech)
                return [end];
            var words = SpreadWords.Over(await _transcriber.Transcribe(segment.Audio, _closing.Token), segment.Start, segment.SpeechEnd);
            return words.IsEmpty ? [end] : [new FinalWords(segment.End, words), end];
        }
        finally
        {
            _requests.Release();
        }
    }

    readonly record struct Input(ReadOnlyMemory<byte> Audio, bool IsFinish);
}
