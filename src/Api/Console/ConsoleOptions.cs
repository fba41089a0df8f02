namespace TekSipCloud.Api.Console;

/// <summary>Where the console's built files are, section <c>Console</c>.</summary>
internal sealed class ConsoleOptions
{
    public const string Section = "Console";

    /// <summary>The folder with <c>index.html</c>. Default <c>wwwroot</c> beside the executable.</summary>
    public string Root { get; set; } = Path.Combine(AppContext.BaseDirectory, "wwwroot");
}
