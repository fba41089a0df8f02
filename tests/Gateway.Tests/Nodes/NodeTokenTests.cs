using System.Text;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Gateway.Nodes;
using TekSipCloud.Gateway.Tests.Cluster;

namespace TekSipCloud.Gateway.Tests.Nodes;

/// <summary>Tokens in branches and Contacts, by which nodes of a cluster find out whose a message is.</summary>
public sealed class NodeTokenTests
{
    private readonly NodeToken _a = new(new NodeIdentity("node-a", "1"), new FixedClusterKeys());
    private readonly NodeToken _b = new(new NodeIdentity("node-b", "1"), new FixedClusterKeys());

    [Fact]
    public void Another_nodes_token_names_it()
    {
        Assert.True(Find(_a, _b.Own, out var node));
        Assert.Equal("node-b", node);
    }

    [Fact]
    public void Another_nodes_token_is_found_in_front_of_a_branchs_random_part() =>
        Assert.True(Find(_a, $"{_b.Own}.0123456789abcdef", out _));

    [Fact]
    public void Our_own_token_is_not_foreign() => Assert.False(Find(_a, _a.Own, out _));

    [Fact]
    public void The_token_of_our_earlier_start_is_not_foreign()
    {
        var earlier = new NodeToken(new NodeIdentity("node-a", "0"), new FixedClusterKeys());

        Assert.False(Find(_a, earlier.Own, out _));
    }

    [Fact]
    public void A_token_of_another_cluster_is_none()
    {
        var stranger = new NodeToken(new NodeIdentity("node-b", "1"), new FixedClusterKeys("other"));

        Assert.False(Find(_a, stranger.Own, out _));
    }

    [Fact]
    public void A_token_with_any_character_changed_is_none()
    {
        for (var i = 0; i < _b.Own.Length; i++)
        {
            var forged = _b.Own.ToCharArray();
            forged[i] = forged[i] == 'f' ? 'e' : 'f';
            Assert.False(Find(_a, new string(forged), out _), new string(forged));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("n0.")]
    [InlineData("n0.node-b")]
    [InlineData("n0.node-b.1")]
    [InlineData("n0.node-b.1.")]
    [InlineData("n0....................")]
    [InlineData("n0.node-b.1.00000000000000000000000000000000")]
    [InlineData("101")]
    public void What_is_no_token_names_nobody(string text) => Assert.False(Find(_a, text, out _));

    [Fact]
    public void A_very_long_text_names_nobody() => Assert.False(Find(_a, "n0." + new string('x', 60_000), out _));

    private static bool Find(NodeToken token, string text, out string? node) =>
        token.TryFindForeign(Encoding.ASCII.GetBytes(text), out node);
}
