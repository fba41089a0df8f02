using System.Security.Cryptography;
using System.Text;
using TekSipCloud.Contracts.Destinations;
using TekSipCloud.Sip.Digest;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Gateway.Calls;

/// <summary>Answers a destination's challenge with the account kept for it (RFC 3261 §22.2). An extension's phone never gets any.</summary>
internal static class DestinationCredentials
{
    /// <summary>What writes the credentials into the request sent again; null when there are none for this challenge.</summary>
    /// <param name="call">The call.</param>
    /// <param name="target">Who challenged.</param>
    /// <param name="response">The challenge.</param>
    /// <param name="mustBeStale">Credentials were given before: only a nonce that was too old is a reason to give them again.</param>
    public static Action<SipWriter>? Answer(Call call, CallTarget target, SipMessage response, bool mustBeStale) =>
        Answer(call, target.Destination, response, mustBeStale, SipMethod.Invite, target.RequestUri);

    /// <summary>The same for a request of ours within a call.</summary>
    /// <param name="leg">Whose peer challenged.</param>
    /// <param name="method">What was challenged.</param>
    /// <param name="response">The challenge.</param>
    /// <param name="mustBeStale">Credentials were given before for this request.</param>
    public static Action<SipWriter>? Answer(CallLeg leg, SipMethod method, SipMessage response, bool mustBeStale)
    {
        var destination = leg.Target?.Destination ?? (leg.Destination is { } caller ? leg.Call.Tenant.FindDestination(caller.Name) : null);
        return Answer(leg.Call, destination, response, mustBeStale, method, leg.Dialog.RemoteTarget.ToArray());
    }

    /// <summary>The same for a request of any method.</summary>
    public static Action<SipWriter>? Answer(
        Call call, DestinationTarget? target, SipMessage response, bool mustBeStale, SipMethod method, byte[] uri)
    {
        if (target is not { ProtectedPassword: { } secret }
            || !DigestChallenge.TryChoose(response, default, out var challenge)
            || (mustBeStale && !challenge.IsStale))
            return null;

        var account = target.Destination;
        if (Password(call, account, secret) is not { } password)
            return null;

        var username = Encoding.UTF8.GetBytes(account.AuthUsername.Length > 0 ? account.AuthUsername : account.Username);
        return writer => Write(writer, response, username, password, method, uri, call.Gateway.Ids.NewTag());
    }

    private static byte[]? Password(Call call, Destination account, string secret)
    {
        try
        {
            var key = new DestinationKey(call.Tenant.Id, account.Name);
            return Encoding.UTF8.GetBytes(call.Gateway.Context.Secrets.Unprotect(secret, key.PasswordPurpose));
        }
        catch (CryptographicException e)
        {
            // Kept under a key that is gone: the account has to be saved again; until then it has no password.
            call.Log.Add("candidate", $"The password of {account.Name} cannot be read: {e.Message}");
            return null;
        }
    }

    private static void Write(
        SipWriter writer, SipMessage response, byte[] username, byte[] password, SipMethod method, byte[] uri, byte[] clientNonce)
    {
        _ = DigestChallenge.TryChoose(response, default, out var challenge);
        Span<byte> ha1 = stackalloc byte[32];
        var length = DigestHa1.Compute(challenge.Algorithm, username, challenge.Realm, password, ha1);
        var client = new DigestClient
        {
            UserName = username,
            Ha1 = ha1[..length],
            ClientNonce = clientNonce,
            NonceCount = 1,
        };
        var header = response.StatusCode == 401 ? SipHeaderName.Authorization : SipHeaderName.ProxyAuthorization;
        DigestAnswer.Write(writer, header, challenge, client, SipMethods.Token(method), uri);
    }
}
