using VoiceGrains.Engines;
using VoiceGrains.Recognition;

namespace VoiceGrains.Lanes;

/// <summary>
/// How eagerly a lane interprets: the constants of committed incremental translation. The shorter the lag, the more often a word was translated that the recognizer
/// changed afterwards; figures for the presets are in docs/benchmarks.md.
/// </summary>
/// <param name="Admission">When source words are relied on.</param>
sealed record InterpretingRules(AdmissionRules Admission)
{
    /// <summary>A piece needs so many admitted words behind those that it says it needs: translators say too few now and then.</summary>
    public int Guard { get; init; }

    /// <summary>A tag may be too low by so many words: a risky word among them that is not admitted holds the piece back.</summary>
    public int RiskGuard { get; init; } = 1;

    /// <summary>The first draft is made of so many words, or in the first pause.</summary>
    public int FirstWords { get; init; } = 3;

    /// <summary>A new draft is worth its price when so many words are in none, or when admitted ones are.</summary>
    public int NewWords { get; init; } = 3;

    /// <summary>Least time between two drafts.</summary>
    public TimeSpan Cooldown { get; init; } = TimeSpan.FromMilliseconds(700);

    /// <summary>With more speech than this not yet played a new draft can wait,</summary>
    public TimeSpan Reserve { get; init; } = TimeSpan.FromMilliseconds(230);

    /// <summary>but not longer than this after the last one.</summary>
    public TimeSpan LongestCooldown { get; init; } = TimeSpan.FromMilliseconds(1500);

    /// <summary>Least time between two drafts when the words of the last one turned out to be others, or when the speaker pauses.</summary>
    public TimeSpan StaleCooldown { get; init; } = TimeSpan.FromMilliseconds(800);

    /// <summary>So many letters are a breath; a Chinese, Japanese or Korean letter counts as two.</summary>
    public int Letters { get; init; } = 18;

    /// <summary>And so many when the listener is about to hear silence.</summary>
    public int LeastLetters { get; init; } = 5;

    /// <summary>How long a breath waits for more words.</summary>
    public TimeSpan Wait { get; init; } = TimeSpan.FromMilliseconds(350);

    /// <summary>With less speech than this not yet played the listener is about to hear silence.</summary>
    public TimeSpan Starving { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>When so many admitted words have no translation yet, what can be said of them is said.</summary>
    public int ValveWords { get; init; } = 12;

    /// <summary>So many words at the end of a draft are not shown: they change most.</summary>
    public int HiddenWords { get; init; } = 2;

    public static InterpretingRules Of(Interpreting interpreting) => interpreting switch
    {
        Interpreting.Fast => Fast,
        Interpreting.Safe => Safe,
        _ => Balanced,
    };

    /// <summary>Least lag, for half more calls of the translator.</summary>
    public static readonly InterpretingRules Fast = new(new AdmissionRules(Agreements: 2))
    {
        FirstWords = 2,
        Cooldown = TimeSpan.FromMilliseconds(400),
        StaleCooldown = TimeSpan.FromMilliseconds(400),
        Reserve = TimeSpan.FromMilliseconds(800),
    };

    /// <summary>Default.</summary>
    public static readonly InterpretingRules Balanced = new(new AdmissionRules(Agreements: 2));

    /// <summary>Hardly a word is translated that was not said, and clauses are longer, for 0.3 s more lag.</summary>
    public static readonly InterpretingRules Safe = new(new AdmissionRules(Agreements: 4, RightContext: 2))
    {
        Guard = 1,
        RiskGuard = 3,
        LeastLetters = 12,
        Letters = 24,
    };
}
