using TekSipCloud.Contracts;
using TekSipCloud.Contracts.Security;
using TekSipCloud.Grains.Security;

namespace TekSipCloud.Grains.Tests.Security;

public sealed class QuarantineGrainTests(SiloFixture silo) : IClassFixture<SiloFixture>
{
    [Fact]
    public async Task Entries_outlive_the_activation_and_are_found_by_any_spelling()
    {
        var quarantine = silo.Grains.GetGrain<IQuarantineGrain>((await silo.NewTenant()).Value);
        await quarantine.Add("::ffff:192.0.2.1", "scanner\r\nX: y").Soon();
        await quarantine.Add("192.0.2.1", "scanner").Soon();
        await quarantine.Add("2001:DB8::1", "").Soon();
        await silo.ForgetAll();

        Assert.Equal(["2001:db8::1", "192.0.2.1"], (await quarantine.List().Soon()).Select(entry => entry.Address));
        Assert.Null((await quarantine.Remove("2001:db8:0::1").Soon()).Problem);
        Assert.Equal(ProblemKind.NotFound, (await quarantine.Remove("2001:db8::1").Soon()).Problem?.Kind);
        Assert.Equal(ProblemKind.Invalid, (await quarantine.Add("nowhere", "").Soon()).Problem?.Kind);

        await quarantine.Clear().Soon();
        await silo.ForgetAll();
        Assert.Empty(await quarantine.List().Soon());
    }

    [Fact]
    public async Task A_tenant_that_does_not_exist_has_no_quarantine()
    {
        var quarantine = silo.Grains.GetGrain<IQuarantineGrain>("nobody");

        Assert.Equal(ProblemKind.NotFound, (await quarantine.Add("192.0.2.1", "").Soon()).Problem?.Kind);
    }

    [Fact]
    public void A_strangers_User_Agent_is_kept_without_line_ends_and_not_for_ever() =>
        Assert.Equal(new string('x', 200), QuarantineState.Shorten("\r\n\u0000" + new string('x', 10_000)));
}
