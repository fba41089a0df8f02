using System.Net;
using TekSipCloud.Gateway.Admission;

namespace TekSipCloud.Gateway.Tests.Admission;

/// <summary>The places of requests that wait for a read.</summary>
public sealed class PendingReadsTests
{
    private static readonly IPAddress Flooder = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress Phone = IPAddress.Parse("192.0.2.2");
    private readonly PendingReads _pending = new(most: 5, mostFromOne: 3);

    [Fact]
    public void One_address_cannot_take_every_place()
    {
        Assert.Equal(3, Enumerable.Range(0, 10).Count(_ => _pending.TryEnter(Flooder)));
        Assert.True(_pending.TryEnter(Phone));
    }

    [Fact]
    public void The_addresses_of_one_IPv6_subscriber_share_their_places()
    {
        Assert.Equal(3, Enumerable.Range(1, 10).Count(host => _pending.TryEnter(IPAddress.Parse($"2001:db8:0:1::{host}"))));
        Assert.True(_pending.TryEnter(IPAddress.Parse("2001:db8:0:2::1")));

        _pending.Leave(IPAddress.Parse("2001:db8:0:1::3"));
        Assert.True(_pending.TryEnter(IPAddress.Parse("2001:db8:0:1::10")));
    }

    [Fact]
    public void There_are_no_more_places_than_allowed_in_all()
    {
        var entered = Enumerable.Range(0, 10).Count(i => _pending.TryEnter(new IPAddress(i + 1)));

        Assert.Equal(5, entered);
        Assert.Equal(5, _pending.Count);
    }

    [Fact]
    public void A_place_given_back_can_be_taken_again()
    {
        while (_pending.TryEnter(Flooder))
        {
            // Until there is none left for it.
        }

        _pending.Leave(Flooder);

        Assert.True(_pending.TryEnter(Flooder));
        Assert.False(_pending.TryEnter(Flooder));
    }
}
