using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace TekSipCloud.Testing.Phones;

/// <summary>Answers a digest challenge with MD5 and qop=auth (RFC 3261 §22.4), written apart from the product's own code.</summary>
public static partial class DigestAnswer
{
    /// <summary>The value of an Authorization or Proxy-Authorization header.</summary>
    /// <param name="challenge">The challenge's value.</param>
    /// <param name="method">The request's method.</param>
    /// <param name="uri">Its Request-URI.</param>
    /// <param name="username">Who asks.</param>
    /// <param name="password">The password.</param>
    public static string To(string challenge, string method, string uri, string username, string password)
    {
        const string ClientNonce = "0a4f113b";
        const string Count = "00000001";
        var realm = Parameter(challenge, "realm");
        var nonce = Parameter(challenge, "nonce");
        var secret = Hash($"{username}:{realm}:{password}");
        var response = Hash($"{secret}:{nonce}:{Count}:{ClientNonce}:auth:{Hash($"{method}:{uri}")}");
        return $"Digest username=\"{username}\", realm=\"{realm}\", nonce=\"{nonce}\", uri=\"{uri}\", response=\"{response}\", "
            + $"algorithm=MD5, qop=auth, cnonce=\"{ClientNonce}\", nc={Count}";
    }

    private static string Hash(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Parameter(string challenge, string name) =>
        Parameters().Matches(challenge).First(m => m.Groups["name"].Value == name).Groups["value"].Value;

    [GeneratedRegex("(?<name>[a-z]+)=\"?(?<value>[^\",]*)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameters();
}
