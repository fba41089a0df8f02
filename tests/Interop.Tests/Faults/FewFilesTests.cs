using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
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
            socket.Bind(new IPEndPoint(IPAddress.Parse($"127.77.{i / 200}.{1 + (i % 200)}"), 0));
            await socket.ConnectAsync(IPAddress.Loopback, host.Ports.Sip).WaitAsync(Soon);
            await IsServed(socket, i);
        }

        Assert.InRange(Directory.GetFileSystemEntries($"/proc/{host.ProcessId}/fd").Length, 1, files - 50);
        connections.ForEach(socket => socket.Dispose());
    }

    private static async Task IsServed(Socket socket, int number)
    {
        var text = $"OPTIONS sip:127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/TCP {socket.LocalEndPoint};branch=z9hG4bK{number}\r\nMax-Forwards: 70\r\n"
            + $"From: <sip:a@b>;tag=1\r\nTo: <sip:127.0.0.1>\r\nCall-ID: {number}\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n";
        await socket.SendAsync(Encoding.ASCII.GetBytes(text));
        var answer = new byte[1024];
        Assert.NotEqual(0, await socket.ReceiveAsync(answer).WaitAsync(Soon));
        Assert.StartsWith("SIP/2.0 ", Encoding.ASCII.GetString(answer), StringComparison.Ordinal);
    }

    private static string Message(JsonElement line) => line.GetProperty("message").GetString()!;
}
