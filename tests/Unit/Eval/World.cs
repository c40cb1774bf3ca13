using System.Collections.Immutable;
using VoiceGrains.Engines;
using VoiceGrains.Eval.Clock;
using VoiceGrains.Eval.Corpora;
using VoiceGrains.Eval.Models;
using VoiceGrains.Eval.Policies;
using VoiceGrains.Eval.Profiles;
using VoiceGrains.Eval.Sessions;

namespace VoiceGrains.Tests.Unit.Eval;

/// <summary>Talks and engines for tests of the evaluation.</summary>
static class World
{
    public static readonly EvaluationProfile Shipped = ProfileFile.Shipped();

    /// <summary>Engines that make no mistakes and take always the same time.</summary>
    public static readonly EvaluationProfile Perfect = Shipped with
    {
        Recognizer = Shipped.Recognizer with { EdgeErrors = [], Jitter = TimeSpan.Zero, EmptyFinish = 0, UnansweredFinish = 0 },
        Translator = Shipped.Translator with { Jitter = TimeSpan.Zero, Timeouts = 0, TooLowTags = 0, Repeats = 0, PrematureWords = 0 },
        Synthesizer = Shipped.Synthesizer with { Jitter = TimeSpan.Zero },
    };

    public static Talk Sentence(long seed, int words = 20) => new(1, [new Sentences(Shipped.Corpus, Dice.For(seed, "test")).Sentence(1, words, TimeSpan.FromSeconds(0.5))]);

    public static Utterance ShortAnswer(long seed) => new Sentences(Shipped.Corpus, Dice.For(seed, "test")).ShortAnswer(1, TimeSpan.FromSeconds(0.5));

    public static Talk Monologue(long seed, int utterances = 6) =>
        Corpus.Generate(Shipped.Corpus with { Utterances = utterances, ShortAnswerShare = 0, MonologueShare = 1, LongMonologue = TimeSpan.Zero }, seed).Talks[0];

    /// <summary>The words as a recognizer that makes no mistakes gives them.</summary>
    public static ImmutableArray<Word> Words(Talk talk, int count) => [.. talk.Words.Take(count).Select(static word => new Word(word.Text + word.Mark, word.Start, word.End, null))];

    public static TranslateRequest Request(Talk talk, int words, bool isWhole = false, string committed = "") => new(Words(talk, words), words, committed, isWhole);

    public static string Text(Language to, IEnumerable<DraftToken> tokens) => tokens.Aggregate("", (text, token) => Writing.Join(to, text, token.Text));

    public static SessionLog Run(string policy, EvaluationProfile profile, Talk talk, Language to) =>
        Session.Run(profile, talk, to, PolicySet.All.Single(each => each.Name == policy).Make);

    /// <summary>Lets a policy that waits for the end work in a booth where something is done differently.</summary>
    public static SessionLog RunSpoiled(Talk talk, Func<IBooth, IBooth> spoil) => Session.Run(Perfect, talk, Targets.Spanish, booth => new WaitForEnd(spoil(booth)));
}

/// <summary>Passes everything on; tests change one thing.</summary>
class PassingBooth(IBooth inner) : IBooth
{
    public Language To => inner.To;

    public TimeProvider Time => inner.Time;

    public TimeSpan Unplayed => inner.Unplayed;

    public int Translate(TranslateRequest request) => inner.Translate(request);

    public void FinishSegment() => inner.FinishSegment();

    public virtual void Show(Caption caption) => inner.Show(caption);

    public virtual void Speak(int segment, string text) => inner.Speak(segment, text);

    public void Prepare(string text) => inner.Prepare(text);

    public void CutSpeech() => inner.CutSpeech();

    public void Keep(ImmutableArray<Word> words) => inner.Keep(words);

    public Draft? Recall(ImmutableArray<Word> words) => inner.Recall(words);

    public bool Repeat(int segment, string text) => inner.Repeat(segment, text);
}
