namespace TekSipCloud.Layout.Tests;

/// <summary>Dependencies point the way docs/architecture.md says, and no other.</summary>
public sealed class ArrowTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Sip"] = [],
        ["Media"] = [],
        ["Contracts"] = [],
        ["StandIns.Orleans"] = [],
        ["StandIns.Tables"] = [],
        ["StandIns.Blobs"] = [],
        ["Storage"] = ["Contracts"],
        ["Grains"] = ["Contracts", "Storage"],
        ["Gateway"] = ["Sip", "Media", "Contracts"],
        ["Api"] = ["Contracts"],
        ["Silo"] = ["Contracts", "Storage", "Grains", "Gateway", "Api"],
    };

    public static TheoryData<string> Projects => [.. Repository.SourceFiles("src", "*.csproj")];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_refers_only_to_what_the_architecture_allows(string project)
    {
        var name = Path.GetFileNameWithoutExtension(project);
        Assert.True(Allowed.TryGetValue(name, out var allowed), $"{name} has no place in the architecture.");
        Assert.Empty(Repository.ReferencesOf(project).Except(allowed));
    }

    [Fact]
    public void Only_the_build_files_know_the_stand_ins_and_the_package_switches()
    {
        string[] words = ["StandIns", "OrleansPackages", "AzurePackages"];
        var offenders =
            from file in Repository.SourceFiles("src", "*.*")
            where file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".csproj", StringComparison.Ordinal)
            where !file.StartsWith("src/StandIns/", StringComparison.Ordinal)
            let text = File.ReadAllText(Repository.PathOf(file))
            where words.Any(word => text.Contains(word, StringComparison.Ordinal))
            select file;
        Assert.Empty(offenders);
    }

    [Fact]
    public void The_product_has_no_conditional_compilation()
    {
        var offenders =
            from file in Repository.SourceFiles("src", "*.cs")
            where File.ReadLines(Repository.PathOf(file)).Any(line => line.TrimStart().StartsWith("#if", StringComparison.Ordinal))
            select file;
        Assert.Empty(offenders);
    }

    [Theory]
    [InlineData("Api")]
    [InlineData("Gateway")]
    public void Who_sees_grain_interfaces_never_sees_grains(string project) =>
        Assert.DoesNotContain("Grains", Repository.ReferencesOf($"src/{project}/{project}.csproj"));
}
