namespace VoiceGrains.Silo.Engines.PocketSphinx;

/// <summary>Settings of the offline recognizer, section <c>Engines:PocketSphinx</c>.</summary>
sealed class PocketSphinxOptions
{
    /// <summary>Folder of the acoustic model (package pocketsphinx-en-us).</summary>
    public string AcousticModel { get; set; } = "/usr/share/pocketsphinx/model/en-us/en-us";

    /// <summary>The English dictionary of the same package.</summary>
    public string EnglishDictionary { get; set; } = "/usr/share/pocketsphinx/model/en-us/cmudict-en-us.dict";

    /// <summary>Folder with the dictionaries of this product. Default: beside the phrasebooks.</summary>
    public string Dictionaries { get; set; } = "phrasebooks/dictionaries";

    /// <summary>Language subtags that sentences may be recognized in, with commas between. Default: en, es, fr, de, it, pt, ru.</summary>
    public string Languages { get; set; } = "en, es, fr, de, it, pt, ru";

    /// <summary>English without a grammar: any words, many of them wrong. Default: no.</summary>
    public bool OpenVocabulary { get; set; }

    /// <summary>Decoders at a time over all languages, about 15 MB each (100 MB with open vocabulary). Default: 8 a core.</summary>
    public int Decoders { get; set; } = 8 * Environment.ProcessorCount;

    /// <summary>Silence after a whole sentence that ends it. Default: 250 ms.</summary>
    public TimeSpan EndPause { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Silence within a sentence that is waited for, before it counts as not understood. Default: 900 ms.</summary>
    public TimeSpan LongPause { get; set; } = TimeSpan.FromMilliseconds(900);

    /// <summary>Speech that is longer ends at the next short pause: sentences of phrasebooks are shorter. Default: 8 s.</summary>
    public TimeSpan LongestSentence { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>A segment is cut at this length. Default: 15 s.</summary>
    public TimeSpan LongestSegment { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>English guesses with a lower score per frame, after a deduction for an uneven tempo, are rejected. What that loses and takes: <see cref="Tempo"/>. Default: -51.</summary>
    public double WorstEnglishScore { get; set; } = -51;

    /// <summary>The same for other languages, whose sounds fit the model less well. Default: -56.</summary>
    public double WorstScore { get; set; } = -56;
}
