namespace VoiceGrains.Tests.Support;

/// <summary>Where the checkout is that the tests were built from.</summary>
public static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    public static string File(params string[] path) => Path.Combine([Root, .. path]);

    static string Find(string folder)
    {
        for (var place = new DirectoryInfo(folder); place is not null; place = place.Parent)
        {
            if (System.IO.File.Exists(Path.Combine(place.FullName, "VoiceGrains.sln")))
                return place.FullName;
        }
        throw new InvalidOperationException($"No VoiceGrains.sln above {folder}");
    }
}
