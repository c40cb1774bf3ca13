using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Browser.Harness;

/// <summary>Packages of npm that only tests use. <c>./voicegrains test</c> gets them, where npm is there and answers; nothing of them is kept here.</summary>
static class NpmPackage
{
    public static string Folder(string package) => Repository.File(".run", "npm", package);

    public static string File(string package, string file) => Path.Combine(Folder(package), file);

    public static string WhyNot(string package) => $"The npm package {package} is not in .run/npm: ./voicegrains test gets it, where npm is installed and its registry answers.";
}
