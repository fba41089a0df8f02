using System.Text;
using TekSipCloud.Contracts.Extensions;
using TekSipCloud.Contracts.Security;
using TekSipCloud.Gateway.Tenants;
using TekSipCloud.Sip.Digest;
using TekSipCloud.Sip.Messages;
using DigestAlgorithm = TekSipCloud.Sip.Digest.DigestAlgorithm;

namespace TekSipCloud.Gateway.Admission;

/// <summary>
/// Tells which extension sent a request by its digest credentials (RFC 3261 §22). An unknown user, a disabled one and a wrong password
/// are answered alike and take the same time.
/// </summary>
internal sealed partial class Authenticator(CredentialCache credentials, DigestVerifier verifier, IClusterKeys keys)
{
    /// <summary>Characters of the longest username.</summary>
    private const int MaxUsername = 64;

    private readonly byte[] _nobodysHash = keys.Derive("nobodys-ha1");

    /// <summary>Judges the request's credentials for its tenant.</summary>
    public Verdict Judge(SipMessage request, TenantView tenant)
    {
        var isRegister = request.Method == SipMethod.Register;
        var header = isRegister ? SipHeaderName.Authorization : SipHeaderName.ProxyAuthorization;
        if (!DigestCredentials.TryFind(request, header, tenant.Realm.Span, out var given))
            return Ask(tenant, request, isStale: false);

        Span<char> username = stackalloc char[MaxUsername];
        if (!TryReadUsername(given.UserName, ref username))
            return Verdict.Deny();
        if (!credentials.TryFind(new ExtensionName(tenant.Id, username), out var cached))
            return WaitFor(new ExtensionKey(tenant.Id, username.ToString()));

        var verdict = Verify(request, given, cached.Credentials);
        if (cached.Credentials is not { Extension.Enabled: true } known)
            return Verdict.Deny();

        // The right password by the wrong hash: the phone answered before this extension's own choice was known.
        var isOtherHash = given.Algorithm != Algorithm(tenant, known.Extension);
        return verdict switch
        {
            DigestVerdict.Accepted when !isOtherHash => Identify(request, tenant, cached),
            // Perhaps a retransmission, which only the registrar can tell: it keeps no transactions of refreshes.
            DigestVerdict.Replayed when isRegister && !isOtherHash =>
                Ask(tenant, request, isStale: true) with { Admitted = Identify(request, tenant, cached).Admitted },
            DigestVerdict.Accepted or DigestVerdict.Stale or DigestVerdict.Replayed => Ask(tenant, request, isStale: true),
            _ => Verdict.Deny(),
        };
    }

    private Verdict WaitFor(ExtensionKey key) => Verdict.Wait(() => credentials.Find(key, CancellationToken.None).AsTask());

    private DigestVerdict Verify(SipMessage request, in DigestCredentials given, ExtensionCredentials? known, bool isOnce = false)
    {
        // The hash is computed before anything else can refuse, so that time tells nothing.
        var length = given.Algorithm == DigestAlgorithm.Sha256 ? 32 : 16;
        var own = given.Algorithm == DigestAlgorithm.Sha256 ? known?.Ha1Sha256 : known?.Ha1Md5;
        var ha1 = own is { Length: var bytes } && bytes == length ? own.Value.AsSpan() : _nobodysHash.AsSpan(0, length);
        var verdict = verifier.Verify(ha1, request.MethodToken, given, isOnce);
        return known is null || !given.IsFor(request) ? DigestVerdict.Refused : verdict;
    }

    private static Verdict Identify(SipMessage request, TenantView tenant, CachedExtension cached, bool isOriginationOnly = false)
    {
        // Who authenticates as one extension may not speak as another (threats: identity spoofing by From). As whom it may call is decided with the call,
        // whose log says why not, and as whom it may send to an extension with what it sends.
        if (!request.TryGetFrom(out var from) || !from.TryGetUri(out var uri, out _))
            return Verdict.Refuse(400);

        return request.Method is SipMethod.Invite or SipMethod.Message or SipMethod.Options || UriUser.Is(uri, cached.Credentials!.Extension.Username)
            ? Verdict.Admit(cached.Admit(tenant, isOriginationOnly))
            : Verdict.Deny();
    }

    // RFC 3261 §22.2, §22.3: a registrar challenges with 401, everyone else on the way with 407.
    private Verdict Ask(TenantView tenant, SipMessage request, bool isStale) =>
        Ask(request.Method == SipMethod.Register ? 401 : 407, tenant, request, isStale);

    private Verdict Ask(int status, TenantView tenant, SipMessage request, bool isStale) =>
        Verdict.Ask(status, tenant.Challenge(Algorithm(tenant, Claimed(request, tenant)), isStale));

    /// <summary>The extension that From names, if it is in memory: only its choice of a hash is used, nothing is believed.</summary>
    private Extension? Claimed(SipMessage request, TenantView tenant)
    {
        Span<byte> buffer = stackalloc byte[256];
        Span<char> username = stackalloc char[MaxUsername];
        return request.TryGetFrom(out var from) && from.TryGetUri(out var uri, out _) && uri.User.Length <= buffer.Length
            && TryReadUsername(uri.UnescapeUser(buffer), ref username)
            && credentials.TryFind(new ExtensionName(tenant.Id, username), out var known)
                ? known.Credentials?.Extension
                : null;
    }

    private static DigestAlgorithm Algorithm(TenantView tenant, Extension? extension) =>
        (extension?.DigestAlgorithm ?? tenant.Settings.DigestAlgorithm) == Contracts.Tenants.DigestAlgorithm.Sha256
            ? DigestAlgorithm.Sha256
            : DigestAlgorithm.Md5;

    /// <summary>Reads a name that an extension can have; <paramref name="username"/> is cut to its length.</summary>
    private static bool TryReadUsername(ReadOnlySpan<byte> bytes, ref Span<char> username)
    {
        if (bytes.IsEmpty || !Encoding.UTF8.TryGetChars(bytes, username, out var length))
            return false;

        username = username[..length];
        return !username.ContainsAnyInRange('\uD800', '\uDFFF');
    }
}
