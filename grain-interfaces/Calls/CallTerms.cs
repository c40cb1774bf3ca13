using System.Collections.Immutable;
using VoiceGrains.Engines;

namespace VoiceGrains.Calls;

/// <summary>How the people of a call speak: what they call things, and how they address each other. It never changes after the call was opened.</summary>
/// <param name="Glossary">The most important first. Default: none.</param>
/// <param name="Formality">Default: as engines think right.</param>
/// <param name="Interpreting">How eagerly what they say is translated. Default: balanced.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.CallTerms")]
public sealed record CallTerms(ImmutableArray<GlossaryRow> Glossary, Formality Formality, Interpreting Interpreting = Interpreting.Balanced)
{
    /// <summary>Of a call that was opened without.</summary>
    public static CallTerms None { get; } = new([], Formality.Unspecified);
}

/// <summary>One thing, as it is called in each of some languages.</summary>
/// <param name="Terms">At least one, each in another language.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.GlossaryRow")]
public sealed record GlossaryRow(ImmutableArray<Term> Terms);

/// <summary>What a thing is called in a language, as it is written.</summary>
[GenerateSerializer, Immutable, Alias("voicegrains.Term")]
public sealed record Term(Language Language, string Text);
