using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace TekSipCloud.Api.Tests.Nodes;

/// <summary>What this process holds in memory.</summary>
public sealed class MemoryTests(Product product)
{
    [Fact]
    public async Task Compacting_tells_what_is_in_use_of_what_is_held()
    {
        using var console = await product.Operator();
        var answer = await console.Send("POST", "/api/v1/system/memory/compact", new { });
        var memory = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken);

        Assert.InRange(memory!["heapBytes"]!.GetValue<long>(), 1, memory["committedBytes"]!.GetValue<long>());
    }
}
