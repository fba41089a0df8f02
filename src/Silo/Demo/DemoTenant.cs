using System.Security.Cryptography;
using TekSipCloud.Contracts;
using TekSipCloud.Contracts.DialPlan;
using TekSipCloud.Contracts.Extensions;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Contracts.Security;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Storage.Calls;
using TekSipCloud.Storage.Events;

namespace TekSipCloud.Silo.Demo;

/// <summary>Makes a tenant with believable content, so that the console is never empty on a first look.</summary>
internal sealed class DemoTenant(
    IGrainFactory grains, CallHistory history, EventLog events, NodeIdentity node, TimeProvider clock)
{
    /// <summary>The same people, numbers and calls on every installation; only their dates follow the clock.</summary>
    public const int Seed = 4711;

    public const string Name = "Harbour Telecom (demo)";

    /// <summary>The name until it is finished; changed last, in one write. Its owner may change it afterwards.</summary>
    public const string UnfinishedName = "Harbour Telecom (demo, being made)";

    public static readonly TenantId Id = new("demo");

    private const string Domain = "demo.example";

    /// <summary>Makes the tenant when there is none, and anew when an earlier start was interrupted in the middle.</summary>
    /// <exception cref="InvalidOperationException">Refused, e.g. because another tenant has its domain.</exception>
    public async Task Make(CancellationToken stop)
    {
        var tenant = grains.GetGrain<ITenantGrain>(Id.Value);
        var found = await tenant.Get();
        if (found.Value is { Value.Name: not UnfinishedName })
            return;

        var begun = clock.GetTimestamp();
        await Console.Out.WriteAsync("  making the demo tenant …");
        if (found.IsSuccess)
            Demand((await tenant.Delete(WriteCondition.None)).Problem);

        Demand((await tenant.Create(new NewTenant(UnfinishedName, [Domain]))).Problem);
        var content = DemoContent.Create(Seed, Id, node, clock.GetUtcNow());
        await Task.WhenAll(
            SaveExtensions(content),
            SaveDialPlan(content),
            Quarantine(content),
            events.Store(content.Events),
            history.Write(content.Calls)).WaitAsync(stop);

        var settings = new TenantSettings { VoiceMailDestination = DemoDialPlan.Pbx.Name };
        Demand((await tenant.Change(new TenantChange(Name, Settings: settings), WriteCondition.None)).Problem);
        var seconds = clock.GetElapsedTime(begun).TotalSeconds;
        await Console.Out.WriteLineAsync(
            $" {Name}: {content.Extensions.Length} extensions, {content.Calls.Length} calls ({seconds:0.0}s)");
    }

    private Task SaveExtensions(DemoContent content) => Task.WhenAll(content.Extensions.Select(async extension =>
    {
        // Nobody is told: to try one of these phones, its password is set anew.
        var password = RandomNumberGenerator.GetHexString(32);
        var grain = grains.GetGrain<IExtensionGrain>(new ExtensionKey(Id, extension.Username).ToString());
        Demand((await grain.Save(extension, password, WriteCondition.None)).Problem);
    }));

    private async Task SaveDialPlan(DemoContent content)
    {
        var plan = grains.GetGrain<IDialPlanGrain>(Id.Value);
        foreach (var destination in content.Destinations)
            Demand((await plan.SaveDestination(destination, password: null, WriteCondition.None)).Problem);
        foreach (var route in content.Routes)
            Demand((await plan.SaveRoute(route, WriteCondition.None)).Problem);
        foreach (var filter in content.IpFilters)
            Demand((await plan.SaveIpFilter(filter)).Problem);
    }

    private async Task Quarantine(DemoContent content)
    {
        var quarantine = grains.GetGrain<IQuarantineGrain>(Id.Value);
        foreach (var (address, userAgent) in content.Quarantined)
            Demand((await quarantine.Add(address, userAgent)).Problem);
    }

    private static void Demand(Problem? problem)
    {
        if (problem is not null)
            throw new InvalidOperationException($"The demo tenant could not be made: {problem.Detail}");
    }
}
