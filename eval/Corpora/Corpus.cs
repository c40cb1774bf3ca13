using System.Collections.Immutable;
using VoiceGrains.Eval.Clock;
using VoiceGrains.Eval.Profiles;

namespace VoiceGrains.Eval.Corpora;

/// <summary>Everything that is said in a run: talks with short answers, single sentences and monologues, and one long monologue that shows whether lag grows.</summary>
sealed record Corpus(ImmutableArray<Talk> Talks, Talk LongMonologue)
{
    // Whoever speaks does not begin with the recording.
    static readonly TimeSpan Lead = TimeSpan.FromMilliseconds(500);

    public static Corpus Generate(CorpusProfile profile, long seed)
    {
        var talks = ImmutableArray.CreateBuilder<Talk>();
        var answers = (int)Math.Round(profile.Utterances * profile.ShortAnswerShare);
        var inMonologues = (int)Math.Round(profile.Utterances * profile.MonologueShare);
        for (var i = 0; i < answers; i++)
            talks.Add(new Talk(talks.Count, [SentencesOf(talks.Count).ShortAnswer(1, Lead)]));
        for (var i = 0; i < profile.Utterances - answers - inMonologues; i++)
            talks.Add(new Talk(talks.Count, [SentencesOf(talks.Count).Sentence(1, LengthOf(talks.Count), Lead)]));
        for (var left = inMonologues; left > 0; left -= profile.SentencesOfMonologue)
        {
            var sentences = Math.Min(left, profile.SentencesOfMonologue);
            talks.Add(Monologue(talks.Count, (number, _) => number <= sentences));
        }

        return new Corpus(talks.ToImmutable(), Monologue(talks.Count, (_, start) => start < profile.LongMonologue));

        Dice DiceOf(int talk, string purpose) => Dice.For(seed, purpose, talk);
        Sentences SentencesOf(int talk) => new(profile, DiceOf(talk, "sentence"));
        int LengthOf(int talk) => DiceOf(talk, "length").Between(profile.LeastWords, profile.MostWords);

        Talk Monologue(int talk, Func<int, TimeSpan, bool> goesOn)
        {
            var (sentences, lengths, pauses) = (SentencesOf(talk), DiceOf(talk, "lengths"), DiceOf(talk, "pauses"));
            var said = ImmutableArray.CreateBuilder<Utterance>();
            for (var start = Lead; said.Count == 0 || goesOn(said.Count + 1, start);)
            {
                said.Add(sentences.Sentence(said.Count + 1, lengths.Between(profile.LeastWords, profile.MostWords), start));
                start = said[^1].End + pauses.Between(profile.LeastSentencePause, profile.MostSentencePause);
            }

            return new Talk(talk, said.ToImmutable());
        }
    }
}
