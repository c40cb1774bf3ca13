using System.Globalization;

namespace VoiceGrains.Client;

/// <summary>What <c>./voicegrains call</c> was asked to do.</summary>
sealed record CallArguments(string In, string From, string To, string? Out, string? Json, Uri Server, string ApiKey, double Speed)
{
    public const string Usage = """
        Usage: ./voicegrains call --in SPEECH.wav --from LANGUAGE --to LANGUAGE [--out HEARD.wav] [--json FILE] [--url URL] [--key KEY]
          Streams the recording into a new call in real time, prints captions and translation as they grow, and the latency of each stage.
          --in FILE    WAV: mono, 16 bit, 8, 16, 24 or 48 kHz
          --from, --to languages, for example en and es
          --out FILE   writes what the listener heard
          --json FILE  writes an array with a row for each segment
          --url URL    server; default: the one that runs here, else one is started for this call
          --key KEY    api key; default: that of ./voicegrains up
        """;

    /// <summary>Reads the command line. Throws <see cref="FormatException"/> with what is wrong.</summary>
    public static CallArguments Read(string[] arguments)
    {
        var given = new Dictionary<string, string>();
        for (var i = 0; i < arguments.Length; i += 2)
        {
            if (arguments[i] is not ("--in" or "--from" or "--to" or "--out" or "--json" or "--url" or "--key" or "--speed"))
                throw new FormatException($"'{arguments[i]}' is no option of call.");
            if (i + 1 == arguments.Length)
                throw new FormatException($"{arguments[i]} needs a value.");
            given[arguments[i]] = arguments[i + 1];
        }

        if (!Uri.TryCreate(Optional("--url") ?? Environment.GetEnvironmentVariable("VOICEGRAINS_URL") ?? "http://127.0.0.1:8080", UriKind.Absolute, out var server))
            throw new FormatException("--url is no URL. Example: http://127.0.0.1:8080");
        if (!double.TryParse(Optional("--speed") ?? "1", CultureInfo.InvariantCulture, out var speed) || speed is not (>= 0.5 and <= 4))
            throw new FormatException("--speed must be from 0.5 to 4.");
        return new CallArguments(
            Needed("--in"),
            Needed("--from"),
            Needed("--to"),
            Optional("--out"),
            Optional("--json"),
            server,
            Optional("--key") ?? Environment.GetEnvironmentVariable("VOICEGRAINS_KEY") ?? "",
            speed);

        string? Optional(string name) => given.GetValueOrDefault(name);
        string Needed(string name) => Optional(name) ?? throw new FormatException($"{name} is missing.");
    }
}
