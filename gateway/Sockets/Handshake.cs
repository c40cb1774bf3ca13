using System.Diagnostics.CodeAnalysis;
using VoiceGrains.Audio;
using VoiceGrains.Calls;
using VoiceGrains.Gateway.Links;
using VoiceGrains.Gateway.Tickets;
using VoiceGrains.Protocol;
using VoiceGrains.Voices;

namespace VoiceGrains.Gateway.Sockets;

/// <summary>What a client asked for in its hello, checked.</summary>
/// <param name="Checkpoint">Sealed; null: none.</param>
/// <param name="Listening">What it has of the speakers already.</param>
sealed record Greeting(string Name, Language Language, Wants Wants, string Voice, AudioFormat In, AudioFormat Out, string? Checkpoint, Listening Listening);

/// <summary>Checks hellos.</summary>
static class Handshake
{
    static readonly Dictionary<string, Wants> WantNames = new()
    {
        ["captions"] = Wants.Captions,
        ["speech"] = Wants.Speech,
        ["original"] = Wants.Original,
        ["original-captions"] = Wants.OriginalCaptions,
    };

    /// <summary>Checks a hello against the ticket. Either the greeting is set, or code and message of the mistake.</summary>
    public static bool TryRead(Hello hello, Ticket ticket, TimeProvider time, [NotNullWhen(true)] out Greeting? greeting, out (string Code, string Message) mistake)
    {
        greeting = null;
        mistake = default;
        var language = ticket.Language;
        if (hello.Language is not null && !Language.TryParse(hello.Language, out language))
            mistake = ("bad-language", "'language' is no language tag. Use BCP 47, for example en, pt-BR or zh-Hant.");
        else if (!TryReadWants(hello.Wants, out var wants))
            mistake = ("bad-wants", $"'wants' may hold: {string.Join(", ", WantNames.Keys)}.");
        else if (!TryReadFormat(hello.AudioIn, out var audioIn) || !TryReadFormat(hello.AudioOut, out var audioOut))
            mistake = ("bad-audio-format", $"'audioIn' and 'audioOut' may be: {string.Join(", ", AudioFormat.All.Select(static format => format.Name))}.");
        else if (!AudioConverter.CanConvert(audioIn, AudioFormat.Cluster) || !AudioConverter.CanConvert(AudioFormat.Cluster, audioOut))
            mistake = ("audio-format-unavailable", "This gateway can't convert sample rates: libspeexdsp1 is not installed. Use pcm16.");
        else if (VoiceMistake(hello.Voice ?? ticket.Voice ?? StockVoices.Usual, ticket) is { } wrong)
            mistake = wrong;
        else if (NameMistake(hello.Name, ticket) is { } refused)
            mistake = refused;
        else if (!HeardBefore.TryRead(hello.Heard, time, out var listening))
            mistake = ("bad-heard", $"'heard' has up to {ConnectionLimits.MostHeardSpeakers} speakers with up to {ConnectionLimits.MostHeardEntries} finals and clauses each. See docs/protocol.md.");
        else
            greeting = new Greeting(hello.Name is { } name ? PlainText.OneLine(name) : ticket.Name, language, wants, hello.Voice ?? ticket.Voice ?? StockVoices.Usual, audioIn, audioOut, hello.Checkpoint, listening);
        return greeting is not null;
    }

    /// <summary>Reads the names of wants; null stands for captions and speech.</summary>
    public static bool TryReadWants(IReadOnlyList<string>? names, out Wants wants)
    {
        wants = names is null ? Wants.Captions | Wants.Speech : Wants.None;
        foreach (var name in names ?? [])
        {
            // Readers of JSON let null pass within lists.
            if (name is null || !WantNames.TryGetValue(name, out var want))
                return false;
            wants |= want;
        }

        return true;
    }

    static (string Code, string Message)? VoiceMistake(string voice, Ticket ticket)
    {
        if (!VoiceName.TryParse(voice, out var name)
            || (name.Effect is not null && !VoiceEffect.Names.Contains(name.Effect))
            || (name.IsStock && !StockVoices.Names.Contains(name.Profile)))
        {
            return ("bad-voice", $"'voice' is one of {string.Join(", ", StockVoices.Names)} or the voice of the ticket, perhaps with one of "
                + $"+{string.Join(", +", VoiceEffect.Names)} behind it.");
        }

        return name.IsStock || name.Profile == ticket.Voice ? null
            : ("voice-not-yours", "The ticket does not let you use this voice. Ask for one with 'voice', and 'person' whose voice it is.");
    }

    static (string Code, string Message)? NameMistake(string? name, Ticket ticket)
    {
        if (name is null || PlainText.OneLine(name) == ticket.Name)
            return null;
        if (!ticket.MayChooseName)
            return ("name-not-yours", "The ticket does not let you choose your name. Ask for one with 'chooseName'.");
        return PlainText.IsName(PlainText.OneLine(name)) ? null : ("bad-name", PlainText.NameRule);
    }

    static bool TryReadFormat(string? name, [NotNullWhen(true)] out AudioFormat? format)
    {
        format = AudioFormat.Cluster;
        return name is null || AudioFormat.TryParse(name, out format);
    }
}
