using VoiceGrains.Silo.Engines.Vendors;

namespace VoiceGrains.Silo.Engines.Chat;

/// <summary>How a chat model translates.</summary>
/// <param name="Model">The vendor's name for the model.</param>
/// <param name="MostTokens">No answer is longer.</param>
/// <param name="Deadlines">Of a translation.</param>
/// <param name="DraftLimit">Of a draft: until its end while the sentence goes on, until its first text when the words are whole.</param>
sealed record ChatSettings(string Model, int MostTokens, VendorDeadlines Deadlines, TimeSpan DraftLimit)
{
    /// <summary>
    /// The same for a draft. While people speak a late draft is worth nothing, because the next one is being asked for. That of whole words may be long, and
    /// nothing comes after it.
    /// </summary>
    public ChatSettings ForDraft(bool isWhole) => this with
    {
        Deadlines = new VendorDeadlines { First = DraftLimit, Between = Deadlines.Between, Whole = isWhole ? Deadlines.Whole : DraftLimit },
    };
}
