using System.Collections.Immutable;
using VoiceGrains.Engines;

namespace VoiceGrains.Context;

/// <summary>Something that was said, before it becomes a line of dialogue.</summary>
sealed record Said(ParticipantId Speaker, DateTimeOffset At, string Text);

/// <summary>The last things that were said, as engines take them: few and short, because each translation pays for them.</summary>
static class Dialogue
{
    public const int MostLines = 6;
    public const int MostCharacters = 600;

    // Less than this of a sentence explains nothing.
    const int ShortestPart = 40;
    const int LongestWord = 30;
    const string Cut = "… ";

    /// <summary>The newest of it, oldest first. Speakers are told apart by numbers: their ids may be names.</summary>
    public static ImmutableArray<DialogueLine> Of(IEnumerable<Said> said)
    {
        var newest = new List<Said>();
        var room = MostCharacters;
        foreach (var each in said.Where(static each => each.Text.Length > 0).OrderBy(static each => each.At).TakeLast(MostLines).Reverse())
        {
            var kept = EndOf(each.Text, room);
            if (kept.Length == 0)
                break;
            newest.Add(each with { Text = kept });
            room -= kept.Length;
        }

        newest.Reverse();
        var speakers = newest.Select(static each => each.Speaker).Distinct().ToList();
        return [.. newest.Select(each => new DialogueLine($"S{speakers.IndexOf(each.Speaker) + 1}", each.Text))];
    }

    static string EndOf(string text, int room)
    {
        if (text.Length <= room)
            return text;
        if (room < ShortestPart)
            return "";
        var start = text.Length - room + Cut.Length;
        // In scripts without spaces it is cut between characters.
        if (text.IndexOf(' ', start, LongestWord - Cut.Length) is >= 0 and var blank)
            start = blank + 1;
        else if (char.IsLowSurrogate(text[start]))
            start++;
        return Cut + text[start..];
    }
}
