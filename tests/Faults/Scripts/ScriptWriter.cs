namespace VoiceGrains.Tests.Faults.Scripts;

/// <summary>Writes calls of two to four people in two or three languages; the same seed, the same call.</summary>
/// <param name="talk">How long people talk, about.</param>
sealed class ScriptWriter(Random random, TimeSpan talk)
{
    static readonly string[] Languages = ["en", "es", "fr"];

    // Longer than the pause that ends a segment, so that each sentence is one.
    static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(450);
    static readonly TimeSpan LastSilence = TimeSpan.FromMilliseconds(500);

    readonly Dictionary<string, TimeSpan> _silentFrom = [];
    readonly Dictionary<string, int> _sentences = [];

    public CallScript Write()
    {
        var people = WritePeople();
        var lines = new List<Line>();
        var speaker = random.Next(people.Count);
        for (var at = Milliseconds(200, 700); at < talk; at = Next(lines[^1]))
        {
            lines.Add(WriteLine(people[speaker].Name, at));
            // Now and then somebody goes on after a breath.
            if (random.Next(4) > 0)
                speaker = (speaker + 1 + random.Next(people.Count - 1)) % people.Count;
        }

        return new CallScript(people, lines, lines.Max(static line => line.End) + LastSilence);
    }

    List<Person> WritePeople()
    {
        var count = random.Next(2, 5);
        var first = random.Next(Languages.Length);
        // The second speaks another language than the first; the others any.
        return
        [
            .. Enumerable.Range(0, count).Select(seat => new Person(
                $"p{seat + 1}", Languages[(first + (seat < 2 ? seat : random.Next(Languages.Length))) % Languages.Length])),
        ];
    }

    Line WriteLine(string speaker, TimeSpan at)
    {
        var sentence = _sentences[speaker] = _sentences.GetValueOrDefault(speaker) + 1;
        var count = random.Next(3, 9);
        var words = Enumerable.Range(1, count).Select(word => $"{speaker}s{sentence}w{word}{MarkAfter(word, count)}").ToList();
        var from = _silentFrom.GetValueOrDefault(speaker);
        var line = new Line(speaker, at > from ? at : from, words);
        _silentFrom[speaker] = line.End + Breath;
        return line;
    }

    string MarkAfter(int word, int count) => word == count ? "." : random.Next(4) == 0 ? "," : "";

    // After the last sentence, or while it is still being said.
    TimeSpan Next(Line last) => random.Next(4) == 0 ? last.At + ((last.End - last.At) * random.NextDouble()) : last.End + Milliseconds(300, 900);

    TimeSpan Milliseconds(int from, int to) => TimeSpan.FromMilliseconds(random.Next(from, to));
}
