using TekSipCloud.Contracts.Extensions;

namespace TekSipCloud.Gateway.Tests.Scripts;

/// <summary>A test with a domain of the default tenant's that takes calls and rings nobody.</summary>
public abstract class OriginationTest : GatewayTest
{
    internal const string Dialler = "dial.example.com";

    /// <summary>The account's phone, whose calls may go out, and how it answers the challenges to its calls.</summary>
    internal (Phone Phone, PhoneDigest Digest) Account(
        string username, Func<Extension, Extension>? change = null, string? password = null)
    {
        Open();
        if (Script.Grains.Extension(SipScript.Tenant, username).Credentials is null)
            Script.AddExtension(username, extension => (change ?? (same => same))(extension with { AllowExternalCalls = true }));
        return (Script.Stranger(username, Dialler, password: password), new PhoneDigest(username, password ?? $"secret-{username}"));
    }

    /// <summary>Makes the domain one that takes calls only, told as news.</summary>
    internal void Open(bool isOriginationOnly = true)
    {
        var tenant = Script.Grains.Tenant(SipScript.Tenant);
        tenant.Tenant = tenant.Tenant with
        {
            Domains = [SipScript.Domain, Dialler],
            OriginationDomains = isOriginationOnly ? [Dialler] : [],
        };
        Script.Tell(tenant.News());
    }

    /// <summary>Calls, and is challenged.</summary>
    internal static PhoneCall Challenged((Phone Phone, PhoneDigest Digest) account, string number, string? sdp = "")
    {
        var call = account.Phone.Invites(number, sdp);
        call.GetsRefusal(401);
        account.Digest.Learn(call.Last);
        return call;
    }

    /// <summary>Calls with an answer to the challenge.</summary>
    internal static PhoneCall Calls((Phone Phone, PhoneDigest Digest) account, string number, string? sdp = "")
    {
        var call = Challenged(account, number, sdp);
        Answers(call, account, sdp);
        return call;
    }

    /// <summary>Sends the INVITE again with an answer to the last challenge.</summary>
    internal static void Answers(PhoneCall call, (Phone Phone, PhoneDigest Digest) account, string? sdp = "") => call.SendsInvite(
        sdp == "" ? Sdp.Of(account.Phone.Address) : sdp, account.Digest.Answer("Authorization", "INVITE", call.Target));
}
