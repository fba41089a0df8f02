using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using TekSipCloud.Testing;
using TekSipCloud.Testing.Hosts;

namespace TekSipCloud.Interop.Tests.Faults;

/// <summary>A host that may open fewer files than it has media ports: each port is one.</summary>
public sealed class FewFilesTests(HostFixture fixture)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    /// <summary>On a busy machine a call is not refused for that.</summary>
    private static readonly Dictionary<string, string?> Patient = new()
    {
        ["Gateway__Overload__AlwaysAdmitted"] = "10000",
        ["Gateway__ReadDeadline"] = "00:00:30",
    };

    /// <summary>Connections that say nothing stay.</summary>
    private static readonly Dictionary<string, string?> Waiting = new(Patient) { ["Sip__Limits__FirstMessageTimeout"] = "00:30:00" };

    [Fact]
    public async Task Calls_beyond_the_limit_are_503_and_the_host_goes_on()
    {
        // A quarter of so few files is for ports, and a call that rings has four.
        const int files = 800;
        const int calls = files / 4 / 4;
        var options = new HostOptions { OpenFiles = files, MediaPorts = "61000-62999", MayLogErrors = true, Environment = Patient };
        await using var host = await HostProcess.Start(fixture.Azurite, options);
        var told = Assert.Single(await host.Rest.GetAll("system/events"), e => Message(e).Contains("Media ports", StringComparison.Ordinal) && Message(e).Contains("calls", StringComparison.Ordinal));
        Assert.Contains($"enough for {calls} calls", Message(told), StringComparison.Ordinal);
        using var tenant = await TestTenant.Create(host, "files");
        await tenant.AddExtension("1001");
        await tenant.AddExtension("1002");
        await using var callee = await PlainPhone.Connect(host, tenant, "1002");
        Assert.Equal(200, await callee.Register());
        using var end = new CancellationTokenSource();
        var ringing = callee.Rings(end.Token);

        var callers = new List<PlainPhone>();
        for (var i = 0; i <= calls; i++)
            callers.Add(await PlainPhone.Connect(host, tenant, "1001"));
        var first = await Task.WhenAny(callers.Select(caller => caller.Invite("1002"))).WaitAsync(Soon, TestContext.Current.CancellationToken);

        Assert.Equal(503, await first);
        var refused = (await tenant.AwaitHistory())[0];
        Assert.Equal(503, refused.GetProperty("call").GetProperty("status").GetInt32());
        Assert.Contains("The limit of open files leaves no media ports.", refused.GetRawText(), StringComparison.Ordinal);
        using var health = await host.Rest.Http.GetAsync("/health/ready", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        await using var another = await PlainPhone.Connect(host, tenant, "1001");
        Assert.Equal(200, await another.Register());

        await NorDoConnectionsTakeTheLast(host, files);

        await end.CancelAsync();
        foreach (var caller in callers)
            await caller.DisposeAsync();
        await Task.WhenAny(ringing);
    }

    /// <summary>
    /// RFC 4732 §2.3: from addresses enough that none has too many, and as fast as they can be made. Accepted all at once they would take every file,
    /// and then the runtime can't even start a thread.
    /// </summary>
    [Fact]
    public async Task Bursts_of_connections_never_take_the_last_file_and_the_host_goes_on()
    {
        const int files = 800;
        var options = new HostOptions { OpenFiles = files, MediaPorts = "61000-62999", Environment = Waiting };
        await using var host = await HostProcess.Start(fixture.Azurite, options);
        using var tenant = await TestTenant.Create(host, "bursts");
        await tenant.AddExtension("1001");

        for (var i = 0; i < 4; i++)
        {
            var burst = Burst(files, host.Ports.Sip);
            await Poll.Until("a new connection is served", () => OpensFewerThan(files - 50, host), isServed => isServed, Soon);
            await using var phone = await PlainPhone.Connect(host, tenant, "1001", "UDP");
            Assert.Equal(200, await phone.Register());
            burst.ForEach(socket => socket.Dispose());
        }

        await using var another = await PlainPhone.Connect(host, tenant, "1001");
        Assert.Equal(200, await another.Register());
        using var health = await host.Rest.Http.GetAsync("/health/ready", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
    }

    /// <summary>Begins to connect and waits for none.</summary>
    private static List<Socket> Burst(int count, int port)
    {
        var sockets = new List<Socket>();
        for (var i = 0; i < count; i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
            sockets.Add(socket);
            socket.Bind(new IPEndPoint(SourceOf(i), 0));
            var refused = Assert.Throws<SocketException>(() => socket.Connect(IPAddress.Loopback, port));
            Assert.Equal(SocketError.WouldBlock, refused.SocketErrorCode);
        }

        return sockets;
    }

    /// <summary>Whether a connection made now is served, not refused; until that is known the open files are counted.</summary>
    private static async Task<bool> OpensFewerThan(int files, HostProcess host)
    {
        var served = TryBeServed(host.Ports.Sip);
        do
            Assert.InRange(OpenFilesOf(host), 1, files);
        while (await Task.WhenAny(served, Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System)) != served);
        return await served;
    }

    private static async Task<bool> TryBeServed(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Parse("127.78.0.1"), 0));
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port).WaitAsync(Soon);
            return await Ask(socket, 0) is { Length: > 0 };
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>
    /// Half as many connections as there may be files, which stay open: each is served, in the place of the idlest, and files are left. From
    /// addresses enough that none has too many.
    /// </summary>
    private static async Task NorDoConnectionsTakeTheLast(HostProcess host, int files)
    {
        Assert.Single(await host.Rest.GetAll("system/events"), e => Message(e).Contains("SIP connections", StringComparison.Ordinal));
        var connections = new List<Socket>();
        for (var i = 0; i < files / 2; i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            connections.Add(socket);
            socket.Bind(new IPEndPoint(SourceOf(i), 0));
            await socket.ConnectAsync(IPAddress.Loopback, host.Ports.Sip).WaitAsync(Soon);
            Assert.StartsWith("SIP/2.0 ", await Ask(socket, i), StringComparison.Ordinal);
        }

        Assert.InRange(OpenFilesOf(host), 1, files - 50);
        connections.ForEach(socket => socket.Dispose());
    }

    /// <returns>The answer to a request; empty when the connection is closed instead.</returns>
    private static async Task<string> Ask(Socket socket, int number)
    {
        var text = $"OPTIONS sip:127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/TCP {socket.LocalEndPoint};branch=z9hG4bK{number}\r\nMax-Forwards: 70\r\n"
            + $"From: <sip:a@b>;tag=1\r\nTo: <sip:127.0.0.1>\r\nCall-ID: {number}\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n";
        await socket.SendAsync(Encoding.ASCII.GetBytes(text));
        var answer = new byte[1024];
        return Encoding.ASCII.GetString(answer, 0, await socket.ReceiveAsync(answer).WaitAsync(Soon));
    }

    private static int OpenFilesOf(HostProcess host) => Directory.GetFileSystemEntries($"/proc/{host.ProcessId}/fd").Length;

    private static IPAddress SourceOf(int i) => IPAddress.Parse($"127.77.{i / 200}.{1 + (i % 200)}");

    private static string Message(JsonElement line) => line.GetProperty("message").GetString()!;
}
