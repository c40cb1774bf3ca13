using FsCheck.Fluent;
using VoiceGrains.Recognition;

namespace VoiceGrains.Tests.Unit.Interpreting;

/// <summary>What holds of admitted words whatever a recognizer says. A failure prints the seed.</summary>
public sealed class AdmittingAnything
{
    static readonly AdmissionRules[] AllRules = [new(), new(Agreements: 4, RightContext: 2), new(Agreements: 1, RightContext: 0, RiskAgreements: 1)];

    [Fact]
    public void Final_words_are_admitted_admitted_ones_are_steady_and_steady_ones_are_sure() => Always(static (_, now, _) =>
        now.Source is var source && 0 <= source.Final && source.Final <= source.Admitted && source.Admitted <= source.Steady && source.Steady <= source.Sure
        && source.Sure <= source.Words.Length);

    [Fact]
    public void Final_words_never_change() => Always(static (before, now, _) =>
        now.Source.Final >= before.Final && now.Source.Words.Take(before.Final).SequenceEqual(before.Words.Take(before.Final)));

    [Fact]
    public void Admitted_words_never_change_nor_become_fewer_but_by_final_words_or_the_end_and_then_it_is_counted() => Always(static (before, now, isCounted) =>
        isCounted || now.Source.SameAs(before.Words) is var same && same >= before.Admitted && now.Source.Admitted >= before.Admitted);

    [Fact]
    public void What_final_words_do_not_cover_stays_admitted() => Law.Holds(Gen.Choose(0, 1_000_000), static seed => Run(seed, static (before, now, happening) =>
        happening.What[0] != '<' || happening.What == "<>" || now.Source.Admitted - now.Source.Final >= HeldBehind(before, now.Source)));

    [Fact]
    public void No_number_negation_or_name_is_admitted_that_is_not_final() => Always(static (_, now, _) =>
        now.Source.Words[now.Source.Final..now.Source.Admitted].All(static word => word.Class != WordClass.Risky));

    [Fact]
    public void Only_a_number_a_negation_or_a_name_waits_for_final_words() => Always(static (_, now, _) =>
        !now.WaitsForFinal || now.Source.Words[now.Source.Admitted].Class == WordClass.Risky);

    [Fact]
    public void At_the_end_all_words_are_final() => Always(static (_, now, _) =>
        !now.Source.IsOver || (now.Source.Final == now.Source.Words.Length && !now.HasTail && !now.WaitsForFinal));

    [Fact]
    public void A_pause_is_silence() => Always(static (_, now, _) => !now.Source.IsPaused || (now.Source.IsSilent && now.Source.Words.Length > 0));

    [Fact]
    public void Random_speech_has_everything_in_it_that_these_laws_are_about()
    {
        var (contradictions, held, waits, dropped) = (0, 0, 0, 0);
        for (var seed = 0; seed < 200; seed++)
        {
            Run(seed, (before, now, happening) =>
            {
                held += now.Source.Admitted > now.Source.Final ? 1 : 0;
                waits += now.WaitsForFinal ? 1 : 0;
                dropped += happening.What == "end" && before.Words.Length > now.Source.Words.Length ? 1 : 0;
                contradictions += happening.What[0] == '<' && now.Source.SameAs(before.Words) < before.Admitted ? 1 : 0;
                return true;
            });
        }

        Assert.All(new[] { contradictions, held, waits, dropped }, static count => Assert.True(count > 20));
    }

    static int HeldBehind(SourceText before, SourceText now)
    {
        var until = now.Words[now.Final - 1].Word.End;
        return before.Words[before.Final..before.Admitted].Count(word => word.Word.Start + ((word.Word.End - word.Word.Start) / 2) > until);
    }

    static void Always(Func<SourceText, Admission, bool, bool> law) => Law.Holds(Gen.Choose(0, 1_000_000), seed =>
    {
        var contradictions = 0;
        return Run(seed, (before, now, _) =>
        {
            var isCounted = now.Contradictions > contradictions;
            contradictions = now.Contradictions;
            return law(before, now, isCounted);
        });
    });

    static bool Run(int seed, Func<SourceText, Admission, Happening, bool> law)
    {
        var admission = new Admission(Heard.English, AllRules[seed % AllRules.Length]);
        foreach (var happening in RandomSpeech.Of(seed))
        {
            var before = admission.Source;
            happening.Tell(admission);
            if (!law(before, admission, happening))
                return false;
        }

        return admission.Source.IsOver;
    }
}
