using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using TekSipCloud.Sip.Tls;

namespace TekSipCloud.Sip.Transports;

/// <summary>Opens TCP and TLS connections, one attempt per target at a time.</summary>
internal sealed class FlowConnector(SipTransportLayer layer)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<SipTarget, Task<SipFlow?>> _attempts = [];

    public Task<SipFlow?> Connect(SipTarget target)
    {
        lock (_lock)
        {
            if (_attempts.TryGetValue(target, out var running))
                return running;

            // On the pool: nothing of it, not even its beginning, may run on the caller's loop.
            return _attempts[target] = Task.Run(() => Attempt(target));
        }
    }

    private async Task<SipFlow?> Attempt(SipTarget target)
    {
        try
        {
            using var deadline = new CancellationTokenSource(layer.Options.ConnectTimeout, layer.Time);
            return await Open(target, deadline.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SocketException or IOException or AuthenticationException or OperationCanceledException)
        {
            layer.OnConnectFailed(target, e);
            return null;
        }
        finally
        {
            lock (_lock)
                _attempts.Remove(target);
        }
    }

    private async Task<SipFlow?> Open(SipTarget target, CancellationToken deadline)
    {
        var socket = new Socket(target.Remote.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        Stream? stream = null;
        try
        {
            await socket.ConnectAsync(target.Remote, deadline).ConfigureAwait(false);
            stream = new NetworkStream(socket, ownsSocket: true);
            if (target.Protocol == SipTransportProtocol.Tls)
                stream = await Secure(stream, target, deadline).ConfigureAwait(false);
            return Serve(target, socket, stream);
        }
        catch
        {
            socket.Dispose();
            if (stream is not null)
                await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task<SslStream> Secure(Stream stream, SipTarget target, CancellationToken deadline)
    {
        var check = new ServerCheck(target.ServerName ?? target.Remote.Address.ToString(), target.Trust ?? ServerTrust.System);
        var tls = new SslStream(stream, leaveInnerStreamOpen: false);
        try
        {
            await tls.AuthenticateAsClientAsync(check.Options(layer.Options.ClientCertificate?.Invoke()), deadline).ConfigureAwait(false);
            return tls;
        }
        catch (Exception e)
        {
            await tls.DisposeAsync().ConfigureAwait(false);
            layer.Options.OnServerRefused?.Invoke(target, check.Refusal ?? Reason(e));
            throw;
        }
    }

    private static string Reason(Exception fault) => fault switch
    {
        OperationCanceledException => "The TLS handshake took too long.",
        { InnerException: { } inner } => $"{fault.Message} {inner.Message}",
        _ => fault.Message,
    };

    private StreamFlow? Serve(SipTarget target, Socket socket, Stream stream)
    {
        var endpoint = new StreamEndpoint(
            target.Protocol, (IPEndPoint)socket.LocalEndPoint!, target.Remote, new StreamPipe(stream), () => socket.Close(timeout: 0))
        {
            ServerName = target.ServerName,
            Trust = target.ServerName is null ? null : target.Trust,
            IsIncoming = false,
            IsMutual = stream is SslStream { IsMutuallyAuthenticated: true },
        };
        _ = DisposeAfter(layer.Serve(endpoint, out var flow), stream);
        return flow;
    }

    private static async Task DisposeAfter(Task served, Stream stream)
    {
        await served.ConfigureAwait(false);
        await stream.DisposeAsync().ConfigureAwait(false);
    }
}
