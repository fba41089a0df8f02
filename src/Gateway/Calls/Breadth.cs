using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Gateway.Calls;

/// <summary>How many branches a request may have at a time further on (RFC 5393 §5.3.3).</summary>
internal readonly record struct Breadth(uint Branches)
{
    /// <summary>What a request has that says nothing of it, and the most that is believed.</summary>
    private const uint Most = 60;

    public static Breadth Of(SipMessage request) => new(Math.Min(request.MaxBreadth ?? Most, Most));

    /// <summary>Whether it is enough for so many (RFC 5393 §5.3.3.1).</summary>
    public bool Allows(int branches) => (uint)branches <= Branches;

    /// <summary>The part of each of so many: their sum is not more than what came (RFC 5393 §5.3.3.2).</summary>
    public uint Share(int branches) => Math.Max(1, Branches / (uint)Math.Max(1, branches));
}
