using System.Security.Cryptography;
using System.Text;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Gateway.Tests.Scripts;

/// <summary>Answers challenges as RFC 7616 §3.4 says, computed here so that the library's own digest is not its judge.</summary>
internal sealed class PhoneDigest(string user, string password)
{
    private string _realm = "";
    private bool _isSha256;

    /// <summary>The nonce that is answered; a test may put another.</summary>
    public string Nonce { get; set; } = "";

    /// <summary>The last nonce count that was used.</summary>
    public uint Count { get; set; }

    public bool WasChallenged => Nonce.Length > 0;

    /// <summary>Takes over a 401's or 407's challenge.</summary>
    public void Learn(SipMessage challenge)
    {
        var header = challenge.StatusCode == 401 ? "WWW-Authenticate" : "Proxy-Authenticate";
        var value = SipText.Header(challenge, header);
        _realm = Quoted(value, "realm");
        _isSha256 = value.Contains("SHA-256", StringComparison.Ordinal);
        Nonce = Quoted(value, "nonce");
        Count = 0;
    }

    /// <summary>The header line; empty before the first challenge.</summary>
    public string Answer(string header, string method, string uri)
    {
        if (!WasChallenged)
            return "";

        var count = $"{++Count:x8}";
        var ha1 = Hash($"{user}:{_realm}:{password}");
        var ha2 = Hash($"{method}:{uri}");
        var response = Hash($"{ha1}:{Nonce}:{count}:abc:auth:{ha2}");
        var algorithm = _isSha256 ? "SHA-256" : "MD5";
        return $"""{header}: Digest username="{user}", realm="{_realm}", nonce="{Nonce}", uri="{uri}", """
            + $"""response="{response}", algorithm={algorithm}, cnonce="abc", qop=auth, nc={count}""";
    }

    public static string Quoted(string value, string name) => value.Split($"{name}=\"")[1].Split('"')[0];

    private string Hash(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return Convert.ToHexStringLower(_isSha256 ? SHA256.HashData(bytes) : Md5.Of(bytes));
    }
}
