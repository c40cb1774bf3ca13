using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using VoiceGrains.Eval.Corpora;

namespace VoiceGrains.Eval.Reports;

/// <summary>
/// The run as SimulEval writes its <c>instances.log</c>, one JSON object in a line, so that SimulEval's scorers and OmniSTEval can score it again. Delays and lengths
/// are in milliseconds. The field <c>run</c> is ours; readers ignore it.
/// </summary>
sealed class Instances
{
    static readonly JsonSerializerOptions Format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    readonly StringBuilder _lines = new();
    int _count;

    public string Text => _lines.ToString();

    public void Add(string policy, Language to, int talk, IEnumerable<UtteranceScore> utterances)
    {
        foreach (var score in utterances)
        {
            var words = score.Utterance.Words;
            _lines.Append(new JsonObject
            {
                ["index"] = _count++,
                ["prediction"] = score.Prediction,
                ["delays"] = Numbers(score.Known),
                ["elapsed"] = Numbers(score.Elapsed),
                ["prediction_length"] = score.Delays.Length,
                ["reference"] = score.Reference,
                ["source"] = new JsonArray([.. words.Select(static word => (JsonNode)(word.Text + word.Mark))]),
                ["source_length"] = Rounded(score.Source),
                ["run"] = new JsonObject { ["policy"] = policy, ["language"] = to.Tag, ["talk"] = talk, ["utterance"] = score.Utterance.Number, ["unit"] = Writing.HasSpaces(to) ? "word" : "char" },
            }.ToJsonString(Format)).Append('\n');
        }
    }

    static JsonArray Numbers(IEnumerable<double> numbers) => new([.. numbers.Select(static number => (JsonNode)Rounded(number))]);

    static double Rounded(double number) => Math.Round(number, 3);
}
