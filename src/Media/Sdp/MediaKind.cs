namespace TekSipCloud.Media.Sdp;

/// <summary>What an m= line carries (RFC 8866 §5.14).</summary>
public enum MediaKind
{
    /// <summary>A kind that this product does not name.</summary>
    Other,

    /// <summary>Sound.</summary>
    Audio,

    /// <summary>Moving pictures.</summary>
    Video,

    /// <summary>Fax (T.38).</summary>
    Image,

    /// <summary>Real-time text or messages.</summary>
    Text,

    /// <summary>Data channels, BFCP and the like.</summary>
    Application,
}
