using System.Net;
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
        var told = Assert.Single(await host.Rest.GetAll("system/events"), e => Message(e).Contains("LimitNOFILE", StringComparison.Ordinal));
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

        await end.CancelAsync();
        foreach (var caller in callers)
            await caller.DisposeAsync();
        await Task.WhenAny(ringing);
    }

    private static string Message(JsonElement line) => line.GetProperty("message").GetString()!;
}
