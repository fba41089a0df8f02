using System.Text.RegularExpressions;

namespace TekSipCloud.Layout.Tests;

/// <summary>What the documents point at exists.</summary>
public sealed partial class DocumentTests
{
    // What belongs to one machine has no place in a document.
    private static readonly string[] Strangers = ["/work/", "/root/", "/home/", "file://", "localhost:4"];

    public static TheoryData<string> Documents =>
        ["README.md", .. Repository.SourceFiles("docs", "*.md"), .. Repository.SourceFiles("infra", "*.md")];

    public static TheoryData<string> Options =>
        [.. OptionPattern().Matches(Read("run")).Select(option => option.Groups["option"].Value).Distinct()];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_link_to_a_file_leads_to_one(string document)
    {
        var folder = Path.GetDirectoryName(Repository.PathOf(document))!;
        var broken =
            from Match link in LinkPattern().Matches(Read(document))
            let target = link.Groups["target"].Value.Split('#')[0]
            where target.Length > 0 && !target.Contains(':', StringComparison.Ordinal)
            where !Path.Exists(Path.Combine(folder, target))
            select target;
        Assert.Empty(broken);
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void No_document_speaks_of_one_machine(string document) =>
        Assert.DoesNotContain(Strangers, word => Read(document).Contains(word, StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Options))]
    public void The_operations_page_explains_every_option_of_run(string option) =>
        Assert.Contains($"| `{option}", Read("docs/operations.md"), StringComparison.Ordinal);

    [Fact]
    public void Every_project_has_its_line_in_the_architecture()
    {
        var architecture = Read("docs/architecture.md");
        var forgotten =
            from project in Repository.SourceFiles("src", "*.csproj")
            let folder = Path.GetDirectoryName(project)!
            where !architecture.Contains($"`{folder}`", StringComparison.Ordinal)
            select folder;
        Assert.Empty(forgotten);
    }

    [Theory]
    [InlineData("docs/protocols.md")]
    [InlineData("docs/security.md")]
    [InlineData("docs/conformance.md")]
    [InlineData("docs/ladders.md")]
    public void Every_test_class_that_a_page_names_exists(string page)
    {
        var classes = Repository.SourceFiles("tests", "*.cs").Select(Path.GetFileNameWithoutExtension).ToHashSet();
        var named = TestClassPattern().Matches(Read(page)).Select(m => m.Groups["name"].Value).ToList();

        Assert.NotEmpty(named);
        Assert.All(named, name => Assert.Contains(name, classes));
    }

    [Fact]
    public void The_page_of_ladders_names_those_that_exist_and_no_others()
    {
        var ladders =
            from file in Repository.SourceFiles("tests/Gateway.Tests/Ladders", "*Ladders.cs")
            from Match test in LadderPattern().Matches(Read(file))
            select $"{Path.GetFileNameWithoutExtension(file)}.{test.Groups["name"].Value}";
        var named = NamedLadderPattern().Matches(Read("docs/ladders.md")).Select(m => m.Groups["name"].Value);

        Assert.Equal(ladders.Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_operations_page_explains_every_limit_of_signalling()
    {
        var options = Read("src/Gateway/SipLimitsOptions.cs");
        var limits = LimitPattern().Matches(options).Select(limit => limit.Groups["name"].Value).ToList();

        Assert.NotEmpty(limits);
        Assert.All(limits, limit => Assert.Contains($"| `{limit}` |", Read("docs/operations.md"), StringComparison.Ordinal));
    }

    [Fact]
    public void Every_source_file_that_the_protocols_page_names_exists() =>
        Assert.All(
            SourcePattern().Matches(Read("docs/protocols.md")).Select(m => Repository.PathOf($"src/{m.Groups["path"].Value}")),
            path => Assert.True(Path.Exists(path) || Path.Exists($"{path}.cs"), path));

    private static string Read(string file) => File.ReadAllText(Repository.PathOf(file));

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.NonBacktracking)]
    private static partial Regex LinkPattern();

    // In the text that --help prints: two spaces, then the option.
    [GeneratedRegex(@"^  (?<option>--[a-z-]+)", RegexOptions.NonBacktracking | RegexOptions.Multiline)]
    private static partial Regex OptionPattern();

    [GeneratedRegex(@"public \w+ (?<name>\w+) { get; set; }", RegexOptions.NonBacktracking)]
    private static partial Regex LimitPattern();

    [GeneratedRegex(@"public (void|async Task) (?<name>Section_\w+)\(", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex LadderPattern();

    [GeneratedRegex(@"`(?<name>Rfc\d+\w*Ladders\.Section_\w+)`", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex NamedLadderPattern();

    [GeneratedRegex(@"`(?<name>[A-Za-z0-9]+Tests)`", RegexOptions.NonBacktracking)]
    private static partial Regex TestClassPattern();

    [GeneratedRegex(
        @"`(?<path>(Sip|Media|Gateway|Api|Grains|Silo|Storage|Contracts)/[A-Za-z0-9/.]+)`",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex SourcePattern();
}
