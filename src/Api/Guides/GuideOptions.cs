namespace TekSipCloud.Api.Guides;

/// <summary>Where the guides for customers are, section <c>Guides</c>.</summary>
internal sealed class GuideOptions
{
    public const string Section = "Guides";

    /// <summary>The folder with <c>origination.md</c>, read anew for each visitor. Default <c>guides</c> beside the executable.</summary>
    public string Folder { get; set; } = Path.Combine(AppContext.BaseDirectory, "guides");
}
