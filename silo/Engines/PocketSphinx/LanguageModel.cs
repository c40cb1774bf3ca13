using System.Collections.Immutable;

namespace VoiceGrains.Silo.Engines.PocketSphinx;

/// <summary>What decoders of one language are made of.</summary>
/// <param name="Arguments">Command line of pocketsphinx: acoustic model, dictionary, beams.</param>
/// <param name="Grammar">JSGF text; null: <paramref name="LanguageModelFile"/> is used, for open vocabulary.</param>
/// <param name="Worst">Hypotheses with a lower score per frame are no speech of this grammar.</param>
/// <param name="Shown">How a word of the grammar is shown while its sentence is not complete.</param>
/// <param name="Phones">How many sounds each word has.</param>
sealed record LanguageModel(
    string Tag,
    ImmutableArray<string> Arguments,
    string? Grammar,
    string? LanguageModelFile,
    double Worst,
    ImmutableDictionary<string, ShownWord> Shown,
    IReadOnlyDictionary<string, int> Phones);

/// <summary>A word of the grammar.</summary>
/// <param name="Key">In lower case, for matching.</param>
/// <param name="Text">As written in the phrasebook.</param>
sealed record ShownWord(string Key, string Text);
