namespace TekSipCloud.Sip.Resolution;

/// <summary>How a name server answers (RFC 1035 §4.1.1).</summary>
internal enum DnsResponseCode : byte
{
    /// <summary>It knows; maybe that there is no such record.</summary>
    NoError = 0,

    /// <summary>It could not read the question.</summary>
    FormatError = 1,

    /// <summary>It could not find out.</summary>
    ServerFailure = 2,

    /// <summary>The name does not exist.</summary>
    NameError = 3,

    /// <summary>It does not do that.</summary>
    NotImplemented = 4,

    /// <summary>It does not want to.</summary>
    Refused = 5,
}
