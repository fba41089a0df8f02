using System.Text.RegularExpressions;

namespace TekSipCloud.Layout.Tests;

/// <summary>What the documents point at exists.</summary>
public sealed partial class DocumentTests
{
    public static TheoryData<string> Documents =>
        ["README.md", .. Repository.SourceFiles("docs", "*.md"), .. Repository.SourceFiles("infra", "*.md")];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_link_to_a_file_leads_to_one(string document)
    {
        var folder = Path.GetDirectoryName(Repository.PathOf(document))!;
        var broken =
            from Match link in LinkPattern().Matches(File.ReadAllText(Repository.PathOf(document)))
            let target = link.Groups["target"].Value.Split('#')[0]
            where target.Length > 0 && !target.Contains(':', StringComparison.Ordinal)
            where !Path.Exists(Path.Combine(folder, target))
            select target;
        Assert.Empty(broken);
    }

    [Theory]
    [InlineData("--data")]
    [InlineData("--sip")]
    [InlineData("--demo")]
    public void The_operations_page_names_the_options_of_run(string option)
    {
        Assert.Contains(option, File.ReadAllText(Repository.PathOf("run")), StringComparison.Ordinal);
        Assert.Contains(option, File.ReadAllText(Repository.PathOf("docs/operations.md")), StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex LinkPattern();
}
