namespace VoiceGrains.Tests.Browser.Harness;

/// <summary>How somebody looks at a page.</summary>
/// <param name="Name">Part of the name of its pictures.</param>
/// <param name="IsDark">Whether they prefer dark pages.</param>
sealed record Look(string Name, int Width, int Height, bool IsDark = false)
{
    public static Look Laptop { get; } = new("laptop", 1280, 860);

    public static Look Phone { get; } = new("phone", 390, 844);

    public Look Dark => this with { Name = $"{Name}-dark", IsDark = true };

    public override string ToString() => Name;
}
