using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Storage.Rows;
using TekSipCloud.Storage.Tenants;

namespace TekSipCloud.Storage.Tests.Tenants;

public sealed class DomainClaimsTests(StorageFixture storage) : IClassFixture<StorageFixture>
{
    private readonly DomainClaims _claims = storage.Get<DomainClaims>();
    private readonly ITenantDirectory _directory = storage.Get<ITenantDirectory>();
    private readonly TenantId _first = Samples.NewTenant();
    private readonly TenantId _second = Samples.NewTenant();

    [Fact]
    public async Task A_domain_belongs_to_who_claimed_it_first()
    {
        Assert.True(await _claims.TryClaim(_first, "one.example"));
        Assert.False(await _claims.TryClaim(_second, "one.example"));
        Assert.Equal(_first, await _directory.FindByDomain("ONE.example", CancellationToken.None));
    }

    [Fact]
    public async Task Of_many_claims_at_once_one_succeeds()
    {
        var tenants = Enumerable.Range(0, 10).Select(_ => Samples.NewTenant()).ToList();

        var claims = await Task.WhenAll(tenants.Select(tenant => _claims.TryClaim(tenant, "race.example")));

        Assert.Single(claims, won => won);
    }

    [Fact]
    public async Task Claiming_ones_own_domain_again_succeeds()
    {
        await _claims.TryClaim(_first, "again.example");

        Assert.True(await _claims.TryClaim(_first, "again.example"));
    }

    [Fact]
    public async Task Only_its_tenant_can_release_a_domain()
    {
        await _claims.TryClaim(_first, "kept.example");
        await _claims.Release(_second, "kept.example");
        Assert.Equal(_first, await _directory.FindByDomain("kept.example", CancellationToken.None));

        await _claims.Release(_first, "kept.example");
        Assert.Null(await _directory.FindByDomain("kept.example", CancellationToken.None));
    }

    [Fact]
    public async Task An_abandoned_claim_can_be_taken_over_after_a_while_but_a_used_one_never()
    {
        await _claims.TryClaim(_first, "abandoned.example");
        await _claims.TryClaim(_first, "used.example");
        await Store(_first, "used.example");
        Assert.False(await _claims.TryClaim(_second, "abandoned.example"));

        storage.Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.True(await _claims.TryClaim(_second, "abandoned.example"));
        Assert.False(await _claims.TryClaim(_second, "used.example"));
    }

    [Theory]
    [InlineData("192.0.2.7")]
    [InlineData("2001:db8::1")]
    [InlineData("pbx_1")]
    public async Task Addresses_are_domains_too(string domain)
    {
        await _claims.TryClaim(_first, domain);

        Assert.Equal(_first, await _directory.FindByDomain(domain, CancellationToken.None));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\ud800")]
    [InlineData("bücher.example")]
    [InlineData("' or PartitionKey ne '")]
    public async Task What_no_tenant_can_have_is_nobodys(string domain) =>
        Assert.Null(await _directory.FindByDomain(domain, CancellationToken.None));

    [Fact]
    public async Task Tenants_are_listed_by_id_with_what_their_rows_say_now()
    {
        var directory = storage.Get<TenantDirectory>();
        await directory.Add(_first);
        await directory.Add(_second);
        await Store(_second, "listed.example");

        var page = await _directory.List(new(Prefix: _second.Value), CancellationToken.None);

        Assert.Equal("listed.example", Assert.Single(page.Items).Realm);
        Assert.DoesNotContain((await _directory.List(new(), CancellationToken.None)).Items, tenant => tenant.Id == _first);
    }

    private async Task Store(TenantId tenant, string domain)
    {
        var transaction = new ConfigTransaction(tenant.Value);
        var value = new Tenant(tenant, "", domain, [domain], true, new TenantSettings(), storage.Clock.GetUtcNow());
        transaction.Put(ConfigKeys.Tenant, new TenantDocument(value, 1), null);
        await storage.Get<ConfigRows>().Commit(transaction);
    }
}
