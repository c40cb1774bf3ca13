namespace VoiceGrains.Tests.Emulators.Common;

/// <summary>The ways in which a vendor fails. Which of them an endpoint can do, and what exactly it answers, is the emulator's matter.</summary>
enum FaultForm
{
    /// <summary>An HTTP status in place of the answer or the upgrade; <see cref="PlannedFault.Status"/> and <see cref="PlannedFault.Code"/> say which.</summary>
    Status,

    /// <summary>The connection is reset before anything is answered.</summary>
    Refuse,

    /// <summary>Nothing is answered, and the connection stays open.</summary>
    HangBeforeHeaders,

    /// <summary>The first byte of the answer comes late, by <see cref="PlannedFault.Delay"/>.</summary>
    SlowFirstByte,

    /// <summary>The answer comes in single bytes with <see cref="PlannedFault.Delay"/> between them.</summary>
    Drip,

    /// <summary>After <see cref="PlannedFault.After"/> messages or chunks nothing comes any more, and the connection stays open.</summary>
    Stall,

    /// <summary>After <see cref="PlannedFault.After"/> messages or chunks the connection is reset.</summary>
    Reset,

    /// <summary>The connection ends in the middle of a frame or chunk.</summary>
    CutInFrame,

    /// <summary>The stream ends without its terminator, as if it were whole.</summary>
    EndWithoutTerminator,

    /// <summary>An error inside the stream, after a good status.</summary>
    ErrorInStream,

    /// <summary>An error message of the vendor, then the close that belongs to it.</summary>
    ErrorThenClose,

    /// <summary>Text that is no JSON.</summary>
    MalformedJson,

    /// <summary>A close frame with <see cref="PlannedFault.Status"/>; 0: without any status.</summary>
    Close,

    /// <summary>Audio that ends early.</summary>
    TruncatedAudio,

    /// <summary>Audio with an odd number of bytes, cut inside samples, and with empty pieces.</summary>
    OddAudio,

    /// <summary>Text messages in fragments.</summary>
    Fragments,

    /// <summary>A text message of a megabyte.</summary>
    HugeMessage,

    /// <summary>A message of a type that no documentation names, with fields that none names.</summary>
    UnknownMessage,

    /// <summary>Pings are not answered any more, nor anything else: the peer is dead and the connection open.</summary>
    DeadPeer,

    /// <summary>What was closed still counts as open for a while: requests beyond the limit are refused.</summary>
    Lingering,

    /// <summary>Times that are wrong by <see cref="PlannedFault.Delay"/>.</summary>
    SkewedTimes,

    /// <summary>Each piece of a draft says that it needs one word less than it does.</summary>
    LowTags,

    /// <summary>A draft begins anew, and so repeats what it was to continue.</summary>
    RepeatedBeginning,

    /// <summary>The lines of a draft have no number, or one that can't be, or more than one part.</summary>
    MalformedLines,
}

/// <summary>One fault that is to happen.</summary>
/// <param name="Where">Name of the operation as the emulator documents it, for example <c>listen</c>; null: any.</param>
/// <param name="Skip">How many requests or connections of that kind go well before.</param>
/// <param name="Times">How many are hit.</param>
/// <param name="Key">Only those with this API key; null: any.</param>
/// <param name="Status">HTTP status or close code.</param>
/// <param name="Code">The vendor's name for the error, for example <c>insufficient_quota</c>.</param>
/// <param name="RetryAfter">Told to the client; null: not told.</param>
/// <param name="Delay">For forms that are late.</param>
/// <param name="After">How many messages or chunks go well before.</param>
sealed record PlannedFault(
    FaultForm Form,
    string? Where = null,
    int Skip = 0,
    int Times = 1,
    string? Key = null,
    int Status = 0,
    string? Code = null,
    TimeSpan? RetryAfter = null,
    TimeSpan Delay = default,
    int After = 0);

/// <summary>Which requests and connections fail, and how. Thread-safe.</summary>
sealed class FaultPlan
{
    readonly Lock _gate = new();
    readonly List<Pending> _pending = [];

    public void Add(PlannedFault fault)
    {
        lock (_gate)
            _pending.Add(new Pending(fault));
    }

    /// <summary>Whether all that was planned has happened.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_gate)
                return _pending.Count == 0;
        }
    }

    /// <summary>Drops what has not happened yet.</summary>
    public void Clear()
    {
        lock (_gate)
            _pending.Clear();
    }

    /// <summary>A request or connection begins: what is to happen to it. Null: it goes well.</summary>
    public PlannedFault? Next(string where, string? key)
    {
        lock (_gate)
        {
            foreach (var pending in _pending.Where(pending => Fits(pending.Fault, where, key)))
            {
                if (pending.Seen++ < pending.Fault.Skip)
                    continue;
                if (pending.Seen >= pending.Fault.Skip + pending.Fault.Times)
                    _pending.Remove(pending);
                return pending.Fault;
            }

            return null;
        }
    }

    static bool Fits(PlannedFault fault, string where, string? key) => (fault.Where ?? where) == where && (fault.Key is null || fault.Key == key);

    sealed class Pending(PlannedFault fault)
    {
        public PlannedFault Fault => fault;

        public int Seen { get; set; }
    }
}
