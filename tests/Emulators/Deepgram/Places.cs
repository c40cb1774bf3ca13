using VoiceGrains.Tests.Emulators.Common;

namespace VoiceGrains.Tests.Emulators.Deepgram;

/// <summary>
/// The sockets that count against the account's limit. Who leaves without the closing handshake counts for a while more (deepgram-python-sdk issue 726).
/// </summary>
sealed class Places(DeepgramEmulator emulator)
{
    static readonly TimeSpan Lingering = TimeSpan.FromSeconds(10);

    readonly Lock _gate = new();
    readonly List<Place> _taken = [];

    /// <summary>Null: all are taken.</summary>
    public Place? TryTake()
    {
        lock (_gate)
        {
            _taken.RemoveAll(place => place.IsFreeAt(emulator.Time.GetUtcNow()));
            if (_taken.Count >= emulator.MostSockets)
                return null;
            var place = new Place(this, emulator.Ledger.Open("place"));
            _taken.Add(place);
            return place;
        }
    }

    /// <summary>One of them.</summary>
    internal sealed class Place(Places places, IDisposable open)
    {
        DateTimeOffset? _freeAt;

        public bool IsFreeAt(DateTimeOffset now) => _freeAt <= now;

        public void Leave(bool isAcknowledged, PlannedFault? fault)
        {
            var stays = fault is { Form: FaultForm.Lingering } ? fault.Delay : isAcknowledged ? TimeSpan.Zero : Lingering;
            lock (places._gate)
                _freeAt = places.Now + stays;
            open.Dispose();
        }
    }

    DateTimeOffset Now => emulator.Time.GetUtcNow();
}
