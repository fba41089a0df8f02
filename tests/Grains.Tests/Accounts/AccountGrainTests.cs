using TekSipCloud.Contracts;
using TekSipCloud.Contracts.Accounts;

namespace TekSipCloud.Grains.Tests.Accounts;

public sealed class AccountGrainTests(SiloFixture silo) : IClassFixture<SiloFixture>
{
    private const string Password = "correct horse battery";

    [Fact]
    public async Task An_account_signs_in_with_its_password_also_after_a_restart_of_its_grain()
    {
        var account = silo.Grains.GetGrain<IAccountGrain>(KeyEscaping.Escape("ann@example"));
        var made = await account.Save(Role.Operator, null, Password, WriteCondition.Create).Soon();
        await silo.ForgetAll();

        Assert.Equal(made.Value, (await account.SignIn(Password, "192.0.2.1").Soon()).Value);
        Assert.Equal(ProblemKind.Conflict, (await account.Save(Role.Operator, null, Password, WriteCondition.Create).Soon()).Problem?.Kind);
    }

    [Fact]
    public async Task A_new_password_makes_a_new_stamp()
    {
        var account = silo.Grains.GetGrain<IAccountGrain>("bob");
        var made = await account.Save(Role.Viewer, new("acme"), Password, WriteCondition.Create).Soon();

        Assert.Equal(ProblemKind.Forbidden, (await account.ChangePassword("wrong", "another long one").Soon()).Problem?.Kind);
        Assert.Equal(ProblemKind.Invalid, (await account.ChangePassword(Password, "short").Soon()).Problem?.Kind);
        var changed = await account.ChangePassword(Password, "another long one").Soon();

        Assert.NotEqual(made.Value!.Stamp, changed.Value!.Stamp);
        Assert.Equal(ProblemKind.Forbidden, (await account.SignIn(Password, "192.0.2.1").Soon()).Problem?.Kind);
        Assert.Null((await account.SignIn("another long one", "192.0.2.1").Soon()).Problem);
    }

    [Theory]
    [InlineData("carol", true)]
    [InlineData("nobody", false)]
    [InlineData("No Such User~01", false)]
    public async Task Guessing_looks_alike_whether_the_account_exists_or_not(string username, bool exists)
    {
        var account = silo.Grains.GetGrain<IAccountGrain>(KeyEscaping.Escape(username));
        if (exists)
            await account.Save(Role.Operator, null, Password, WriteCondition.Create).Soon();

        var outcomes = new List<Problem?>();
        for (var i = 0; i < 6; i++)
            outcomes.Add((await account.SignIn("wrong", "192.0.2.1").Soon()).Problem);

        Assert.All(outcomes[..5], problem => Assert.Equal(ProblemKind.Forbidden, problem?.Kind));
        Assert.Equal(ProblemKind.OverLimit, outcomes[5]?.Kind);
    }

    [Fact]
    public async Task A_strangers_guesses_do_not_keep_the_owner_out()
    {
        var account = silo.Grains.GetGrain<IAccountGrain>("dora");
        await account.Save(Role.Operator, null, Password, WriteCondition.Create).Soon();
        for (var i = 0; i < 6; i++)
            await account.SignIn("wrong", "198.51.100.66").Soon();

        Assert.Equal(ProblemKind.OverLimit, (await account.SignIn(Password, "198.51.100.66").Soon()).Problem?.Kind);
        Assert.Null((await account.SignIn(Password, "192.0.2.1").Soon()).Problem);
    }

    [Fact]
    public async Task What_is_invalid_is_named()
    {
        var account = silo.Grains.GetGrain<IAccountGrain>(KeyEscaping.Escape("Upper Case"));

        var refused = await account.Save(Role.TenantAdmin, null, "short", WriteCondition.None).Soon();

        Assert.Equal(["Username", "Tenant", "Password"], refused.Problem!.Fields.Select(field => field.Field));
    }
}
