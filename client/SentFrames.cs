using System.Diagnostics.CodeAnalysis;

namespace VoiceGrains.Client;

/// <summary>Something that was said: a frame or typed text, as the message that carries it.</summary>
sealed record Sent(long Number, byte[] Message, bool IsText);

/// <summary>
/// What was sent and is not recorded yet, to be sent again when the server asks: frames and typed text in the order of their numbers. Holds
/// at most 120 s of audio; older goes. Thread-safe.
/// </summary>
sealed class SentFrames(int bytesPerSecond)
{
    readonly LinkedList<Sent> _held = new();
    readonly int _mostBytes = 120 * bytesPerSecond;
    int _bytes;

    public void Add(long number, byte[] message, bool isText)
    {
        lock (_held)
        {
            _held.AddLast(new Sent(number, message, isText));
            _bytes += message.Length;
            while (_bytes > _mostBytes)
                RemoveFirst();
        }
    }

    /// <summary>The server has everything up to here.</summary>
    public void Forget(long recorded)
    {
        lock (_held)
        {
            while (_held.First is { } first && first.Value.Number <= recorded)
                RemoveFirst();
        }
    }

    public IReadOnlyList<Sent> From(long number)
    {
        lock (_held)
            return [.. _held.Where(held => held.Number >= number)];
    }

    /// <summary>The first that is held from a number on. False: there is none yet.</summary>
    public bool TryNext(long number, [NotNullWhen(true)] out Sent? next)
    {
        lock (_held)
        {
            // Who sends is nearly always at the end.
            var found = _held.Last;
            while (found?.Previous is { } before && before.Value.Number >= number)
                found = before;
            next = found is { Value: var last } && last.Number >= number ? last : null;
            return next is not null;
        }
    }

    void RemoveFirst()
    {
        _bytes -= _held.First!.Value.Message.Length;
        _held.RemoveFirst();
    }
}
