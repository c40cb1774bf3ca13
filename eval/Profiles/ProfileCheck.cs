namespace VoiceGrains.Eval.Profiles;

/// <summary>What can't be in a profile.</summary>
static class ProfileCheck
{
    public static IEnumerable<string> Flaws(EvaluationProfile profile) =>
    [
        .. CorpusFlaws(profile.Corpus), .. RecognizerFlaws(profile.Recognizer), .. TranslatorFlaws(profile.Translator),
        .. SpeechFlaws(profile.Synthesizer, profile.Player),
    ];

    static IEnumerable<string> CorpusFlaws(CorpusProfile corpus)
    {
        if (corpus.Utterances is < 1 or > 100_000)
            yield return "corpus.utterances must be from 1 to 100,000.";
        if (corpus.ShortAnswerShare < 0 || corpus.MonologueShare < 0 || corpus.ShortAnswerShare + corpus.MonologueShare > 1)
            yield return "corpus.shortAnswerShare and corpus.monologueShare must be shares that make at most 1 together.";
        if (corpus.SentencesOfMonologue is < 2 or > 1_000)
            yield return "corpus.sentencesOfMonologue must be from 2 to 1,000.";
        if (corpus.LeastWords < 1 || corpus.MostWords < corpus.LeastWords || corpus.MostWords > 200)
            yield return "corpus.leastWords and corpus.mostWords must be from 1 to 200, in this order.";
        if (corpus.LongMonologue > TimeSpan.FromHours(1))
            yield return "corpus.longMonologue must be at most 3,600: the words of a talk are numbered with 15 bits.";
        if (corpus.SyllablesPerSecond is < 1 or > 20 || corpus.SyllableJitter is < 0 or > 0.9)
            yield return "corpus.syllablesPerSecond must be from 1 to 20, and corpus.syllableJitter from 0 to 0.9.";
        if (corpus.MostMicroPause < corpus.LeastMicroPause || corpus.MostSentencePause < corpus.LeastSentencePause)
            yield return "The least pauses of corpus must not be longer than the most.";
        foreach (var flaw in Shares(("corpus.hesitationChance", corpus.HesitationChance), ("corpus.verbFinalChance", corpus.VerbFinalChance)))
            yield return flaw;
    }

    static IEnumerable<string> RecognizerFlaws(RecognizerProfile recognizer)
    {
        if (recognizer.Cadence < TimeSpan.FromMilliseconds(10))
            yield return "recognizer.cadence must be at least 0.01.";
        if (recognizer.Jitter > recognizer.Latency)
            yield return "recognizer.jitter must not be more than recognizer.latency.";
        if (recognizer.LongestSpan < TimeSpan.FromSeconds(1))
            yield return "recognizer.longestSpan must be at least 1.";
        if (recognizer.EmptyFinish + recognizer.UnansweredFinish > 1)
            yield return "recognizer.emptyFinish and recognizer.unansweredFinish must make at most 1 together.";
        foreach (var flaw in Shares(
            [
                .. recognizer.EdgeErrors.Select(static error => ("recognizer.edgeErrors", error)), ("recognizer.stickiness", recognizer.Stickiness),
                ("recognizer.emptyFinish", recognizer.EmptyFinish), ("recognizer.unansweredFinish", recognizer.UnansweredFinish),
            ]))
        {
            yield return flaw;
        }
    }

    static IEnumerable<string> TranslatorFlaws(TranslatorProfile translator)
    {
        if (translator.Jitter > translator.Latency || translator.Latency + translator.Jitter > translator.Limit)
            yield return "translator.jitter must not be more than translator.latency, and both together not more than translator.limit.";
        if (translator.Timeouts > 0.5)
            yield return "translator.timeouts must be at most 0.5.";
        foreach (var flaw in Shares(
            ("translator.timeouts", translator.Timeouts), ("translator.tooLowTags", translator.TooLowTags), ("translator.repeats", translator.Repeats),
            ("translator.prematureWords", translator.PrematureWords)))
        {
            yield return flaw;
        }
    }

    static IEnumerable<string> SpeechFlaws(SynthesizerProfile synthesizer, PlayerProfile player)
    {
        if (synthesizer.Jitter > synthesizer.Latency)
            yield return "synthesizer.jitter must not be more than synthesizer.latency.";
        if (synthesizer.SecondsPerCharacter.Values.Any(static seconds => seconds is < 0.02 or > 1))
            yield return "synthesizer.secondsPerCharacter must be from 0.02 to 1.";
        foreach (var language in Corpora.Targets.All.Where(language => !synthesizer.SecondsPerCharacter.ContainsKey(language.Tag)))
            yield return $"synthesizer.secondsPerCharacter lacks '{language}'.";
        if (player.LeastTempo is < 0.5 or > 1 || player.MostTempo is < 1 or > 2 || player.TempoStep <= 0 || player.TempoEvery < TimeSpan.FromMilliseconds(20))
            yield return "player.leastTempo must be from 0.5 to 1, mostTempo from 1 to 2, tempoStep above 0 and tempoEvery at least 0.02.";
    }

    static IEnumerable<string> Shares(params ReadOnlySpan<(string Name, double Value)> values)
    {
        var flaws = new List<string>();
        foreach (var (name, value) in values)
        {
            if (value is < 0 or > 1)
                flaws.Add($"{name} must be from 0 to 1.");
        }

        return flaws;
    }
}
