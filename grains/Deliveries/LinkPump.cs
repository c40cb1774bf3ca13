using System.Collections.Immutable;
using VoiceGrains.Media;
using VoiceGrains.Participants;

namespace VoiceGrains.Deliveries;

/// <summary>
/// One speaker's way to one gateway: a bounded queue and one awaited, coalesced call at a time, retried until it arrives. When the gateway is
/// slow, the oldest audio goes first; of captions only the newest revision of each segment is kept. Runs in the turns of the participant.
/// </summary>
sealed class LinkPump : IAsyncDisposable
{
    const int MostAudio = 512;
    const int MostInOneCall = 128;
    static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(2);
    static readonly TimeSpan ShedAfter = TimeSpan.FromSeconds(2);
    static readonly TimeSpan LostAfter = TimeSpan.FromSeconds(5);
    static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(100);

    readonly ParticipantId _speaker;
    readonly Func<Fence> _fence;
    readonly TimeProvider _time;
    readonly LinkedList<Delivery> _waiting = new();
    readonly Dictionary<Delivery, Action> _arrivals = new(ReferenceEqualityComparer.Instance);
    readonly SemaphoreSlim _posted = new(0, 1);
    readonly CancellationTokenSource _closing = new();
    readonly Task _pumping;
    int _audio;
    long? _failingSince;
    ImmutableArray<Delivery> _inFlight = [];

    public LinkPump(ParticipantId speaker, Func<Fence> fence, IGatewayLink link, TimeProvider time)
    {
        (_speaker, _fence, _time) = (speaker, fence, time);
        Link = link;
        _pumping = Pump();
    }

    /// <summary>Where it leads. A gateway that came back brings a new link.</summary>
    public IGatewayLink Link { get; set; }

    bool IsLost => _failingSince is { } since && _time.GetElapsedTime(since) >= LostAfter;

    bool IsEmpty => _waiting.Count == 0 && _inFlight.Length == 0;

    /// <param name="arrived">Called when it has arrived, or will not because this way ends.</param>
    public void Post(Delivery delivery, Action? arrived = null)
    {
        if (arrived is not null)
            _arrivals[delivery] = arrived;
        if (delivery is CaptionDelivery caption)
            DropOlder(caption);
        _waiting.AddLast(delivery);
        if (IsAudio(delivery) && ++_audio > MostAudio)
            ShedOldestAudio();
        if (_posted.CurrentCount == 0)
            _posted.Release();
    }

    /// <summary>Waits until everything posted has arrived, at most as long as given, and not for a gateway that has taken nothing for 5 s.</summary>
    public async Task Drain(TimeSpan limit)
    {
        var started = _time.GetTimestamp();
        while (!IsEmpty && !IsLost && _time.GetElapsedTime(started) < limit)
            await Task.Delay(TimeSpan.FromMilliseconds(10), _time);
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _pumping;
        Arrive(_arrivals.Keys);
    }

    static bool IsAudio(Delivery delivery) => delivery is SpeechChunkDelivery or OriginalDelivery;

    async Task Pump()
    {
        try
        {
            while (true)
            {
                await _posted.WaitAsync(_closing.Token);
                while (_waiting.Count > 0)
                    await DeliverOnce();
            }
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // Closed: the gateway has nobody who hears this speaker.
        }
    }

    async Task DeliverOnce()
    {
        _inFlight = TakeSome();
        var batch = new DeliveryBatch(_speaker, _fence(), _inFlight);
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                await Link.Deliver(batch).WaitAsync(CallLimit, _time, _closing.Token);
                _failingSince = null;
                break;
            }
            catch (Exception error) when (error is not OperationCanceledException || !_closing.IsCancellationRequested)
            {
                // Unknown outcome: deliveries are numbered, so sending them again is safe. Audio goes when it is too old to be of use.
                _failingSince ??= _time.GetTimestamp();
                var isShed = _time.GetElapsedTime(_failingSince.Value) >= ShedAfter;
                batch = batch with { Fence = _fence(), Deliveries = [.. batch.Deliveries.Where(delivery => !isShed || !IsAudio(delivery))] };
                if (batch.Deliveries.Length == 0)
                    break;
                await Task.Delay(RetryPause, _time, _closing.Token);
            }
        }

        Arrive(_inFlight);
        _inFlight = [];
    }

    void Arrive(IEnumerable<Delivery> deliveries)
    {
        if (_arrivals.Count == 0)
            return;
        foreach (var delivery in deliveries.ToList())
        {
            if (_arrivals.Remove(delivery, out var arrived))
                arrived();
        }
    }

    ImmutableArray<Delivery> TakeSome()
    {
        var some = ImmutableArray.CreateBuilder<Delivery>(Math.Min(_waiting.Count, MostInOneCall));
        while (some.Count < MostInOneCall && _waiting.First is { } first)
        {
            _waiting.RemoveFirst();
            if (IsAudio(first.Value))
                _audio--;
            some.Add(first.Value);
        }

        return some.DrainToImmutable();
    }

    void DropOlder(CaptionDelivery caption)
    {
        for (var node = _waiting.First; node is not null; node = node.Next)
        {
            if (node.Value is not CaptionDelivery older || older.Segment != caption.Segment || older.Language != caption.Language)
                continue;
            _waiting.Remove(node);
            return;
        }
    }

    void ShedOldestAudio()
    {
        for (var node = _waiting.First; node is not null; node = node.Next)
        {
            if (!IsAudio(node.Value))
                continue;
            _waiting.Remove(node);
            _audio--;
            CallMeters.AudioShed(1);
            return;
        }
    }
}
