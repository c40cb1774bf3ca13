using System.Collections.Frozen;
using System.Collections.Immutable;

namespace VoiceGrains.Eval.Corpora;

/// <summary>What one person says without being interrupted: one utterance, or a monologue.</summary>
/// <param name="Number">Names it: dice are thrown by it.</param>
sealed class Talk(int number, ImmutableArray<Utterance> utterances)
{
    readonly FrozenDictionary<TimeSpan, int> _byStart = utterances.SelectMany(static each => each.Words).Select(static (word, at) => (word.Start, at))
        .ToFrozenDictionary(static each => each.Start, static each => each.at);

    readonly ImmutableArray<int> _firstWords = [.. utterances.Select((_, at) => utterances.Take(at).Sum(static before => before.Words.Length))];

    public int Number { get; } = number;

    public ImmutableArray<Utterance> Utterances { get; } = utterances;

    /// <summary>All words, one after the other.</summary>
    public ImmutableArray<SourceWord> Words { get; } = [.. utterances.SelectMany(static each => each.Words)];

    /// <summary>By word: which utterance of the talk and which unit it is in, and its place in the utterance.</summary>
    public ImmutableArray<WordPlace> Places { get; } = [.. utterances.SelectMany(static (each, at) => PlacesIn(each, at))];

    public TimeSpan End => Utterances[^1].End;

    /// <summary>The word that starts at a moment. Null: none does.</summary>
    public int? WordAt(TimeSpan start) => _byStart.TryGetValue(start, out var word) ? word : null;

    /// <summary>Which word of the talk an utterance begins with.</summary>
    public int FirstWord(int utterance) => _firstWords[utterance];

    static IEnumerable<WordPlace> PlacesIn(Utterance utterance, int at) => utterance.Units
        .SelectMany((unit, number) => Enumerable.Range(unit.First, unit.Count).Select(place => new WordPlace(at, number, place)));
}

/// <summary>Where a word of a talk stands. All count from 0.</summary>
readonly record struct WordPlace(int Utterance, int Unit, int Place);
