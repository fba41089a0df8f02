using System.Net;
using System.Text.Json;
using TekSipCloud.Testing.Hosts;
using TekSipCloud.Testing.Phones;

namespace TekSipCloud.Interop.Tests.Calls;

/// <summary>The messages of a call can be read while it lasts and after it.</summary>
public sealed class CallTraceTests(HostFixture fixture)
{
    [Fact]
    public async Task A_calls_messages_are_shown_with_their_legs_and_without_credentials()
    {
        var host = fixture.Host;
        using var tenant = await TestTenant.Create(host, "trace");
        using var other = await TestTenant.Create(host, "blind");
        await tenant.AddExtension("1001");
        await tenant.AddExtension("1002");
        await using var caller = await Baresip.Start(host.Account(tenant, "1001", "tls"));
        await using var callee = await Baresip.Start(host.Account(tenant, "1002"));
        await caller.Dial("1002");
        await Task.WhenAll(caller.Await("CALL_ESTABLISHED"), callee.Await("CALL_ESTABLISHED"));

        var session = await tenant.AwaitSession();
        var path = $"calls/{Guid.Parse(session.GetProperty("SessionId").GetString()!)}/trace";
        Assert.NotEmpty(await Read(host, tenant, path));
        await caller.HangUp();
        await callee.Await("CALL_CLOSED");
        await tenant.AwaitHistory();

        var messages = await Read(host, tenant, path);
        Assert.Contains(messages, m => Is(m, "tls", isSent: false, "Caller 1001", "INVITE sip:1002@"));
        Assert.Contains(messages, m => Is(m, "tls", isSent: true, "Caller 1001", "SIP/2.0 407 "));
        Assert.Contains(messages, m => Is(m, "udp", isSent: true, "Callee 1002", "INVITE sip:"));
        Assert.Contains(messages, m => Is(m, "udp", isSent: true, "Callee 1002", "BYE sip:"));
        Assert.DoesNotContain(messages, m => Text(m).Contains("response=", StringComparison.Ordinal));
        Assert.Contains("v=0", Text(messages[0]), StringComparison.Ordinal);

        var text = await host.Rest.Http.GetStringAsync(
            new Uri($"/api/v1/tenants/{tenant.Id}/{path}.txt", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Contains("INVITE sip:1002@", text, StringComparison.Ordinal);
        var refusal = await Assert.ThrowsAsync<HttpRequestException>(() => Read(host, other, path));
        Assert.Equal(HttpStatusCode.NotFound, refusal.StatusCode);
    }

    private static async Task<JsonElement[]> Read(HostProcess host, TestTenant tenant, string path) =>
        [.. (await host.Rest.Get($"tenants/{tenant.Id}/{path}")).GetProperty("messages").EnumerateArray()];

    private static bool Is(JsonElement message, string transport, bool isSent, string leg, string start) =>
        message.GetProperty("transport").GetString() == transport
        && message.GetProperty("isSent").GetBoolean() == isSent
        && message.GetProperty("leg").GetString()!.StartsWith(leg, StringComparison.Ordinal)
        && Text(message).StartsWith(start, StringComparison.Ordinal);

    private static string Text(JsonElement message) => message.GetProperty("text").GetString()!;
}
