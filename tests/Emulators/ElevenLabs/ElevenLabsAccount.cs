using System.Collections.Concurrent;
using VoiceGrains.Tests.Emulators.Common;

namespace VoiceGrains.Tests.Emulators.ElevenLabs;

/// <summary>A voice of the account.</summary>
sealed record EmulatedVoice(string Id, string Name, IReadOnlyDictionary<string, string> Labels, bool IsCloned, bool RequiresVerification, IReadOnlyList<string> Samples);

/// <summary>The account behind the double: keys, plan, voices, and how much it generates at the moment.</summary>
sealed class ElevenLabsAccount(EmulatorLedger ledger)
{
    /// <summary>Stock voices that exist from the start.</summary>
    public const string FemaleVoice = "stock-female-voice", MaleVoice = "stock-male-voice";

    readonly Lock _gate = new();
    readonly HashSet<string> _sockets = [];
    int _generating;
    int _made;

    /// <summary>Keys that work.</summary>
    public ConcurrentDictionary<string, string> Keys { get; } = new() { ["key-of-a-test"] = "all" };

    public ConcurrentDictionary<string, EmulatedVoice> Voices { get; } = new()
    {
        [FemaleVoice] = new(FemaleVoice, "F", new Dictionary<string, string>(), false, false, []),
        [MaleVoice] = new(MaleVoice, "M", new Dictionary<string, string>(), false, false, []),
    };

    /// <summary>Generations at a time: Creator with Flash (ElevenLabs models page, concurrency).</summary>
    public int Concurrency { get; set; } = 10;

    /// <summary>Own voices that the plan has room for: Starter.</summary>
    public int VoiceSlots { get; set; } = 10;

    /// <summary>Whether new voices must be verified by their owner first.</summary>
    public bool DemandsVerification { get; set; }

    public int Generating
    {
        get
        {
            lock (_gate)
                return _generating;
        }
    }

    /// <summary>Whether the key may do something: keys hold <c>all</c>, or permissions such as <c>text_to_speech voices_read</c>.</summary>
    public VendorError? Check(string? key, string permission)
    {
        if (key is null || !Keys.TryGetValue(key, out var permissions))
        {
            ledger.Mistake("wrong key");
            return VendorError.InvalidKey;
        }

        if (permissions == "all" || permissions.Split(' ').Contains(permission))
            return null;
        ledger.Mistake($"missing permission {permission}");
        return new VendorError(401, "missing_permissions", "The key is missing a permission.");
    }

    /// <summary>A socket or request begins to generate; a socket counts once and only while it does. Null: the plan has no more room.</summary>
    public IDisposable? BeginGenerating(string who)
    {
        lock (_gate)
        {
            if (!_sockets.Contains(who) && _generating >= Concurrency)
                return null;
            if (_sockets.Add(who))
                _generating++;
        }

        return ledger.Open("generation");
    }

    public void EndGenerating(string who)
    {
        lock (_gate)
        {
            if (_sockets.Remove(who))
                _generating--;
        }
    }

    public string NewVoiceId() => $"voice{Interlocked.Increment(ref _made):000}";
}
