using System.Runtime.CompilerServices;
using System.Threading.Channels;
using VoiceGrains.Engines;
using VoiceGrains.Media;
using VoiceGrains.Voices;

namespace VoiceGrains.Tests.Unit.Grains;

/// <summary>A recognizer that hears what the test tells it. It knows every language but Klingon.</summary>
sealed class ToldRecognizer(string name = "told") : IRecognizer
{
    public static readonly Language Klingon = Language.Parse("tlh");

    public List<Session> Sessions { get; } = [];

    /// <summary>What each of them was opened for.</summary>
    public List<RecognizerRequest> Asked { get; } = [];

    /// <summary>So many sessions can't be opened.</summary>
    public int Refusals { get; set; }

    public string Name => name;

    public bool Knows(Language language) => language != Klingon;

    public IRecognizerSession Open(RecognizerRequest request)
    {
        if (Refusals-- > 0)
            throw new EngineFaultException(Name, FaultKind.Overloaded, "Told to refuse.");
        Asked.Add(request);
        Sessions.Add(new Session(request.Language));
        return Sessions[^1];
    }

    public sealed class Session(Language language) : IRecognizerSession
    {
        readonly Channel<RecognizerEvent> _events = Channel.CreateUnbounded<RecognizerEvent>();

        public Language Language { get; } = language;

        public bool HasRoom { get; set; } = true;

        public bool IsComplete { get; private set; }

        public bool IsDisposed { get; private set; }

        /// <summary>Whether everything that was told was heard. It is used in the same turn.</summary>
        public bool IsHeard => _events.Reader.Count == 0;

        public void Tell(RecognizerEvent happened) => _events.Writer.TryWrite(happened);

        public void Tell(string words, double until) =>
            Tell(new FinalWords(At(until), [.. words.Split(' ').Select(word => new Word(word, At(until), At(until), null))]));

        public void End() => _events.Writer.TryComplete();

        public void Fail() => _events.Writer.TryComplete(new EngineFaultException("told", FaultKind.Transport, "Told to fail."));

        public bool TryWrite(ReadOnlyMemory<byte> audio) => HasRoom;

        public bool IsAskedForWords { get; private set; }

        public void FinishSegment() => IsAskedForWords = true;

        /// <summary>How often its final words were wanted in mid-segment.</summary>
        public int AskedInMidSegment { get; private set; }

        public void FinishWords() => AskedInMidSegment++;

        public void Complete() => IsComplete = true;

        public IAsyncEnumerable<RecognizerEvent> Events(CancellationToken cancellationToken) => _events.Reader.ReadAllAsync(cancellationToken);

        public ValueTask DisposeAsync()
        {
            IsDisposed = true;
            return ValueTask.CompletedTask;
        }

        static TimeSpan At(double second) => TimeSpan.FromSeconds(second);
    }
}

/// <summary>A translator that goes through steps for each sentence: a text is given out, a fault is thrown, null waits for ever.</summary>
sealed class ToldTranslator(params object?[] steps) : ITranslator
{
    public List<TranslationRequest> Asked { get; } = [];

    public string Name => "told";

    public bool Knows(Language from, Language to) => true;

    public bool CanContinue { get; init; }

    public async IAsyncEnumerable<TranslatedText> Translate(TranslationRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Asked.Add(request);
        for (var i = 0; i < steps.Length; i++)
        {
            if (steps[i] is FaultKind kind)
                throw new EngineFaultException(Name, kind, "Told to fail.");
            if (steps[i] is not string text)
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            else
                yield return new TranslatedText(text, TranslationQuality.Good, IsLast: i == steps.Length - 1);
        }
    }
}

/// <summary>A synthesizer that fails after its first chunk.</summary>
sealed class BreakingSynthesizer : ISynthesizer
{
    public string Name => "breaking";

    public bool Speaks(Language language) => true;

    public ISpeechStream Open(Voice voice) => new Stream();

    sealed class Stream : ISpeechStream
    {
        readonly TaskCompletionSource _written = new();

        public void Write(string clause) => _written.TrySetResult();

        public void Complete()
        {
        }

        public void Cancel()
        {
        }

        public async IAsyncEnumerable<SpeechChunk> Chunks([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await _written.Task.WaitAsync(cancellationToken);
            yield return new SpeechChunk(1, new byte[640], IsLastOfClause: false);
            throw new EngineFaultException("breaking", FaultKind.Truncated, "Told to fail.");
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

/// <summary>Health as the test tells it: who is said to fail may not be tried.</summary>
sealed class ToldHealth(params IEngine[] failing) : IEngineHealth
{
    readonly HashSet<IEngine> _failing = [.. failing];

    /// <summary>What was told of engines, in order.</summary>
    public List<string> Noted { get; } = [];

    public void IsWell(IEngine engine) => _failing.Remove(engine);

    public void Fails(IEngine engine) => _failing.Add(engine);

    public bool MayTry(IEngine engine) => !_failing.Contains(engine);

    public void Succeeded(IEngine engine) => Noted.Add($"{engine.Name}: well");

    public void Failed(IEngine engine, EngineFaultException fault) => Noted.Add($"{engine.Name}: {fault.Kind}");
}
