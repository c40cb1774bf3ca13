namespace VoiceGrains.Participants;

/// <summary>Which connection a participant belongs to: the newest claim wins, older ones are refused.</summary>
sealed class ConnectionLease
{
    /// <summary>The current claim; null before the first.</summary>
    public Fence? Current { get; private set; }

    /// <summary>Takes over, unless a newer claim holds.</summary>
    public bool TryTake(Fence fence)
    {
        if (Current is { } held && fence.CompareTo(held) < 0)
            return false;
        Current = fence;
        return true;
    }

    /// <summary>Why a call with this fence is refused; null: it is not.</summary>
    public SpeakRefusal? Refusal(Fence fence) => Current switch
    {
        null => SpeakRefusal.NotConnected,
        { } held when fence.CompareTo(held) < 0 => SpeakRefusal.Replaced,
        // A claim that this activation never saw was made with one that is gone.
        { } held when fence.CompareTo(held) > 0 => SpeakRefusal.NotConnected,
        _ => null,
    };
}
