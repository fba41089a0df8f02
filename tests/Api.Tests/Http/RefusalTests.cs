using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TekSipCloud.Api.Accounts;

namespace TekSipCloud.Api.Tests.Http;

/// <summary>What is refused before anything behind the API is asked.</summary>
public sealed class RefusalTests(RefusingHost refusing) : IClassFixture<RefusingHost>
{
    private readonly ApiHost _host = refusing.Host;

    [Fact]
    public async Task Every_endpoint_of_rest_v1_demands_a_role_but_sign_in()
    {
        var open = RestEndpoints(_host)
            .Where(e => e.Metadata.GetMetadata<IAuthorizeData>()?.Policy is null || e.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            .Select(e => e.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName);

        Assert.Equal(["SignIn"], open);
    }

    [Fact]
    public async Task Every_change_demands_more_than_a_viewer_but_those_of_the_own_session()
    {
        var byViewer = RestEndpoints(_host)
            .Where(e => e.Metadata.GetMetadata<IAuthorizeData>()?.Policy == Policies.Viewer
                && e.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods.Any(method => method != "GET"))
            .Select(e => e.RoutePattern.RawText);

        Assert.All(byViewer, path => Assert.StartsWith("/api/v1/session", path, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("GET", "/api/v1/tenants")]
    [InlineData("GET", "/api/v1/tenants/default/extensions")]
    [InlineData("DELETE", "/api/v1/tenants/no-such/extensions/1")]
    [InlineData("POST", "/api/v1/tenants")]
    [InlineData("GET", "/api/v1/session")]
    public async Task A_stranger_gets_401_and_learns_nothing(string method, string path)
    {
        var answer = await _host.Client.SendAsync(new(new HttpMethod(method), path), Cancel);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.ToString());
        await answer.Problem(401);
    }

    [Theory]
    [InlineData("tsc=CfDJ8garbage")]
    [InlineData("tsc=")]
    [InlineData("tsc=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_made_up_cookie_is_no_sign_in(string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/session");
        request.Headers.Add("Cookie", cookie);
        Assert.Equal(HttpStatusCode.Unauthorized, (await _host.Client.SendAsync(request, Cancel)).StatusCode);
    }

    [Theory]
    [InlineData("Bearer x")]
    [InlineData("Bearer tsk_UPPER_1_2")]
    [InlineData("Bearer tsk_default_1")]
    [InlineData("Basic YWRtaW46YWRtaW4=")]
    [InlineData("Bearer")]
    public async Task What_is_no_api_key_is_refused_without_asking_anyone(string authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/session");
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        Assert.Equal(HttpStatusCode.Unauthorized, (await _host.Client.SendAsync(request, Cancel)).StatusCode);
    }

    [Theory]
    [InlineData("""{"username":"a"}""", "password")]
    [InlineData("""{"username":1,"password":"b"}""", "username")]
    [InlineData("""{"username":null,"password":"b"}""", "username")]
    [InlineData("""{"username":"a","password":"b","admin":true}""", "admin")]
    public async Task A_problem_names_the_field_that_can_not_be_read(string json, string field)
    {
        var answer = await _host.Client.PostAsync("/api/v1/session", Json(json), Cancel);

        var problem = await answer.Problem(400);
        Assert.Equal([field], problem["errors"]!.AsObject().Select(error => error.Key));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("{\"username\":\"\ud800\"}")]
    public async Task What_is_no_json_object_is_a_problem(string json)
    {
        await (await _host.Client.PostAsync("/api/v1/session", Json(json), Cancel)).Problem(400);
    }

    [Fact]
    public async Task Another_content_type_is_415()
    {
        using var form = new StringContent("username=a&password=b", null, "application/x-www-form-urlencoded");
        await (await _host.Client.PostAsync("/api/v1/session", form, Cancel)).Problem(415);
    }

    [Theory]
    [InlineData("/api/v1/session", true)]
    [InlineData("/api/v1/session", false)]
    [InlineData("/extensions", true)]
    [InlineData("/extensions", false)]
    public async Task A_body_beyond_the_limit_is_413(string path, bool isAsking)
    {
        using var body = Json($$"""{"username":"{{new string('a', 10 * 1024 * 1024)}}"}""");
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body };
        request.Headers.ExpectContinue = isAsking;
        var answer = await _host.Client.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Theory]
    [InlineData("/api/v1/nothing", 404)]
    [InlineData("/api/v1/tenants/Not_An_Id", 404)]
    [InlineData("/nothing", 404)]
    [InlineData("/api/v1/session/password", 405)]
    public async Task An_address_that_is_none_is_a_problem(string path, int status)
    {
        await (await _host.Client.GetAsync(path, Cancel)).Problem(status);
    }

    [Fact]
    public async Task Storage_away_is_503_with_retry_after_and_no_details()
    {
        var answer = await _host.Client.PostAsync("/api/v1/session", Json("""{"username":"a","password":"b"}"""), Cancel);

        Assert.NotNull(answer.Headers.RetryAfter);
        var problem = await answer.Problem(503);
        Assert.DoesNotContain("GetGrain", problem.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_tell_browsers_to_be_careful()
    {
        var answer = await _host.Client.GetAsync("/health/live", Cancel);

        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.Contains("frame-ancestors 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.False(answer.Headers.Contains("Server"));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static StringContent Json(string json) => new(json, null, "application/json");

    private static IEnumerable<RouteEndpoint> RestEndpoints(ApiHost host) => host.Services
        .GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(e => e.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal));
}
