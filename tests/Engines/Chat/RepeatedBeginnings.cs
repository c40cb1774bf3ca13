using VoiceGrains.Engines;
using VoiceGrains.Silo.Engines.Chat;

namespace VoiceGrains.Tests.Engines.Chat;

/// <summary>Models that say again what they were to continue.</summary>
public sealed class RepeatedBeginnings
{
    const string Begun = "la reunión de hoy, por fin,";

    [Theory]
    [InlineData("la reunión de hoy, por fin,/se aplaza", "se aplaza")]
    [InlineData("la/reunión/de hoy,/por fin,/se aplaza/al lunes", "se aplaza/al lunes")]
    [InlineData("la reunión de hoy,/por fin, se aplaza/al lunes", "se aplaza/al lunes")]
    [InlineData("la  reunión de  hoy, por fin,", "")]
    public void All_of_it_from_its_beginning_is_taken_away(string answer, string left) => Assert.Equal(left, Left(Begun, answer));

    [Theory]
    [InlineData("se aplaza/al lunes")]
    [InlineData("la reunión/se aplaza")]
    [InlineData("la/reunión de hoy,/por")]
    [InlineData("la reunión de hoy, por fin,alizada")]
    [InlineData("por fin,/se aplaza")]
    public void Less_of_it_is_speech(string answer) => Assert.Equal(answer, Left(Begun, answer));

    [Theory]
    [InlineData("no, no,", "no, no,/no sé")]
    [InlineData("", "hola/amigo")]
    public void What_people_may_well_say_twice_stays(string begun, string answer) => Assert.Equal(answer, Left(begun, answer));

    [Fact]
    public void It_is_taken_away_where_words_have_no_spaces_too() => Assert.Equal("推迟到下周一", Left("今天的会议因为天气原因终于要", "今天的会议/因为天气原因终于要/推迟到下周一"));

    [Fact]
    public void A_piece_waits_only_while_it_may_be_a_repetition()
    {
        var repeated = new RepeatedBeginning(Begun);

        Assert.Empty(repeated.Take(new(1, "la")));
        Assert.Equal([new(1, "la"), new(2, "casa")], repeated.Take(new(2, "casa")));
        Assert.Equal([new(3, "la")], repeated.Take(new(3, "la")));
    }

    [Fact]
    public async Task A_draft_that_ends_within_what_may_be_a_repetition_is_told() => Assert.Equal(
        [new(1, "zebra quagga")], await new PacedModel(TimeSpan.Zero, "1|zebra", " quagga").Draft(ChatAtWork.Heard("zebra quagga", begun: "zebra quagga okapi")));

    static string Left(string begun, string answer)
    {
        var repeated = new RepeatedBeginning(begun);
        IEnumerable<DraftFragment> left = [.. answer.Split('/').SelectMany((text, at) => repeated.Take(new DraftFragment(at + 1, text))), .. repeated.End()];
        return string.Join('/', left.Select(static fragment => fragment.Text));
    }
}
