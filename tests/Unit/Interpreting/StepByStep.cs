using VoiceGrains.Lanes;
using VoiceGrains.Recognition;

namespace VoiceGrains.Tests.Unit.Interpreting;

/// <summary>One turn, led step by step.</summary>
public abstract class StepByStep
{
    // Every word is a breath, so that only the gate decides.
    private protected static readonly InterpretingRules Rules = new(new AdmissionRules())
    {
        LeastLetters = 1,
        FirstWords = 2,
        Cooldown = Heard.At(0.7),
        StaleCooldown = Heard.At(0.5),
    };

    private protected Interpretation _turn = new(Heard.Swedish, Rules);
    private protected TimeSpan _now = Heard.At(1);

    private protected void Draft(string heard, string answer, double after = 0)
    {
        _turn.See(Heard.Text(heard));
        Assert.NotNull(AskLater(after));
        Answer(answer);
    }

    private protected DraftOrder? Ask() => _turn.Ask(_now, default);

    private protected DraftOrder? AskLater(double seconds)
    {
        _now += Heard.At(seconds);
        return Ask();
    }

    private protected void Answer(string pieces) => _turn.Take(Heard.Pieces(pieces));

    private protected List<string> Committed()
    {
        var clauses = new List<string>();
        while (_turn.Next(_now, default) is { } clause)
            clauses.Add(clause);
        return clauses;
    }

    private protected static string TextOf(DraftOrder order) => string.Join(' ', order.Source.Words.Select(static word => word.Plain));
}
