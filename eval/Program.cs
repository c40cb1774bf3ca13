using System.Diagnostics;
using System.Globalization;
using System.Text;
using VoiceGrains.Eval;
using VoiceGrains.Eval.Policies;
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
    var table = new Table(Console.Out, arguments.AsMarkdown);
    using var evaluation = new Evaluation(profile);
    var rows = Run(evaluation, arguments.Policies, ran => table.Print(ran, withGoals: arguments is { Profile: null, Utterances: null }));
    if (arguments.WithFrontier)
    {
        using var frontier = new Evaluation(profile);
        rows.AddRange(Run(frontier, Frontier.AllPolicies, ran => Frontier.All.ForEach(block =>
            table.PrintTrade(block.Title, block.Policies.SelectMany(policy => ran.Where(row => row.Policy == policy.Name))))));
    }

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

static List<Row> Run(Evaluation evaluation, IEnumerable<NamedPolicy> policies, Action<List<Row>> print)
{
    var watch = Stopwatch.StartNew();
    var rows = evaluation.Run(policies);
    print(rows);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"\n{rows[0].Score.Utterances} utterances, seed {rows[0].Seed}, hash {evaluation.Hash}, {watch.Elapsed.TotalSeconds:0.0} s"));
    return rows;
}
