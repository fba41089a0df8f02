using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using TekSipCloud.Sip.Messages;
using TekSipCloud.Sip.Transactions;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Sip.Tests.Transports;

/// <summary>Shared pieces of the tests with real sockets on loopback.</summary>
internal static class TransportBench
{
    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    public static readonly IPEndPoint AnyPort = new(IPAddress.Loopback, 0);

    public static SipTransportLayer Layer(RecordingReceiver receiver, SipTransportOptions? options = null, TimeProvider? time = null) =>
        new(options ?? new(), SipLimits.Default, receiver, time ?? TimeProvider.System, NullLoggerFactory.Instance);

    /// <summary>A loop that is not started yet.</summary>
    public static SignallingLoop Loop() => new("test", TimeProvider.System, NullLogger<SignallingLoop>.Instance);

    public static byte[] Options(string callId, int bodyBytes = 0) => Encoding.ASCII.GetBytes($"""
        OPTIONS sip:example.com SIP/2.0
        Via: SIP/2.0/UDP 192.0.2.1;rport;branch=z9hG4bK{callId}
        From: <sip:a@example.com>;tag=1
        To: <sip:b@example.com>
        Call-ID: {callId}
        CSeq: 1 OPTIONS
        Max-Forwards: 70
        Content-Length: {bodyBytes}


        """.ReplaceLineEndings("\r\n") + new string('x', bodyBytes));

    public static async Task<string> Receive(this Socket socket)
    {
        var buffer = new byte[65_536];
        using var limit = new CancellationTokenSource(Soon);
        var length = await socket.ReceiveAsync(buffer, limit.Token);
        return Encoding.ASCII.GetString(buffer, 0, length);
    }

    /// <summary>Reads until the peer closes; cut connections count as closed.</summary>
    public static async Task<string> ReceiveAll(this Stream stream)
    {
        using var limit = new CancellationTokenSource(Soon);
        using var all = new MemoryStream();
        try
        {
            await stream.CopyToAsync(all, limit.Token);
        }
        catch (IOException)
        {
            // Reset by the peer.
        }
        return Encoding.ASCII.GetString(all.ToArray());
    }

    /// <summary>A certificate of no authority, good for a day.</summary>
    public static X509Certificate2 SelfSigned(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(
            TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null);
    }
}
