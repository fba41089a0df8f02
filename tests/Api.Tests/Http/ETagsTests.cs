using FsCheck;
using FsCheck.Fluent;
using TekSipCloud.Api.Http;
using TekSipCloud.Contracts;

namespace TekSipCloud.Api.Tests.Http;

/// <summary>Versions survive the way through <c>ETag</c> and <c>If-Match</c> (RFC 9110 §8.8.3, §13.1.1).</summary>
public sealed class ETagsTests
{
    [Fact]
    public void Any_version_comes_back_as_it_was() => Prop.ForAll<NonNull<string>>(version =>
    {
        var text = new string([.. version.Get.Where(c => !char.IsSurrogate(c)).Take(100)]);
        var problem = ETags.TryRead(ETags.ToHeader(text), out var condition);
        return problem is null && condition.ETag == text && !condition.MustNotExist;
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("*")]
    public void No_version_is_no_demand(string? ifMatch)
    {
        Assert.Null(ETags.TryRead(ifMatch, out var condition));
        Assert.Equal(WriteCondition.None, condition);
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("\"not base64url!\"")]
    [InlineData("W/\"YWJj\"")]
    [InlineData("\"")]
    public void What_we_never_gave_can_not_match(string ifMatch) =>
        Assert.Equal(ProblemKind.Changed, ETags.TryRead(ifMatch, out _)?.Kind);
}
