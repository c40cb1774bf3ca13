namespace VoiceGrains.Tests.Emulators.Deepgram;

/// <summary>What a Finalize is answered with.</summary>
enum FinalizeAnswer
{
    /// <summary>A result with <c>from_finalize</c>, empty when nothing was left.</summary>
    Result,

    /// <summary>Nothing, when nothing was left: legal (Deepgram docs, finalize).</summary>
    NothingIfNothingIsLeft,
}

/// <summary>Ways of behaving that the vendor's documentation allows. The defaults are what it shows.</summary>
sealed class DeepgramManners
{
    /// <summary>How often SpeechStarted comes when speech begins: it may repeat or be missing.</summary>
    public int SpeechStarted { get; set; } = 1;

    /// <summary>Whether silence is heard as such. In noise it is not: <c>speech_final</c> never comes, only UtteranceEnd.</summary>
    public bool IsNoisy { get; set; }

    /// <summary>Whether UtteranceEnd does not know the last word and says -1.</summary>
    public bool HasNoLastWord { get; set; }

    public FinalizeAnswer Finalize { get; set; }

    /// <summary>Whether Flux tells when words begin and end: it did not before July 2026.</summary>
    public bool HasWordTimes { get; set; } = true;

    /// <summary>How much faster than real time audio may come. The vendor's: 1.25. Tests that have no time set more.</summary>
    public double Speed { get; set; } = 1.25;

    /// <summary>After this much audio nothing is read any more, so that the client's buffers fill.</summary>
    public TimeSpan ReadsFor { get; set; } = TimeSpan.MaxValue;

    /// <summary>Frames to say instead of hearing: each when this much audio has come.</summary>
    public IReadOnlyList<(TimeSpan After, string Frame)>? Script { get; set; }
}
