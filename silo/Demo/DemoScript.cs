namespace VoiceGrains.Silo.Demo;

/// <summary>One line of the demo's dialogue.</summary>
sealed record DemoLine(Language Language, string Text);

/// <summary>The dialogue, from <c>phrasebooks/demo.txt</c>: a language tag, a space and a sentence of the phrasebooks on each line.</summary>
static class DemoScript
{
    public static IReadOnlyList<DemoLine> Read(string file) =>
    [
        .. File.ReadLines(file)
            .Where(static line => line.Length > 0 && !line.StartsWith('#'))
            .Select(static line => line.Split(' ', 2, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .Select(static parts => new DemoLine(Language.Parse(parts[0]), parts[1])),
    ];
}
