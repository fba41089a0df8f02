namespace TekSipCloud.Layout.Tests;

/// <summary>Files stay short enough to be read at one go.</summary>
public sealed class SizeTests
{
    private const int MaxLinesOfCSharp = 400;
    private const int MaxLinesOfTypeScript = 250;
    private const int MaxLinesOfReadme = 120;

    [Fact]
    public void No_source_file_is_longer_than_400_lines() =>
        Assert.Empty(LongerThan(MaxLinesOfCSharp, [.. Repository.SourceFiles("src", "*.cs"), .. Repository.SourceFiles("tests", "*.cs")]));

    [Fact]
    public void No_file_of_the_console_is_longer_than_250_lines() =>
        Assert.Empty(LongerThan(MaxLinesOfTypeScript, Repository.SourceFiles("frontend", "*.ts*")
            .Where(file => !file.EndsWith(".gen.ts", StringComparison.Ordinal))));

    [Fact]
    public void The_readme_can_be_read_in_two_minutes() =>
        Assert.Empty(LongerThan(MaxLinesOfReadme, ["README.md"]));

    private static IEnumerable<string> LongerThan(int most, IEnumerable<string> files) =>
        from file in files
        let lines = File.ReadLines(Repository.PathOf(file)).Count()
        where lines > most
        select $"{file}: {lines} lines";
}
