namespace VoiceGrains.Silo.Engines.Vendors;

/// <summary>Reads a section of the settings.</summary>
static class VendorSettings
{
    /// <summary>What the section says, or the defaults; a value that is no number, time or address is a mistake that names its setting.</summary>
    public static T Read<T>(IConfiguration configuration, string section, List<string> mistakes)
        where T : class, new()
    {
        try
        {
            return configuration.GetSection(section).Get<T>() ?? new T();
        }
        catch (InvalidOperationException error)
        {
            // It names the setting and its value; keys are not read this way.
            mistakes.Add($"{section}: {error.Message}");
            return new T();
        }
    }
}
