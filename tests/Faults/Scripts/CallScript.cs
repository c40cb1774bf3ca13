namespace VoiceGrains.Tests.Faults.Scripts;

/// <summary>Somebody in a scripted call.</summary>
sealed record Person(string Name, string Language);

/// <summary>A sentence that somebody says. Its words are unique within the call, so that whatever is read or heard can be attributed exactly.</summary>
/// <param name="At">When its first sound is spoken, from the beginning of the call.</param>
sealed record Line(string Speaker, TimeSpan At, IReadOnlyList<string> Words)
{
    /// <summary>How long a spoken word is.</summary>
    public static readonly TimeSpan WordLength = TimeSpan.FromMilliseconds(250);

    public TimeSpan End => At + (WordLength * Words.Count);

    public string Text => string.Join(' ', Words);

    /// <summary>When the last sound of a word, counted from 0, is spoken.</summary>
    public TimeSpan EndOf(int word) => At + (WordLength * (word + 1));
}

/// <summary>Who says what, when, in which language.</summary>
/// <param name="Length">Until the last sentence and the silence after it are over.</param>
sealed record CallScript(IReadOnlyList<Person> People, IReadOnlyList<Line> Lines, TimeSpan Length)
{
    public IEnumerable<Line> LinesOf(string speaker) => Lines.Where(line => line.Speaker == speaker);

    public string LanguageOf(string person) => People.First(each => each.Name == person).Language;
}
