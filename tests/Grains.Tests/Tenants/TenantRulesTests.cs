using TekSipCloud.Contracts.Accounts;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Grains.Tenants;

namespace TekSipCloud.Grains.Tests.Tenants;

public sealed class TenantRulesTests
{
    private static readonly TenantId Acme = new("acme");
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_is_left_out_is_made_of_what_is_there()
    {
        var tenant = TenantRules.Create(Acme, new("", ["A.Example", "a.example", "b.example"]), Now).Tenant;

        Assert.Equal(("acme", "a.example"), (tenant.Name, tenant.Realm));
        Assert.Equal(["a.example", "b.example"], tenant.Domains);
        Assert.Null(TenantRules.Validate(tenant));
    }

    [Fact]
    public void The_realm_stays_when_the_domains_change()
    {
        var before = TenantRules.Create(Acme, new("", ["a.example", "b.example"]), Now);
        var after = TenantRules.Change(before, new TenantChange(Domains: ["c.example", "b.example"]));

        Assert.Equal("a.example", after.Tenant.Realm);
        Assert.Equal(["a.example"], after.ReleasedDomains);
        Assert.Equal(before.Version + 1, after.Version);
        Assert.Empty(TenantRules.Change(after, new TenantChange(Domains: ["a.example", "b.example", "c.example"])).ReleasedDomains);
    }

    [Fact]
    public void Every_invalid_field_is_named()
    {
        var settings = new TenantSettings
        {
            MinExpires = TimeSpan.FromHours(2),
            MaxBindings = 0,
            RingTimeout = TimeSpan.FromSeconds(1),
        };
        var tenant = TenantRules.Create(Acme, new("a\nb", ["ok.example", "not ok"], "quote\"", settings), Now).Tenant;

        var fields = TenantRules.Validate(tenant)!.Fields.Select(field => field.Field);

        Assert.Equal(
            ["Name", "Realm", "Domains[1]", "Settings.MaxExpires", "Settings.DefaultExpires", "Settings.MaxBindings", "Settings.RingTimeout"],
            fields);
    }

    [Fact]
    public void Only_a_domain_of_its_own_takes_calls_only_and_another_is_named()
    {
        var tenant = TenantRules.Create(Acme, new("", ["a.example", "b.example"]) { OriginationDomains = ["B.Example", "c.example"] }, Now).Tenant;

        Assert.Equal((false, true), (tenant.IsOriginationOnly("a.example"), tenant.IsOriginationOnly("b.example")));
        Assert.Equal(["OriginationDomains[1]"], TenantRules.Validate(tenant)!.Fields.Select(field => field.Field));
    }

    [Fact]
    public void A_domain_that_takes_calls_only_stays_so_until_it_is_changed_or_gone()
    {
        var before = TenantRules.Create(Acme, new("", ["a.example", "b.example"]) { OriginationDomains = ["a.example", "b.example"] }, Now);

        var renamed = TenantRules.Change(before, new TenantChange(Name: "Acme Ltd"));
        var without = TenantRules.Change(renamed, new TenantChange(Domains: ["a.example", "c.example"]));
        var none = TenantRules.Change(without, new TenantChange { OriginationDomains = [] });

        Assert.Equal(["a.example", "b.example"], renamed.Tenant.OriginationDomains);
        Assert.Equal(["a.example"], without.Tenant.OriginationDomains);
        Assert.Empty(none.Tenant.OriginationDomains);
    }

    [Fact]
    public void A_tenant_without_a_domain_is_refused() =>
        Assert.Contains(TenantRules.Validate(TenantRules.Create(Acme, new("", []), Now).Tenant)!.Fields, field => field.Field == "Domains");

    [Fact]
    public void An_API_key_is_never_an_operators()
    {
        Assert.NotNull(TenantRules.ValidateApiKey("key", Role.Operator));
        Assert.Null(TenantRules.ValidateApiKey("key", Role.Viewer));
    }

    [Fact]
    public void A_secret_is_only_of_its_tenant_and_only_matches_its_own_hash()
    {
        var id = ApiKeySecret.NewId();
        var secret = ApiKeySecret.Create(Acme, id);

        Assert.Equal(id, ApiKeySecret.FindId(secret, Acme));
        Assert.Null(ApiKeySecret.FindId(secret, new TenantId("other")));
        Assert.True(ApiKeySecret.Matches(secret, ApiKeySecret.Hash(secret)));
        Assert.False(ApiKeySecret.Matches(ApiKeySecret.Create(Acme, id), ApiKeySecret.Hash(secret)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("tsk_acme_1")]
    [InlineData("tsk_acme_1_2_3")]
    [InlineData("x_acme_1_0000000000000000000000000000000000000000000000000000000000000000")]
    public void Text_that_is_no_secret_is_of_no_key(string? text) => Assert.Null(ApiKeySecret.FindId(text, Acme));

    [Theory]
    [InlineData("*43", "*44", null)]
    [InlineData("", "", null)]
    [InlineData("600", "", null)]
    [InlineData("4 3", "*44", "Settings.EchoNumber")]
    [InlineData("*43", "a/b", "Settings.MusicNumber")]
    [InlineData("*43", "*43", "Settings.MusicNumber")]
    public void The_tests_have_numbers_of_their_own_or_none(string echo, string music, string? wrong)
    {
        var tenant = TenantRules.Create(Acme, new("", ["a.example"]), Now).Tenant;

        var problem = TenantRules.Validate(tenant with { Settings = new() { EchoNumber = echo, MusicNumber = music } });

        Assert.Equal(wrong is null ? [] : [wrong], problem?.Fields.Select(field => field.Field) ?? []);
    }

    [Theory]
    [InlineData("*8", null)]
    [InlineData("", null)]
    [InlineData("8/", "Settings.PickUpPrefix")]
    public void The_pick_up_prefix_is_written_as_a_number_or_empty(string prefix, string? wrong)
    {
        var tenant = TenantRules.Create(Acme, new("", ["a.example"]), Now).Tenant;

        var problem = TenantRules.Validate(tenant with { Settings = new() { PickUpPrefix = prefix } });

        Assert.Equal(wrong is null ? [] : [wrong], problem?.Fields.Select(field => field.Field) ?? []);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("Default: telephone-event=96", true)]
    [InlineData(" Default : iLBC = 97 , telephone-event=100 ; Carrier: opus=127; ", true)]
    [InlineData(null, false)]
    [InlineData("telephone-event=96", false)]
    [InlineData("Default: telephone-event", false)]
    [InlineData("Default: telephone-event=95", false)]
    [InlineData("Default: telephone-event=128", false)]
    [InlineData("Default: PCMU 0=96", false)]
    [InlineData("Default: opus=96, iLBC=96", false)]
    [InlineData("Default: opus=96, OPUS=97", false)]
    [InlineData("Default: opus=96; Default: iLBC=97", false)]
    public void Codec_ids_are_profiles_of_codecs_with_a_dynamic_payload_type_each(string? text, bool isValid)
    {
        var tenant = TenantRules.Create(Acme, new("", ["a.example"]), Now).Tenant;

        var problem = TenantRules.Validate(tenant with { Settings = new() { CodecIds = text! } });

        Assert.Equal(isValid ? [] : ["Settings.CodecIds"], problem?.Fields.Select(field => field.Field) ?? []);
    }
}
