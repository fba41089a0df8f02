namespace TekSipCloud.Api.Accounts;

/// <summary>Who wants to sign in.</summary>
internal sealed record SignInInput(string Username, string Password)
{
    public override string ToString() => $"sign-in of {Username}";
}
