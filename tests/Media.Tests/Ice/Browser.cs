using System.Buffers.Binary;
using System.Net;
using TekSipCloud.Media.Ice;
using TekSipCloud.Media.Relay;
using TekSipCloud.Media.Stun;

namespace TekSipCloud.Media.Tests.Ice;

/// <summary>The full side of ICE: writes the checks that a browser sends (RFC 8445 §7.2.4).</summary>
internal sealed class Browser(IceCredentials ours)
{
    private static readonly byte[] TransactionId = Convert.FromHexString("b7e7a701bc34d686fa87dfae");

    public static PeerAddress Wifi { get; } = new(IPAddress.Parse("192.0.2.7"), 40_000);

    public static PeerAddress Mobile { get; } = new(IPAddress.Parse("2001:db8::7"), 50_000);

    public byte[] Password { get; init; } = ours.Password.ToArray();

    public byte[] Username { get; init; } = [.. ours.Fragment, .. ":abcd"u8];

    public bool Signs { get; init; } = true;

    public bool HasFingerprint { get; init; } = true;

    public StunClass Class { get; init; } = StunClass.Request;

    public StunAttributeType Role { get; init; } = StunAttributeType.IceControlling;

    public StunAttributeType? Extra { get; init; }

    public byte[] Check(bool nominates = false, uint priority = 100)
    {
        var buffer = new byte[400];
        var writer = new StunWriter(buffer, Class, TransactionId);
        if (Username.Length > 0)
            writer.Add(StunAttributeType.Username, Username);
        if (Extra is { } extra)
            writer.Add(extra, "what"u8);
        writer.Add(Role, new byte[8]);
        if (nominates)
            writer.Add(StunAttributeType.UseCandidate, []);
        var value = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(value, priority);
        writer.Add(StunAttributeType.Priority, value);
        if (Signs)
            writer.Sign(Password);
        if (HasFingerprint)
            writer.AddFingerprint();
        return buffer[..writer.Length];
    }

    /// <summary>Sends a check, and reads the answer: its error code, 0 for success, null for none.</summary>
    public int? Ask(IceAgent agent, PeerAddress from, bool nominates = false, uint priority = 100)
    {
        var buffer = new byte[IceAgent.MaxAnswerBytes];
        var length = agent.Answer(Check(nominates, priority), from, buffer);
        return length == 0 ? null : Read(buffer.AsSpan(0, length));
    }

    private int Read(ReadOnlySpan<byte> answer)
    {
        Assert.True(StunMessage.TryParse(answer, out var message));
        Assert.True(message.HasFingerprint());
        Assert.Equal(TransactionId, message.TransactionId);
        if (message.Class == StunClass.Success)
        {
            Assert.True(message.IsSignedBy(Password));
            return 0;
        }

        Assert.Equal(StunClass.Error, message.Class);
        Assert.True(message.TryFind(StunAttributeType.ErrorCode, out var code));
        var number = code[2] * 100 + code[3];
        // RFC 8489 §9.1.3: who has not the password gets no signature of it.
        Assert.Equal(number is not (400 or 401), message.HasIntegrity);
        return number;
    }
}
