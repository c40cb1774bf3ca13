using VoiceGrains.Context;

namespace VoiceGrains.Tests.Unit.Context;

/// <summary>A term is found as people say it, in languages with and without spaces.</summary>
public sealed class TermsInText
{
    [Theory]
    [InlineData("cluster", "The Cluster is full.")]
    [InlineData("cluster", "two clusters of grains")]
    [InlineData("clúster", "LOS CLÚSTERES")]
    [InlineData("load balancer", "our load balancer, again")]
    [InlineData("AI", "is it an AI?")]
    [InlineData("AI", "we said it: AI")]
    [InlineData("API", "l'API est là")]
    [InlineData("C++", "written in C++.")]
    [InlineData("東京", "私は東京へ行きます")]
    [InlineData("cluster", "このclusterは")]
    [InlineData("東京", "CPU東京")]
    [InlineData("โรงแรม", "ฉันอยู่ที่โรงแรม")]
    [InlineData("خادم", "هذا الخادم بطيء")]
    [InlineData("서버", "이 서버는 느려요")]
    [InlineData("𠮷野家", "昨日𠮷野家で")]
    public void What_is_said_is_found(string term, string text) => Assert.True(TermSearch.Occurs(term, text));

    [Theory]
    [InlineData("cluster", "Nothing of the kind.")]
    [InlineData("cluster", "")]
    [InlineData("AI", "we said it rains again")]
    [InlineData("oca", "una bocanada")]
    [InlineData("5G", "the 15G model")]
    [InlineData("дом", "это недомолвка")]
    [InlineData("मल", "कमल")]
    [InlineData("मल", "कीमल")]
    [InlineData("서버", "웹서버")]
    public void A_part_of_another_word_is_none(string term, string text) => Assert.False(TermSearch.Occurs(term, text));
}
