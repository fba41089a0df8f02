using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using TekSipCloud.Testing;

namespace TekSipCloud.Interop.Tests.Tls;

/// <summary>OpenSSL's own client and server.</summary>
internal sealed class OpenSsl : IAsyncDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    private readonly ChildProcess _process;

    private OpenSsl(ChildProcess process) => _process = process;

    /// <summary>What it wrote.</summary>
    public IReadOnlyList<string> Lines => _process.Lines;

    public static OpenSsl Connect(int port, string name, params string[] options) =>
        new(ChildProcess.Start("openssl", ["s_client", "-connect", $"127.0.0.1:{port}", "-servername", name, .. options]));

    /// <summary>A TLS server that writes down what it is sent.</summary>
    public static async Task<OpenSsl> Serve(string address, int port, string certificate, params string[] options)
    {
        // Its output is a pipe here, which it would fill in blocks.
        var server = new OpenSsl(ChildProcess.Start(
            "stdbuf", ["-oL", "openssl", "s_server", "-accept", $"{address}:{port}", "-cert", certificate, "-key", certificate, "-quiet", .. options]));
        await Poll.Until("the server", () => CanConnect(address, port), isOpen => isOpen, Soon);
        return server;
    }

    /// <summary>SHA-256 of the certificate that the server showed.</summary>
    public async Task<string> Fingerprint()
    {
        await _process.WaitForLine(line => line == "-----END CERTIFICATE-----", Soon);
        using var shown = X509Certificate2.CreateFromPem(string.Join('\n', _process.Lines));
        return shown.GetCertHashString(HashAlgorithmName.SHA256);
    }

    public Task<string> WaitForLine(Func<string, bool> matches) => _process.WaitForLine(matches, Soon);

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static async Task<bool> CanConnect(string address, int port)
    {
        using var client = new System.Net.Sockets.TcpClient();
        try
        {
            await client.ConnectAsync(address, port);
            return true;
        }
        catch (System.Net.Sockets.SocketException)
        {
            return false;
        }
    }
}
