using VoiceGrains.Eval.Metrics;

namespace VoiceGrains.Tests.Unit.Eval;

/// <summary>What numbers of one kind say together.</summary>
public sealed class FiguresOfOneKind
{
    [Fact]
    public void A_share_is_the_figure_at_its_rank()
    {
        var figures = new Figures();
        foreach (var figure in Enumerable.Range(1, 20).Reverse())
            figures.Add(figure);

        Assert.Equal([10, 19, 20, 1], new[] { figures.Median, figures.At(0.95), figures.At(1), figures.At(0) });
        Assert.Equal((10.5, 0.2), (figures.Mean, figures.ShareBelow(5)));
    }

    [Fact]
    public void None_have_none()
    {
        var figures = new Figures();

        Assert.Equal([null, null, null], new[] { figures.Median, figures.Mean, figures.ShareBelow(1) });
    }
}
