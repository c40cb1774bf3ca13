namespace VoiceGrains.Eval.Reports;

/// <summary>What was asked of our default policy on the shipped profile, so that it stands beside what came of it.</summary>
/// <param name="EarVoiceSpan">At most, at p50, in seconds.</param>
/// <param name="WorstEarVoiceSpan">At most, at p95, in seconds.</param>
sealed record Goals(Language Language, double EarVoiceSpan, double WorstEarVoiceSpan)
{
    public const string Policy = "ours-balanced";

    /// <summary>At most, at p50, in seconds.</summary>
    public const double FirstAudio = 1.6;

    /// <summary>At least this share of the utterances from 2.5 s is heard before they end.</summary>
    public const double BeforeEnd = 0.9;

    /// <summary>At most, at p50, in milliseconds: from the end of an utterance below 1.5 s to its first audio.</summary>
    public const double Short = 500;

    public const double Erased = 0.1;

    public const double WrongSource = 0.01;

    public const double CallsPerSourceSecond = 1.2;

    /// <summary>At most, at p95, in seconds.</summary>
    public const double Queue = 2;

    /// <summary>In the long monologue: EVS of the last five minutes less that of the first, at most, in seconds.</summary>
    public const double Drift = 0.3;

    /// <summary>Null: nothing was asked for in this language.</summary>
    public static Goals? In(Language language) => language.Primary switch
    {
        "es" => new Goals(language, 2.0, 2.8),
        "de" => new Goals(language, 2.2, 3.5),
        "ja" => new Goals(language, 2.8, 4.2),
        _ => null,
    };
}
