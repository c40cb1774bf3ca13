using System.Text;

namespace VoiceGrains.Tests.Emulators.ElevenLabs;

/// <summary>One context on a socket: text that waits, and what of it is being spoken. Its socket calls it one message at a time.</summary>
sealed class EmulatedContext(string id, string? settings, int threshold, bool isAuto, long now, IDisposable opened) : IDisposable
{
    readonly StringBuilder _waiting = new();

    public string Id => id;

    /// <summary>The voice_settings of its first message.</summary>
    public string? Settings => settings;

    public long TouchedAt { get; set; } = now;

    public bool IsClosing { get; private set; }

    /// <summary>Whether some of its audio was sent.</summary>
    public bool HasSounded { get; set; }

    /// <summary>What it speaks, one text after the other.</summary>
    public Task Speaking { get; set; } = Task.CompletedTask;

    /// <summary>Ends what it speaks without a sound, when it is closed too early.</summary>
    public CancellationTokenSource Silenced { get; } = new();

    /// <summary>
    /// Takes text. What is to be generated now: nothing below the first threshold of the chunk_length_schedule, unless auto_mode or a flush says so
    /// (ElevenLabs realtime TTS guide, buffering). Text is glued as it comes, so that words that were sent without a space at the end become one.
    /// </summary>
    public string? Take(string text, bool flush)
    {
        _waiting.Append(text);
        var isDue = flush || isAuto || _waiting.Length >= threshold;
        if (!isDue || string.IsNullOrWhiteSpace(_waiting.ToString()))
            return null;
        var due = _waiting.ToString();
        _waiting.Clear();
        return due;
    }

    /// <summary>
    /// Closes it. Closing before its first sound ends it without a sound (pipecat 5271, 4681), and text that was never flushed is not spoken.
    /// </summary>
    /// <returns>What the client lost by it. Null: nothing.</returns>
    public string? Close()
    {
        IsClosing = true;
        if (HasSounded)
            return _waiting.ToString().Trim().Length > 0 ? "context closed with text that was not flushed" : null;
        var lost = _waiting.ToString().Trim().Length > 0 || !Speaking.IsCompleted ? "context closed before its first sound" : null;
        Silenced.Cancel();
        return lost;
    }

    public void Dispose()
    {
        opened.Dispose();
        Silenced.Dispose();
    }
}
