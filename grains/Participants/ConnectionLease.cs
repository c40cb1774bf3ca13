namespace VoiceGrains.Participants;

/// <summary>Which connection a participant belongs to: the newest claim wins, older ones are refused.</summary>
sealed class ConnectionLease
{
    string? _connection;

    /// <summary>The current claim; null before the first.</summary>
    public Fence? Current { get; private set; }

    /// <summary>
    /// The claim that a request makes. Null: a newer one holds. The epoch in a resume token may come twice, at two gateways, when the answer to the first did not
    /// reach the client: the later request then gets an epoch of its own.
    /// </summary>
    /// <param name="stored">The newest epoch that was ever given.</param>
    public Fence? Claim(ConnectRequest request, int stored)
    {
        var newest = Math.Max(stored, Current?.Epoch ?? 0);
        if (request.Attach > 0)
            return request.Epoch >= newest ? new Fence(request.Epoch, request.Attach) : null;
        if (request.Connection == _connection)
            return Current;
        if (request.Epoch == 0 || request.Epoch == newest)
            return new Fence(newest + 1, 0);
        return request.Epoch > newest ? new Fence(request.Epoch, 0) : null;
    }

    /// <summary>Takes over, unless a newer claim holds.</summary>
    public bool TryTake(Fence fence, string connection)
    {
        if (Current is { } held && fence.CompareTo(held) < 0)
            return false;
        (Current, _connection) = (fence, connection);
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
