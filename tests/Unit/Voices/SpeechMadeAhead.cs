using System.Runtime.CompilerServices;
using System.Text;
using System.Threading.Channels;
using VoiceGrains.Engines;
using VoiceGrains.Tests.Support;
using VoiceGrains.Voices;

namespace VoiceGrains.Tests.Unit.Voices;

/// <summary>The clause that will probably come next is made before it is written, heard in its place if it comes, and never otherwise.</summary>
public sealed class SpeechMadeAhead
{
    readonly List<ToldSpeech> _opened = [];
    readonly ToldSpeech _usual = new("usual");
    readonly ForeseenSpeech _speech;
    bool _mayBeHeard = true;
    bool _isOpenable = true;
    FaultKind? _fault;
    int _dropped;

    public SpeechMadeAhead() => _speech = new ForeseenSpeech(_usual, Open, () => Task.FromResult(_mayBeHeard), () => _dropped++);

    [Fact]
    public async Task A_clause_that_comes_as_foreseen_is_made_once_and_heard_in_its_place()
    {
        _speech.Write("one");
        _speech.Foresee("two");
        _speech.Foresee("two");
        _speech.Write("two");
        _speech.Write("three");
        _speech.Complete();

        Assert.Equal(["1 usual:one", "2 ahead1:two", "3 usual:three"], await Heard());
        Assert.Equal(["one", "three"], _usual.Written);
        Assert.Equal((1, 0), (_opened.Count, _dropped));
    }

    [Fact]
    public async Task A_clause_that_comes_otherwise_is_made_anew_and_what_was_made_is_not_heard()
    {
        _speech.Foresee("two");
        _speech.Write("two and a half");
        _speech.Complete();

        Assert.Equal(["1 usual:two and a half"], await Heard());
        Assert.Equal(1, _dropped);
        Assert.True(_opened[0].IsDisposed);
    }

    [Fact]
    public async Task Only_the_newest_guess_is_kept()
    {
        _speech.Foresee("one");
        _speech.Foresee("one two");
        _speech.Write("one two");
        _speech.Complete();

        Assert.Equal(["1 ahead2:one two"], await Heard());
        Assert.Equal(1, _dropped);
        Assert.True(_opened[0].IsDisposed);
    }

    [Fact]
    public async Task A_voice_that_may_not_be_used_any_more_is_not_heard_from_what_was_made()
    {
        _speech.Foresee("one");
        _speech.Write("one");
        _speech.Complete();
        _mayBeHeard = false;

        Assert.Equal(["1 ahead2:one"], await Heard());
        Assert.True(_opened[0].IsDisposed);
    }

    [Fact]
    public async Task When_none_can_be_made_ahead_the_clause_is_made_when_it_comes()
    {
        _isOpenable = false;
        _speech.Foresee("one");
        _speech.Write("one");
        _speech.Complete();

        Assert.Equal(["1 usual:one"], await Heard());
    }

    [Fact]
    public async Task Whatever_ends_it_leaves_nothing_open()
    {
        _speech.Foresee("one");
        _speech.Write("one");
        _speech.Foresee("two");

        await _speech.DisposeAsync();

        Assert.True(_usual.IsDisposed);
        Assert.All(_opened, static stream => Assert.True(stream.IsDisposed));
        _speech.Foresee("three");
        Assert.Equal(2, _opened.Count);
    }

    [Fact]
    public async Task A_guess_that_failed_is_made_anew_when_it_turns_out_to_be_right()
    {
        _fault = FaultKind.NoPlace;
        _speech.Foresee("one");
        _fault = null;
        _speech.Write("one");
        _speech.Write("two");
        _speech.Complete();

        Assert.Equal(["1 ahead2:one", "2 usual:two"], await Heard());
    }

    [Fact]
    public async Task When_it_can_not_be_made_at_all_that_is_the_fault_of_the_speech()
    {
        _fault = FaultKind.Truncated;
        _speech.Foresee("one");
        _speech.Write("one");
        _speech.Complete();

        Assert.Equal(FaultKind.Truncated, (await Assert.ThrowsAsync<EngineFaultException>(Heard)).Kind);
    }

    [Fact]
    public async Task It_is_made_though_nobody_takes_it_yet()
    {
        _speech.Foresee("one");

        await Until.True("it is read", () => _opened[0].IsRead);
        await _speech.DisposeAsync();
    }

    ToldSpeech? Open()
    {
        if (!_isOpenable)
            throw new EngineFaultException("told", FaultKind.Overloaded, "Told to refuse.");
        _opened.Add(new ToldSpeech($"ahead{_opened.Count + 1}") { Fault = _fault });
        return _opened[^1];
    }

    async Task<List<string>> Heard()
    {
        var heard = new List<string>();
        await foreach (var chunk in _speech.Chunks(CancellationToken.None))
        {
            Assert.True(chunk.IsLastOfClause);
            heard.Add($"{chunk.Clause} {Encoding.UTF8.GetString(chunk.Audio.Span)}");
        }

        return heard;
    }

    /// <summary>Its sound is the text that it was given, with its own name.</summary>
    sealed class ToldSpeech(string name) : ISpeechStream
    {
        readonly Channel<string> _clauses = Channel.CreateUnbounded<string>();

        public List<string> Written { get; } = [];

        public bool IsDisposed { get; private set; }

        public bool IsRead { get; private set; }

        public FaultKind? Fault { get; init; }

        public void Write(string clause)
        {
            Written.Add(clause);
            _clauses.Writer.TryWrite(clause);
        }

        public void Complete() => _clauses.Writer.TryComplete();

        public void Cancel() => _clauses.Writer.TryComplete();

        public async IAsyncEnumerable<SpeechChunk> Chunks([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            if (Fault is { } kind)
                throw new EngineFaultException(name, kind, "Told to fail.");
            IsRead = true;
            var number = 0;
            await foreach (var clause in _clauses.Reader.ReadAllAsync(cancellationToken))
                yield return new SpeechChunk(++number, Encoding.UTF8.GetBytes($"{name}:{clause}"), IsLastOfClause: true);
        }

        public ValueTask DisposeAsync()
        {
            IsDisposed = true;
            return ValueTask.CompletedTask;
        }
    }
}
