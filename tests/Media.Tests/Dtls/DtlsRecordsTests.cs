using TekSipCloud.Media.Dtls;

namespace TekSipCloud.Media.Tests.Dtls;

/// <summary>RFC 6347 §4.1.1: a datagram holds whole records.</summary>
public sealed class DtlsRecordsTests
{
    [Theory]
    [InlineData(1200, new int[0], 0)]
    [InlineData(1200, new[] { 100 }, 113)]
    [InlineData(1200, new[] { 100, 200, 300 }, 639)]
    [InlineData(300, new[] { 100, 200, 300 }, 113)]
    [InlineData(326, new[] { 100, 200, 300 }, 326)]
    [InlineData(50, new[] { 100, 200 }, 113)]
    public void As_many_whole_records_as_fit_are_taken(int max, int[] contents, int expected) =>
        Assert.Equal(expected, DtlsRecords.CountFirst(Flight(contents), max));

    [Fact]
    public void Half_a_record_is_none() => Assert.Equal(0, DtlsRecords.CountFirst(Flight([100]).AsSpan(0, 60), 1200));

    private static byte[] Flight(int[] contents) => [.. contents.SelectMany(length => DtlsPair.Record(22, new byte[length]))];
}
