using System.Diagnostics;
using System.Globalization;
using System.Text;
using VoiceGrains.Eval;
using VoiceGrains.Eval.Corpora;
using VoiceGrains.Eval.Profiles;
using VoiceGrains.Eval.Reports;

// ./voicegrains eval: compares policies of simultaneous translation in virtual time.
if (args is ["--help" or "-h", ..])
{
    Console.WriteLine(EvalArguments.Usage);
    return 0;
}

try
{
    var arguments = EvalArguments.Read(args);
    var profile = arguments.Profile is { } file ? ProfileFile.Read(file) : ProfileFile.Shipped();
    profile = profile with
    {
        Seed = arguments.Seed ?? profile.Seed,
        Corpus = profile.Corpus with { Utterances = arguments.Utterances ?? profile.Corpus.Utterances },
    };
    var watch = Stopwatch.StartNew();
    using var evaluation = new Evaluation(profile);
    var rows = arguments.Policies.SelectMany(policy => Targets.All.Select(to => evaluation.Run(policy, to))).ToList();
    Table.Print(rows, Console.Out);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{rows[0].Score.Utterances} utterances, seed {profile.Seed}, hash {evaluation.Hash}, {watch.Elapsed.TotalSeconds:0.0} s"));
    if (arguments.Json is not null)
        await File.WriteAllTextAsync(arguments.Json, Row.ToJson(rows));
    if (arguments.Instances is not null)
        await File.WriteAllTextAsync(arguments.Instances, evaluation.Instances.Text, new UTF8Encoding(false));
    if (rows.All(static row => row.IsClean))
        return 0;
    Console.WriteLine("Committed or spoken words were taken back, are missing, or stand in no draft.");
    return 1;
}
catch (FormatException error)
{
    Console.Error.WriteLine($"{error.Message}\n\n{EvalArguments.Usage}");
    return 2;
}
catch (IOException error)
{
    Console.Error.WriteLine(error.Message);
    return 2;
}
