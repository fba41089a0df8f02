using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Sip.Tests.Transactions;

/// <summary>A gate that lets a number of answers pass, and every datagram that does not begin with a word.</summary>
internal sealed class FakeGate(int answers = int.MaxValue, string refused = "") : ISourceGate
{
    private int _left = answers;

    public bool Admits(ReadOnlySpan<byte> source, ReadOnlySpan<byte> datagram) =>
        refused.Length == 0 || !datagram.StartsWith(System.Text.Encoding.ASCII.GetBytes(refused));

    public bool MayAnswer(SipFlow flow) => --_left >= 0;
}
