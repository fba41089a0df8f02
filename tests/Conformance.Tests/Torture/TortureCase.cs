using System.Text;

namespace TekSipCloud.Conformance.Tests.Torture;

/// <summary>A message of a torture RFC and what must become of it.</summary>
/// <param name="Rfc">4475 or 5118.</param>
/// <param name="Section">Where the RFC has it.</param>
/// <param name="Name">The RFC's name for it, and the file's.</param>
/// <param name="Udp">What becomes of it as a datagram.</param>
/// <param name="Tcp">What becomes of it on a stream; null when that is the same.</param>
/// <param name="Because">What the RFC prescribes, or which of the outcomes it leaves open was chosen.</param>
public sealed record TortureCase(int Rfc, string Section, string Name, Outcome Udp, Outcome? Tcp, string Because)
{
    /// <summary>A header that the final answer must have, and a part of its value.</summary>
    public (string Name, string Part)? Shows { get; init; }

    /// <summary>Who authenticates when the message is challenged; the user part of its To where this is empty.</summary>
    public string Username { get; init; } = "";

    /// <summary>The octets as the RFC has them.</summary>
    public byte[] Bytes => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Corpus", $"Rfc{Rfc}", $"{Name}.dat"));

    /// <summary>The octets as text, one character each.</summary>
    public string Text => Encoding.Latin1.GetString(Bytes);

    public Outcome On(string transport) => transport == "UDP" ? Udp : Tcp ?? Udp;

    public override string ToString() => $"§{Section} {Name}";
}
