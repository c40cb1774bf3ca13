namespace VoiceGrains.Participants;

/// <summary>What a participant keeps when the activation ends. No text, audio or names.</summary>
public sealed class ParticipantState
{
    /// <summary>The epoch of the newest connection.</summary>
    public int Epoch { get; set; }

    /// <summary>Version of the newest checkpoint when the activation ended: an older one is of no use.</summary>
    public long Version { get; set; }

    /// <summary>Number of the newest segment.</summary>
    public int LastSegment { get; set; }

    /// <summary>Where the frames went; null before the first activation ended.</summary>
    public LedgerFigures? Ledger { get; set; }
}
