using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace TekSipCloud.Testing.Phones;

/// <summary>Bytes to and from a SIP server, without any knowledge of SIP beyond where a message ends: for what no real phone would send.</summary>
public sealed class SipClient : IAsyncDisposable
{
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(20);
    private readonly Socket _socket;
    private readonly Stream? _stream;
    private string _unread = "";

    private SipClient(Socket socket, Stream? stream, string transport)
    {
        _socket = socket;
        _stream = stream;
        Transport = transport;
    }

    /// <summary><c>UDP</c>, <c>TCP</c> or <c>TLS</c>.</summary>
    public string Transport { get; }

    /// <summary>Its own address, as Via and Contact give it.</summary>
    public string Address => _socket.LocalEndPoint!.ToString()!;

    /// <summary>Opens a socket to a port of the server.</summary>
    /// <param name="transport">UDP, TCP or TLS.</param>
    /// <param name="port">The port.</param>
    /// <param name="trusted">For TLS: the certificate that the server must show.</param>
    public static async Task<SipClient> Connect(string transport, int port, string trusted = "")
    {
        var isUdp = transport == "UDP";
        var socket = new Socket(
            AddressFamily.InterNetwork, isUdp ? SocketType.Dgram : SocketType.Stream, isUdp ? ProtocolType.Udp : ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, port);
        if (isUdp)
            return new SipClient(socket, stream: null, transport);

        Stream stream = new NetworkStream(socket, ownsSocket: true);
        return new SipClient(socket, transport == "TLS" ? await Secure(stream, trusted) : stream, transport);
    }

    /// <summary>A Via line of its own, with a new branch.</summary>
    public string Via() => $"Via: SIP/2.0/{Transport} {Address};rport;branch=z9hG4bK{Guid.NewGuid():N}";

    /// <summary>Sends bytes as they are.</summary>
    public async Task Send(ReadOnlyMemory<byte> bytes)
    {
        if (_stream is not null)
            await _stream.WriteAsync(bytes);
        else
            await _socket.SendAsync(bytes);
    }

    /// <summary>Sends a message with its lines ended as on the wire, whatever ends them in the source.</summary>
    public Task Send(string message) => Send(Encoding.UTF8.GetBytes(message.ReplaceLineEndings("\r\n")));

    /// <summary>Sends a request and waits for the next response.</summary>
    public async Task<SipAnswer> Ask(string request)
    {
        await Send(request);
        return await Receive();
    }

    /// <summary>The next message without a body.</summary>
    /// <exception cref="TimeoutException">None came.</exception>
    public async Task<SipAnswer> Receive()
    {
        while (!_unread.Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            var more = await Read();
            _unread = more.Length > 0 ? _unread + more : throw new IOException($"The server closed the connection after '{_unread}'.");
        }

        var end = _unread.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4;
        var message = _unread[..end];
        _unread = _unread[end..];
        return new SipAnswer(message);
    }

    /// <summary>Waits until the server closes the connection; what it sends before is ignored.</summary>
    public async Task AwaitClose()
    {
        try
        {
            while ((await Read()).Length > 0)
                _unread = "";
        }
        catch (IOException)
        {
            // Closed with a reset: some of what was sent had not been read.
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_stream is not null)
            await _stream.DisposeAsync();
        _socket.Dispose();
    }

    private static async Task<SslStream> Secure(Stream stream, string trusted)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            CustomTrustStore = { X509CertificateLoader.LoadCertificateFromFile(trusted) },
        };
        var secure = new SslStream(stream);
        await secure.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = "localhost", CertificateChainPolicy = policy });
        return secure;
    }

    private async Task<string> Read()
    {
        using var deadline = new CancellationTokenSource(AnswerTime);
        var buffer = new byte[65_536];
        try
        {
            var length = _stream is not null
                ? await _stream.ReadAsync(buffer, deadline.Token)
                : await _socket.ReceiveAsync(buffer, deadline.Token);
            return Encoding.UTF8.GetString(buffer, 0, length);
        }
        catch (OperationCanceledException e)
        {
            throw new TimeoutException($"No answer by {Transport} within {AnswerTime}. Unread: '{_unread}'", e);
        }
    }
}
