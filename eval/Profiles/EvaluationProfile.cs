namespace VoiceGrains.Eval.Profiles;

/// <summary>The world in which policies are compared: who talks how, and how good and fast engines are. docs/evaluation.md explains each figure.</summary>
sealed record EvaluationProfile
{
    /// <summary>Everything random follows from it.</summary>
    public required long Seed { get; init; }

    public required CorpusProfile Corpus { get; init; }

    public required RecognizerProfile Recognizer { get; init; }

    public required TranslatorProfile Translator { get; init; }

    public required SynthesizerProfile Synthesizer { get; init; }

    public required PlayerProfile Player { get; init; }
}

/// <summary>What is said, and how fast.</summary>
sealed record CorpusProfile
{
    public required int Utterances { get; init; }

    /// <summary>Utterances of one to four words.</summary>
    public required double ShortAnswerShare { get; init; }

    /// <summary>Utterances that follow each other in a monologue; what is left over are single sentences.</summary>
    public required double MonologueShare { get; init; }

    public required int SentencesOfMonologue { get; init; }

    public required int LeastWords { get; init; }

    public required int MostWords { get; init; }

    /// <summary>How long the one monologue is that shows whether lag grows.</summary>
    public required TimeSpan LongMonologue { get; init; }

    public required double SyllablesPerSecond { get; init; }

    public required double SyllableJitter { get; init; }

    /// <summary>A pause inside of a sentence, too short for the recognizer to end the turn.</summary>
    public required TimeSpan LeastMicroPause { get; init; }

    public required TimeSpan MostMicroPause { get; init; }

    /// <summary>Micro-pauses where no comma is, between phrases.</summary>
    public required double HesitationChance { get; init; }

    public required TimeSpan LeastSentencePause { get; init; }

    public required TimeSpan MostSentencePause { get; init; }

    /// <summary>How often an adverbial stands inside of the German verb bracket, and before the Japanese verb.</summary>
    public required double VerbFinalChance { get; init; }
}

/// <summary>How words are recognized.</summary>
sealed record RecognizerProfile
{
    /// <summary>How much audio lies between two interims.</summary>
    public required TimeSpan Cadence { get; init; }

    /// <summary>From audio to its event, the way to the recognizer included.</summary>
    public required TimeSpan Latency { get; init; }

    public required TimeSpan Jitter { get; init; }

    /// <summary>A word shows when it ended this long before the edge.</summary>
    public required TimeSpan HiddenEdge { get; init; }

    /// <summary>Chance that a word turns wrong in an update, by its distance from the edge in words.</summary>
    public required double[] EdgeErrors { get; init; }

    /// <summary>Chance that a wrong word is still wrong in the next update.</summary>
    public required double Stickiness { get; init; }

    /// <summary>The pause that makes words final and ends the turn.</summary>
    public required TimeSpan Endpoint { get; init; }

    /// <summary>Words are final after this much speech, without any pause.</summary>
    public required TimeSpan LongestSpan { get; init; }

    /// <summary>From the microphone to whoever looks for pauses.</summary>
    public required TimeSpan Uplink { get; init; }

    public required TimeSpan PauseNoticedAfter { get; init; }

    /// <summary>Voice activity reports speech after a pause so long after its beginning.</summary>
    public required TimeSpan SpeechNoticedAfter { get; init; }

    /// <summary>Share of requests to finish that are answered with no words.</summary>
    public required double EmptyFinish { get; init; }

    /// <summary>Share of requests to finish that are not answered at all.</summary>
    public required double UnansweredFinish { get; init; }
}

/// <summary>How text is translated.</summary>
sealed record TranslatorProfile
{
    public required TimeSpan Latency { get; init; }

    public required TimeSpan Jitter { get; init; }

    /// <summary>A call without an answer is given up after this time.</summary>
    public required TimeSpan Limit { get; init; }

    public required double Timeouts { get; init; }

    /// <summary>Share of fragments that say they need fewer source words than they do.</summary>
    public required double TooLowTags { get; init; }

    /// <summary>Share of continuations that begin with a word that was committed already.</summary>
    public required double Repeats { get; init; }

    /// <summary>Share of units that tempt the translator: while they are not whole, it says what it has of them instead of holding back what is not certain.</summary>
    public required double PrematureWords { get; init; }
}

/// <summary>How text is spoken.</summary>
sealed record SynthesizerProfile
{
    public required TimeSpan Latency { get; init; }

    /// <summary>The same for text that was prepared.</summary>
    public required TimeSpan PreparedLatency { get; init; }

    public required TimeSpan Jitter { get; init; }

    /// <summary>By language.</summary>
    public required Dictionary<string, double> SecondsPerCharacter { get; init; }

    /// <summary>Silence after a comma or full stop.</summary>
    public required TimeSpan ClausePause { get; init; }
}

/// <summary>How speech is played to the listener.</summary>
sealed record PlayerProfile
{
    public required TimeSpan Downlink { get; init; }

    /// <summary>How often the tempo may change.</summary>
    public required TimeSpan TempoEvery { get; init; }

    /// <summary>By how much it may change.</summary>
    public required double TempoStep { get; init; }

    public required double LeastTempo { get; init; }

    public required double MostTempo { get; init; }
}
