using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using TekSipCloud.Media.Dtls;
using TekSipCloud.Testing;

namespace TekSipCloud.Media.Tests.Dtls;

/// <summary>OpenSSL's own program as the other side of a handshake, over UDP on loopback.</summary>
internal sealed class OpenSslProgram : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TestFolder _folder = new("dtls");
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private ChildProcess? _process;
    private EndPoint _remote = new IPEndPoint(IPAddress.Loopback, 0);

    public OpenSslProgram(bool hasRsaKey)
    {
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        using var certificate = hasRsaKey ? CreateRsa() : CreateEcdsa();
        File.WriteAllText(CertificateFile, certificate.ExportCertificatePem());
        File.WriteAllText(KeyFile, hasRsaKey
            ? certificate.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem()
            : certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        Fingerprint = new(CertificateHash.Sha512, SHA512.HashData(certificate.RawData));
    }

    /// <summary>That of its certificate.</summary>
    public CertificateFingerprint Fingerprint { get; }

    /// <summary>The version and suites that it speaks.</summary>
    public string[] Terms { get; init; } = ["-dtls1_2"];

    private string CertificateFile => _folder.Combine("certificate.pem");

    private string KeyFile => _folder.Combine("key.pem");

    /// <summary>Has it wait for our ClientHello.</summary>
    public async Task StartServer(string profile, int exportedBytes)
    {
        const string Mark = "ACCEPT ";
        _process = ChildProcess.Start("openssl", ["s_server", "-accept", "127.0.0.1:0", "-Verify", "1", .. Arguments(profile, exportedBytes)]);
        var line = await _process.WaitForLine(line => line.StartsWith(Mark, StringComparison.Ordinal), Patience);
        _remote = IPEndPoint.Parse(line[Mark.Length..]);
    }

    /// <summary>Has it send us a ClientHello.</summary>
    public void StartClient(string profile, int exportedBytes) =>
        _process = ChildProcess.Start("openssl", ["s_client", "-connect", $"{_socket.LocalEndPoint}", .. Arguments(profile, exportedBytes)]);

    /// <summary>Carries datagrams until the handshake is over.</summary>
    public async Task Shake(DtlsAssociation association)
    {
        using var patience = new CancellationTokenSource(Patience);
        var buffer = new byte[DtlsAssociation.MaxReceivedBytes];
        association.Begin();
        Send(association, buffer);
        while (association.State == DtlsState.Handshaking)
        {
            using var wait = CancellationTokenSource.CreateLinkedTokenSource(patience.Token);
            if (association.NextTimeout is { } next)
                wait.CancelAfter(next);
            try
            {
                var received = await _socket.ReceiveFromAsync(buffer, SocketFlags.None, _remote, wait.Token);
                _remote = received.RemoteEndPoint;
                association.Receive(buffer.AsSpan(0, received.ReceivedBytes));
            }
            catch (OperationCanceledException) when (!patience.IsCancellationRequested)
            {
                association.HandleTimeout();
            }

            Send(association, buffer);
        }
    }

    /// <summary>The keys it exported (RFC 5764 §4.2), in hexadecimal.</summary>
    public async Task<string> ReadKeys()
    {
        const string Mark = "Keying material:";
        var line = await _process!.WaitForLine(line => line.Contains(Mark, StringComparison.Ordinal), Patience);
        return line[(line.IndexOf(Mark, StringComparison.Ordinal) + Mark.Length)..].Trim();
    }

    /// <summary>Waits until it has said so.</summary>
    public Task WaitForLine(string text) => _process!.WaitForLine(line => line.Contains(text, StringComparison.Ordinal), Patience);

    /// <summary>Our certificate, which it showed when it said that the handshake is over.</summary>
    public string ReadPeerCertificate()
    {
        var lines = _process!.Lines.ToList();
        var (first, last) = (lines.IndexOf("-----BEGIN CERTIFICATE-----"), lines.IndexOf("-----END CERTIFICATE-----"));
        return string.Join('\n', lines.Skip(first).Take(last - first + 1));
    }

    /// <summary>Waits until it has ended because we said so.</summary>
    public Task<int> WaitForExit() => _process!.WaitForExit(Patience);

    /// <summary>Sends what is there to be sent.</summary>
    public void Send(DtlsAssociation association) => Send(association, new byte[DtlsAssociation.MaxSentBytes]);

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
        _socket.Dispose();
        _folder.Dispose();
    }

    private void Send(DtlsAssociation association, byte[] buffer)
    {
        while (association.TryTake(buffer, out var length))
            _socket.SendTo(buffer.AsSpan(0, length), _remote);
    }

    private string[] Arguments(string profile, int exportedBytes) =>
    [
        .. Terms, "-mtu", "1200", "-cert", CertificateFile, "-key", KeyFile, "-use_srtp", profile,
        "-keymatexport", "EXTRACTOR-dtls_srtp", "-keymatexportlen", exportedBytes.ToString(CultureInfo.InvariantCulture),
    ];

    private static X509Certificate2 CreateRsa()
    {
        using var key = RSA.Create(2048);
        return SelfSign(new CertificateRequest("CN=party", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    private static X509Certificate2 CreateEcdsa()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return SelfSign(new CertificateRequest("CN=party", key, HashAlgorithmName.SHA256));
    }

    private static X509Certificate2 SelfSign(CertificateRequest request)
    {
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
