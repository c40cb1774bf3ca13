namespace VoiceGrains.Gateway.Demo;

/// <summary>By what the demo call is known to those who open it and those who show it.</summary>
public static class DemoTitle
{
    public const string Text = "Demo: two voices";
}
