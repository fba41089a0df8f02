using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TekSipCloud.Contracts.Tenants;

namespace TekSipCloud.Api.Tests.Security;

/// <summary>A secret that went in never comes out, whatever is asked.</summary>
public sealed class SecretsStayTests(Product product)
{
    private const string Letters = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789+/";

    [Fact]
    public void No_answer_ever_holds_a_secret_nor_what_is_derived_from_it()
    {
        var secrets = Gen.Elements(Letters.ToCharArray()).ArrayOf(20).Select(letters => new string(letters)).ToArbitrary();
        Prop.ForAll(secrets, secret => NeverComesOut(secret).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(5));
    }

    private async Task<bool> NeverComesOut(string secret)
    {
        var tenant = await product.NewTenant();
        using var admin = await product.Program(tenant);
        var root = $"/api/v1/tenants/{tenant}";
        var extension = new { username = "101", password = secret };
        var destination = new { name = "carrier", gateway = "192.0.2.9", username = "me", password = secret };

        var answers = new StringBuilder();
        await Note(answers, await admin.Send("POST", $"{root}/extensions", extension));
        await Note(answers, await admin.Send("PUT", $"{root}/extensions/101", extension));
        await Note(answers, await admin.Send("POST", $"{root}/extensions", extension));
        await Note(answers, await admin.Send("POST", $"{root}/destinations", destination));
        await Note(answers, await admin.Send("PUT", $"{root}/api-password", new { password = secret }));
        foreach (var path in Reads(tenant))
            await Note(answers, await admin.Send("GET", path));

        using var api = new TekSip.TekSipClient(product, tenant);
        foreach (var (path, operation) in new[] { ("/routing", 3), ("/extensions", 15), ("/log", 9), ("/registrations", 16) })
        {
            foreach (var members in new[] { "\"Name\": \"carrier\", \"ExtensionId\": \"101\"", "\"Name\": \"\"" })
                await Note(answers, await api.Send(path, $$"""{"APIPassword": "{{secret}}", "OperationType": {{operation}}, {{members}} }"""));
        }

        var text = answers.ToString();
        return !text.Contains(secret, StringComparison.Ordinal)
            && !text.Contains(Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)), StringComparison.Ordinal)
            && !text.Contains("ha1", StringComparison.OrdinalIgnoreCase)
            && text.Contains("carrier", StringComparison.Ordinal);
    }

    private IEnumerable<string> Reads(TenantId tenant) =>
        from endpoint in product.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        where endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Routing.IHttpMethodMetadata>()?.HttpMethods.Contains("GET") == true
        let route = endpoint.RoutePattern.RawText!
        where route.StartsWith("/api/v1/", StringComparison.Ordinal)
        select route.Replace("{tenant:tenantId}", tenant.Value, StringComparison.Ordinal)
            .Replace("{username}", "101", StringComparison.Ordinal)
            .Replace("{name}", "carrier", StringComparison.Ordinal)
            .Replace("{id:guid}", Guid.Empty.ToString(), StringComparison.Ordinal)
            .Replace("{id}", "x", StringComparison.Ordinal);

    private static async Task Note(StringBuilder answers, HttpResponseMessage answer) => answers
        .Append(answer.Headers)
        .Append(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
}
