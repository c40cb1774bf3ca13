using FsCheck.Fluent;
using VoiceGrains.Silo.Engines.PocketSphinx;

namespace VoiceGrains.Tests.Unit.Engines;

/// <summary>Sounds of any language in the phones of the English model.</summary>
public sealed class PhonesOfSounds
{
    [Theory]
    [InlineData("h_ə_l_ˈoʊ", "HH AH L OW")]
    [InlineData("tʃ_ˈi_k_o", "CH IY K OW")]
    [InlineData("ɡ_ˈu_t_ə_n", "G UW T AH N")]
    [InlineData("m_ˌɛ_t_s_ə", "M EH T S AH")]
    [InlineData("k_ˈa_n_ɲ_o", "K AA N Y OW")]
    public void The_usual_way_to_say_a_word_comes_first(string ipa, string expected) => Assert.Equal(expected, Phonemes.Ways(ipa)[0].Replace("N N", "N", StringComparison.Ordinal));

    [Fact]
    public void Sounds_between_two_English_ones_have_several_ways()
    {
        Assert.Equal(["P EH R OW", "P EH R AO"], Phonemes.Ways("p_ˈɛ_r_o").Where(static way => way.StartsWith("P EH R ", StringComparison.Ordinal)));
        Assert.InRange(Phonemes.Ways("a_e_o_ø_y").Count, 2, 4);
    }

    [Fact]
    public void Nasal_vowels_are_a_vowel_and_an_n_or_the_vowel_alone() => Assert.Equal(["B OW N", "B OW"], Phonemes.Ways("b_ɔ̃"));

    [Fact]
    public void Doubled_sounds_are_one() => Assert.Equal("B EH L AA", Phonemes.Ways("b_ˈɛ_l_l_a")[0]);

    [Fact]
    public void Words_of_another_language_lose_the_marks_around_them() => Assert.Equal("W IY K EH N D", Phonemes.Ways("(en)w_ˈiː_k_ɛ_n_d(es)")[0]);

    [Theory]
    [InlineData("")]
    [InlineData("ˈ_ˌ_.")]
    [InlineData("ʔ")]
    [InlineData("(en)")]
    [InlineData(")(")]
    [InlineData("好")]
    public void There_is_always_some_way_to_say_it(string ipa) => Assert.Equal(["AH"], Phonemes.Ways(ipa));

    [Fact]
    public void Whatever_is_given_becomes_one_to_four_ways_of_known_phones()
    {
        var sounds = Gen.Elements("a", "ɛ̃", "tʃ", "_", "ˈ", "(", ")", "x", "q", "好", "ɔʏ", " ").ArrayOf().Select(static parts => string.Concat(parts));

        Law.Holds(Gen.OneOf(sounds, Any.Text), static ipa =>
        {
            var ways = Phonemes.Ways(ipa);
            return ways.Count is >= 1 and <= 4 && ways.Distinct().Count() == ways.Count
                && ways.All(static way => way.Split(' ').All(static phone => phone.Length is 1 or 2 && phone.All(char.IsAsciiLetterUpper)));
        });
    }
}
