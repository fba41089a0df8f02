using System.Text;
using TekSipCloud.Gateway.Tests.Scripts;

namespace TekSipCloud.Gateway.Tests.Calls;

/// <summary>Loses a share of what passes either way, as its seed says.</summary>
internal sealed class LossyNetwork
{
    private const double Share = 0.2;

    private readonly Random _random;

    public LossyNetwork(SipScript script, Random random)
    {
        _random = random;
        script.Change = Sends;
    }

    /// <summary>What a phone sent last, whether it arrived or not.</summary>
    public string LastSent { get; private set; } = "";

    /// <summary>How many messages were lost.</summary>
    public int Lost { get; private set; }

    /// <summary>Whether anything is lost at all.</summary>
    public bool IsLossy { get; set; }

    /// <summary>Whether the next message is lost.</summary>
    public bool Loses()
    {
        var isLost = IsLossy && _random.NextDouble() < Share;
        Lost += isLost ? 1 : 0;
        return isLost;
    }

    // An empty datagram is nothing to the gateway.
    private byte[] Sends(byte[] bytes)
    {
        LastSent = Encoding.UTF8.GetString(bytes);
        return Loses() ? [] : bytes;
    }
}
