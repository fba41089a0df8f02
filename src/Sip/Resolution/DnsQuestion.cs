namespace TekSipCloud.Sip.Resolution;

/// <summary>What is asked: records of a kind at a name in the form of <see cref="DnsName"/>.</summary>
internal readonly record struct DnsQuestion(string Name, DnsRecordType Type)
{
    public override string ToString() => $"{Name} {Type.ToString().ToUpperInvariant()}";
}
