namespace VoiceGrains.Client;

/// <summary>
/// What was sent and is not recorded yet, to be sent again when the server asks: frames and typed text in the order of their numbers. Holds
/// at most 120 s of audio; older goes. Not thread-safe.
/// </summary>
sealed class SentFrames(int bytesPerSecond)
{
    readonly LinkedList<(long Number, byte[] Message, bool IsText)> _held = new();
    readonly int _mostBytes = 120 * bytesPerSecond;
    int _bytes;

    public void Add(long number, byte[] message, bool isText)
    {
        _held.AddLast((number, message, isText));
        _bytes += message.Length;
        while (_bytes > _mostBytes)
            RemoveFirst();
    }

    /// <summary>The server has everything up to here.</summary>
    public void Forget(long recorded)
    {
        while (_held.First is { } first && first.Value.Number <= recorded)
            RemoveFirst();
    }

    public IReadOnlyList<(byte[] Message, bool IsText)> From(long number) =>
        [.. _held.Where(held => held.Number >= number).Select(static held => (held.Message, held.IsText))];

    void RemoveFirst()
    {
        _bytes -= _held.First!.Value.Message.Length;
        _held.RemoveFirst();
    }
}
