using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.AI;
using VoiceGrains.Engines;

namespace VoiceGrains.Silo.Engines.Chat;

/// <summary>What every prompt tells beside the words to translate, and the form in which it is written: instructions, then one JSON object.</summary>
static class PromptContext
{
    /// <summary>Dialogue beyond this many lines, the oldest first, is not sent: it costs time and helps no more.</summary>
    public const int MostDialogue = 12;

    /// <summary>Terms beyond this many are not sent, except that those which occur in the text go first.</summary>
    public const int MostTerms = 100;

    // Only what JSON itself needs is escaped: \u0027 for each apostrophe would cost tokens and quality.
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>The messages of one request. Fields that are null are left out.</summary>
    public static IReadOnlyList<ChatMessage> Messages<T>(string instructions, T utterance) =>
        [new(ChatRole.System, instructions), new(ChatRole.User, JsonSerializer.Serialize(utterance, Json))];

    public static string? NameOf(Formality formality) => formality switch
    {
        Formality.Formal => "formal",
        Formality.Informal => "informal",
        _ => null,
    };

    public static IEnumerable<GlossaryTerm>? TermsFor(string text, ImmutableArray<GlossaryTerm> terms) => terms.IsDefaultOrEmpty ? null
        : terms.Length <= MostTerms ? terms
        : terms.OrderByDescending(term => text.Contains(term.Source, StringComparison.OrdinalIgnoreCase)).Take(MostTerms);

    public static IEnumerable<DialogueLine>? NewestOf(ImmutableArray<DialogueLine> dialogue) => dialogue.IsDefaultOrEmpty ? null : dialogue.TakeLast(MostDialogue);

    public static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
