using System.Collections.Immutable;
using VoiceGrains.Eval.Clock;

namespace VoiceGrains.Eval.Corpora;

/// <summary>Makes the core of a clause: subject, modal verb, verb and object, and sometimes an adverbial, in the order of words of each language.</summary>
sealed class Clauses(Dice dice, double verbFinalChance)
{
    const double NegationChance = 0.15;
    const double NumberChance = 0.25;
    const double AdjectiveChance = 0.5;

    Phrase? _adverbial;

    /// <summary>Adds a clause to the words; it may begin with a word that joins it to the one before.</summary>
    public Unit Add(List<string> words, bool isFirst)
    {
        var first = words.Count;
        var isSubordinate = !isFirst && dice.Falls(0.5);
        var joint = isFirst ? null : Place(words, dice.Of(isSubordinate ? Lexicon.Subordinating : Lexicon.Joining));
        var person = dice.Below(Lexicon.Subjects.Length);
        var subject = Place(words, dice.Of(Lexicon.Subjects[person]));
        var modal = dice.Of(Lexicon.Modals);
        var modalAt = words.Count;
        words.Add(modal.English);
        int? notAt = dice.Falls(NegationChance) ? words.Count : null;
        if (notAt is not null)
            words.Add("not");
        var verb = Place(words, dice.Of(Lexicon.Verbs));
        var what = Object(words);
        var inside = dice.Falls(verbFinalChance) ? Place(words, NextAdverbial()) : null;
        return new Unit(first, words.Count - first,
        [
            [.. In(Targets.Spanish, joint, subject), .. SpanishVerb(modal, modalAt, notAt, person), .. In(Targets.Spanish, verb, what, inside)],
            [.. German(joint, subject, new TargetToken(modal.German[person], modalAt), notAt, verb, what, inside, isSubordinate)],
            [.. In(Targets.Japanese, joint, subject, inside, what, verb), .. JapaneseModal(modal, modalAt, notAt)],
        ]);
    }

    /// <summary>Adds an adverbial as a unit of its own; never the same twice in a row, for then nobody could tell a repetition from a mistake.</summary>
    public Unit AddAdverbial(List<string> words) => AddPhrase(words, NextAdverbial());

    /// <summary>Adds a phrase as a unit of its own.</summary>
    public static Unit AddPhrase(List<string> words, Phrase phrase)
    {
        var placed = Place(words, phrase);
        return new Unit(placed.At, phrase.Words.Length, [.. Targets.All.Select(to => In(to, placed).ToImmutableArray())]);
    }

    static Placed Place(List<string> words, Phrase phrase)
    {
        words.AddRange(phrase.Words);
        return new Placed(phrase, words.Count - phrase.Words.Length);
    }

    static IEnumerable<TargetToken> In(Language to, params IEnumerable<Placed?> placed) => placed.SelectMany(each => each is null ? [] : each.Phrase.Tokens(to, each.At));

    static IEnumerable<TargetToken> SpanishVerb(Modal modal, int modalAt, int? notAt, int person) =>
    [
        .. notAt is { } at ? new[] { new TargetToken("no", at) } : [],
        .. modal.Spanish[person].Split(' ').Select(word => new TargetToken(word, modalAt)),
    ];

    // Main clause: the modal verb second, the verb last. Subordinate clause: both last.
    static IEnumerable<TargetToken> German(
        Placed? joint, Placed subject, TargetToken modal, int? notAt, Placed verb, Placed what, Placed? inside, bool isSubordinate) =>
    [
        .. In(Targets.German, joint, subject),
        .. isSubordinate ? [] : new[] { modal },
        .. In(Targets.German, inside, what),
        .. notAt is { } at ? new[] { new TargetToken("nicht", at) } : [],
        .. In(Targets.German, verb),
        .. isSubordinate ? new[] { modal } : [],
    ];

    static IEnumerable<TargetToken> JapaneseModal(Modal modal, int modalAt, int? notAt) => notAt is { } at
        ? [new TargetToken(modal.JapaneseBeforeNot, modalAt), new TargetToken(modal.JapaneseNot, at)]
        : [new TargetToken(modal.Japanese, modalAt)];

    Phrase NextAdverbial()
    {
        var next = dice.Of(Lexicon.Adverbials);
        return _adverbial = next == _adverbial ? NextAdverbial() : next;
    }

    Placed Object(List<string> words)
    {
        if (dice.Falls(NumberChance))
            return Place(words, Together(dice.Of(Lexicon.Numbers), dice.Of(Lexicon.Counted)));
        var noun = dice.Of(Lexicon.Nouns);
        return Place(words, dice.Falls(AdjectiveChance) ? Described(noun, dice.Of(Lexicon.Adjectives)) : noun);
    }

    static Phrase Together(Phrase one, Phrase other) => new(
        [.. one.Words, .. other.Words],
        [.. Targets.All.Select(to => one.Tokens(to, 0).Concat(other.Tokens(to, one.Words.Length)).ToImmutableArray())]);

    // the NEW plan: el plan NUEVO, den NEUEN Plan, 新しい計画
    static Phrase Described(Phrase noun, Adjective adjective)
    {
        var (es, de, ja) = (noun.InAllTargets[0], noun.InAllTargets[1], noun.InAllTargets[2]);
        var spanish = es[0].Word == "la" ? adjective.SpanishFeminine : adjective.SpanishMasculine;
        var german = de[0].Word == "den" ? adjective.German + "n" : adjective.German;
        return new Phrase(
            [noun.Words[0], adjective.English, noun.Words[1]],
            [
                [es[0], es[1] with { Source = 2 }, new TargetToken(spanish, 1)],
                [de[0], new TargetToken(german, 1), de[1] with { Source = 2 }],
                [new TargetToken(adjective.Japanese, 1), ja[0] with { Source = 2 }],
            ]);
    }

    sealed record Placed(Phrase Phrase, int At);
}
