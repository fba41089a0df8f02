using System.ComponentModel.DataAnnotations;
using TekSipCloud.Contracts.Configuration;

namespace TekSipCloud.Contracts.Tests;

public sealed class DurationRangeTests
{
    private static readonly DurationRangeAttribute Range = new("00:00:01", "1.00:00:00");

    [Theory]
    [InlineData("00:00:01", true)]
    [InlineData("1.00:00:00", true)]
    [InlineData("00:00:00.9999999", false)]
    [InlineData("1.00:00:00.0000001", false)]
    [InlineData("-00:00:01", false)]
    public void Both_ends_belong_to_it(string value, bool isValid) =>
        Assert.Equal(isValid, Range.IsValid(TimeSpan.Parse(value, null)));

    [Fact]
    public void A_refusal_names_the_setting_and_what_it_may_be()
    {
        var result = Range.GetValidationResult(TimeSpan.Zero, new ValidationContext(this) { MemberName = "Deadline", DisplayName = "Deadline" });

        Assert.Equal("The field Deadline must be between 00:00:01 and 1.00:00:00.", result?.ErrorMessage);
    }
}
