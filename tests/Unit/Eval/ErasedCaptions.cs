using VoiceGrains.Eval.Metrics;

namespace VoiceGrains.Tests.Unit.Eval;

/// <summary>How much of captions was taken back.</summary>
public sealed class ErasedCaptions
{
    [Fact]
    public void A_list_that_goes_on_after_the_other_has_all_of_it_in_common() => Assert.Equal(2, Erasure.CommonPrefix(["a", "b"], ["a", "b", "c"]));

    [Fact]
    public void A_caption_that_only_grows_erases_nothing()
    {
        var erasure = new Erasure();

        erasure.Revise([], ["so"]);
        erasure.Revise(["so"], ["so", "it", "is"]);
        erasure.Finish(["so", "it", "is"]);

        Assert.Equal(0, erasure.Normalized);
    }

    [Fact]
    public void What_vanishes_counts_against_what_stays_in_the_end()
    {
        var erasure = new Erasure();

        erasure.Revise(["so", "it", "is"], ["so", "was", "it", "then"]); // "it is" was erased
        erasure.Finish(["so", "was", "it", "then"]);

        Assert.Equal(0.5, erasure.Normalized);
    }

    [Fact]
    public void Nothing_shown_is_nothing_measured() => Assert.Null(new Erasure().Normalized);
}
