using System.Collections.Immutable;

namespace VoiceGrains.Eval.Corpora;

/// <summary>The languages that are translated into, always in this order. Everybody speaks English.</summary>
static class Targets
{
    public static readonly Language Source = Language.Parse("en");

    public static readonly Language Spanish = Language.Parse("es");

    public static readonly Language German = Language.Parse("de");

    public static readonly Language Japanese = Language.Parse("ja");

    public static readonly ImmutableArray<Language> All = [Spanish, German, Japanese];
}
