using FsCheck;
using FsCheck.Fluent;

namespace VoiceGrains.Tests.Unit;

/// <summary>Something that holds for everything a generator makes. A failure prints the case and the seed that makes it again.</summary>
static class Law
{
    public static void Holds<T>(Gen<T> given, Func<T, bool> law, int cases = 200) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(cases), Prop.ForAll(given.ToArbitrary(), law));
}

/// <summary>What random tests are fed with.</summary>
static class Any
{
    /// <summary>Text with everything that may come over a wire: letters of many scripts, marks, controls, halves of surrogate pairs.</summary>
    public static Gen<string> Text { get; } = Gen.OneOf(
        Gen.Elements("", " ", "{}", "null", "a.b.c", "\0", "\uD83D", "\uDE00x", "👋🏽", "مرحبا", "e\u0301", "-->", "\r\n"),
        ArbMap.Default.GeneratorFor<string>().Select(static text => text ?? ""),
        Letter.ArrayOf().Select(static letters => new string(letters)));

    public static Gen<byte[]> Bytes { get; } = ArbMap.Default.GeneratorFor<byte[]>().Select(static bytes => bytes ?? []);

    static Gen<char> Letter => Gen.OneOf(Gen.Choose(32, 126), Gen.Choose(0, 0xFFFF)).Select(static code => (char)code);
}
