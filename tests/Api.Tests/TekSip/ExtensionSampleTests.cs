namespace TekSipCloud.Api.Tests.TekSip;

/// <summary>The manual's samples of <c>POST /extensions</c>.</summary>
public sealed class ExtensionSampleTests(Product product)
{
    private const string AddExtension = """
        {
          "APIPassword": "1234",
          "OperationType": 13,
          "Username": "Tester",
          "Password": "1234",
          "AllowExternalCalls": false,
          "RecordCalls": false,
          "Prefix": "",
          "Redirection": "",
          "Enabled": true
        }
        """;

    [Theory]
    [InlineData("100", "'Tester' added. Calls will be redirected to '100' when it's off-line.")]
    [InlineData("", "'Tester' added.")]
    [InlineData("None", "'Tester' added.")]
    [InlineData("Voice Mail", "'Tester' added. Calls will be redirected to voice mail when it's off-line.")]
    public async Task Add_extension(string redirection, string message)
    {
        using var api = await Connect();
        TekSipClient.AssertSame(
            $$"""{"Operation": 13, "Success": true, "Message": "{{message}}"}""",
            await api.Post("/extensions", Redirected(redirection)));
    }

    [Fact]
    public async Task Delete_extension_is_reported_as_the_success_it_is()
    {
        using var api = await Connect();
        await api.Post("/extensions", AddExtension);
        TekSipClient.AssertSame(
            """{"Operation": 14, "Success": true, "Message": "Extension 'Tester' is deleted"}""",
            await api.Post("/extensions", """{"APIPassword": "1234", "OperationType": 14, "Data": {"ExtensionId": "Tester"}}"""));
        Assert.Equal("[]", await api.Run("/extensions", 15));
    }

    [Fact]
    public async Task Read_one_extension_without_its_password()
    {
        using var api = await Connect();
        await api.Post("/extensions", Redirected("100"));
        TekSipClient.AssertSame(
            """
            {
              "Username": "Tester", "Password": "", "Redirection": "100", "AllowExternalCalls": false, "RecordCalls": false,
              "Prefix": "", "ExternalRoute": "None", "Enabled": true, "APIPassword": null, "OperationType": 0, "Data": null
            }
            """,
            await api.Post("/extensions", """{"APIPassword": "1234", "OperationType": 15, "Data": {"ExtensionId": "Tester"}}"""));
    }

    [Fact]
    public async Task List_extensions()
    {
        using var api = await Connect();
        foreach (var username in new[] { "Tester", "999", "101", "1000" })
            await api.Post("/extensions", AddExtension.Replace("Tester", username, StringComparison.Ordinal));

        TekSipClient.AssertSame(
            """["1000", "101", "999", "Tester"]""",
            await api.Post("/extensions", """{"APIPassword": "1234", "OperationType": 15}"""));
    }

    [Fact]
    public async Task An_add_with_an_empty_password_keeps_the_stored_one_and_what_this_api_can_not_say()
    {
        using var api = await Connect();
        using var rest = await product.Program(api.Tenant);
        var path = $"/api/v1/tenants/{api.Tenant}/extensions/Tester";
        await rest.Send("PUT", path, new { username = "Tester", password = "secret", displayName = "Test er", digestAlgorithm = "sha256" });

        var answer = await api.Post("/extensions", AddExtension.Replace("\"Password\": \"1234\"", "\"Password\": \"\"", StringComparison.Ordinal));

        Assert.Contains("\"Success\":true", answer, StringComparison.Ordinal);
        var kept = await rest.GetJson(path);
        Assert.Equal("Test er", kept.Text("displayName"));
        Assert.Equal("sha256", kept.Text("digestAlgorithm"));
    }

    [Theory]
    [InlineData(""" "Username": "Tester", "Password": "x", "Redirection": "Tester" """, "You cannot redirect an endpoint to itself.")]
    [InlineData(""" "Password": "x" """, "Cannot apply changes; enter minimum configuration: Username is missing.")]
    [InlineData(""" "Username": "Tester", "Password": "x", "Enabled": "maybe" """, "Enabled must be true or false.")]
    [InlineData(""" "Username": "Tester", "Password": "x;y" """, "Invalid endpoint information or illegal character detected in entries.")]
    public async Task What_can_not_be_added_is_told_in_the_manuals_words(string members, string message)
    {
        using var api = await Connect();
        TekSipClient.AssertSame(
            $$"""{"Operation": 13, "Success": false, "Message": "{{message}}"}""", await api.Run("/extensions", 13, members));
    }

    [Fact]
    public async Task An_illegal_username_is_told_in_the_manuals_words()
    {
        using var api = await Connect();
        Assert.Contains(
            "Invalid endpoint information or illegal character detected in entries.",
            await api.Run("/extensions", 13, """ "Username": "a b", "Password": "x" """), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(14)]
    [InlineData(15)]
    public async Task An_extension_that_is_not_there_is_told(int operation)
    {
        using var api = await Connect();
        TekSipClient.AssertSame(
            $$"""{"Operation": {{operation}}, "Success": false, "Message": "Extension '5' does not exist."}""",
            await api.Run("/extensions", operation, """ "Data": {"ExtensionId": "5"} """));
    }

    private static string Redirected(string target) =>
        AddExtension.Replace("\"Redirection\": \"\"", $"\"Redirection\": \"{target}\"", StringComparison.Ordinal);

    private async Task<TekSipClient> Connect() => new(product, await product.NewTenant());
}
