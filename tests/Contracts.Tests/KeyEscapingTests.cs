using FsCheck;
using FsCheck.Fluent;

namespace TekSipCloud.Contracts.Tests;

/// <summary>The escaping that keeps every tenant's keys apart (docs/architecture.md, keys).</summary>
public sealed class KeyEscapingTests
{
    private static readonly Arbitrary<UnicodeString> WellFormed =
        ArbMap.Default.ArbFor<UnicodeString>().Filter(text => !text.Item.Any(char.IsSurrogate));

    [Fact]
    public void Half_a_surrogate_pair_is_refused() =>
        Assert.ThrowsAny<ArgumentException>(() => KeyEscaping.Escape("\ud800"));

    [Fact]
    public void Escaping_can_be_undone_for_every_text() =>
        Prop.ForAll(WellFormed, text =>
            KeyEscaping.Unescape(KeyEscaping.Escape(text.Item)) == text.Item).QuickCheckThrowOnFailure();

    [Fact]
    public void No_escaped_text_contains_what_a_table_key_forbids() =>
        Prop.ForAll(WellFormed, text =>
            KeyEscaping.Escape(text.Item).All(c => c is > ' ' and < '\x7f' && !"/\\#?%_'|".Contains(c)))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void The_escaped_prefix_is_a_prefix_of_the_escaped_text()
    {
        foreach (var text in (string[])["1001", "a/b", "ümlaut", "x#y?z", "_%"])
            Assert.StartsWith(KeyEscaping.Escape(text[..1]), KeyEscaping.Escape(text), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("~")]
    [InlineData("~4")]
    [InlineData("~zz")]
    public void What_was_not_escaped_here_is_refused(string text) =>
        Assert.Throws<FormatException>(() => KeyEscaping.Unescape(text));
}
