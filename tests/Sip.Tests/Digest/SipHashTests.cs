using TekSipCloud.Sip.Digest;

namespace TekSipCloud.Sip.Tests.Digest;

public sealed class SipHashTests
{
    private static readonly SipHash Hash = new([.. Enumerable.Range(0, 16).Select(i => (byte)i)]);

    /// <summary>The vectors of the authors' reference implementation: key 00 … 0f, input 00, 01, ….</summary>
    [Theory]
    [InlineData(0, 0x726fdb47dd0e0e31)]
    [InlineData(1, 0x74f839c593dc67fd)]
    [InlineData(8, 0x93f5f5799a932462)]
    [InlineData(15, 0xa129ca6149be45e5)]
    public void It_gives_what_its_authors_give(int length, ulong expected) =>
        Assert.Equal(expected, Hash.Hash([.. Enumerable.Range(0, length).Select(i => (byte)i)]));

    /// <summary>The vectors of SipHash-1-3 for the same key and input.</summary>
    [Theory]
    [InlineData(0, 0xabac0158050fc4dc)]
    [InlineData(1, 0xc9f49bf37d57ca93)]
    [InlineData(8, 0x369095118d299a8e)]
    [InlineData(15, 0xd320d86d2a519956)]
    public void For_tables_it_does_with_fewer_rounds(int length, ulong expected) =>
        Assert.Equal(expected, Hash.HashForTable([.. Enumerable.Range(0, length).Select(i => (byte)i)]));

    [Fact]
    public void Pieces_do_not_shift_into_one_another() =>
        Assert.NotEqual(Hash.Hash("bc"u8, Hash.Hash("a"u8)), Hash.Hash("c"u8, Hash.Hash("ab"u8)));
}
