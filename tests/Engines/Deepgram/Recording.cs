using System.Collections.Concurrent;
using VoiceGrains.Engines;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Engines.Deepgram;

/// <summary>Everything that a session says, and how it ended.</summary>
sealed class Recording
{
    readonly ConcurrentQueue<RecognizerEvent> _events = new();
    readonly Task _reading;

    public Recording(IRecognizerSession session) => _reading = Read(session);

    public IReadOnlyList<RecognizerEvent> Events => [.. _events];

    public IReadOnlyList<Word> Words => [.. Events.OfType<FinalWords>().SelectMany(static final => final.Words)];

    public string Text => string.Join(' ', Words.Select(static word => word.Text));

    public IReadOnlyList<TurnEnded> Turns => [.. Events.OfType<TurnEnded>()];

    public EngineFaultException? Fault { get; private set; }

    public bool IsOver => _reading.IsCompleted;

    /// <summary>Completes when the session has said everything, or failed.</summary>
    public Task Ended => Until.Done("the session says everything", End(), TimeSpan.FromSeconds(40));

    public Task Hears(string what, Func<RecognizerEvent, bool> event_) => Until.True(what, () => _events.Any(event_) || IsOver);

    /// <summary>What the port promises of any session.</summary>
    public void AssertInOrder()
    {
        var told = TimeSpan.Zero;
        var isOpen = false;
        foreach (var happened in Events)
        {
            Assert.True(happened.Until >= told, $"{happened} falls behind {told}");
            told = happened.Until;
            // Speech begins outside a turn; words and ends come inside one.
            Assert.Equal(happened is not (SpeechStarted or SilenceHeard), isOpen);
            isOpen = happened is SpeechStarted || (isOpen && happened is not TurnEnded);
        }
    }

    async Task<bool> End()
    {
        await _reading;
        return true;
    }

    async Task Read(IRecognizerSession session)
    {
        await Task.Yield();
        try
        {
            await foreach (var happened in session.Events(TestContext.Current.CancellationToken))
                _events.Enqueue(happened);
        }
        catch (EngineFaultException fault)
        {
            Fault = fault;
        }
    }
}
