namespace VoiceGrains.Silo;

/// <summary>Where the files that come with the product are: the nearest folder above the program that holds <c>phrasebooks</c>.</summary>
static class ProductFolder
{
    public static string Path { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    static string Find(DirectoryInfo? folder)
    {
        for (; folder is not null; folder = folder.Parent)
        {
            if (Directory.Exists(System.IO.Path.Combine(folder.FullName, "phrasebooks")))
                return folder.FullName;
        }

        return AppContext.BaseDirectory;
    }
}
