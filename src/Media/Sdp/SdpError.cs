namespace TekSipCloud.Media.Sdp;

/// <summary>Why a session description was not understood.</summary>
/// <remarks>
/// Malformed text is answered with 400; <see cref="TooLong"/>, <see cref="TooManyLines"/>, <see cref="LineTooLong"/> and
/// <see cref="TooManyMedia"/> are limits of this product (<see cref="SdpLimits"/>), answered with 488.
/// </remarks>
public enum SdpError
{
    /// <summary>The description was understood.</summary>
    None,

    /// <summary>There was no line at all.</summary>
    Empty,

    /// <summary>The body exceeds <see cref="SdpLimits.MaxBytes"/>.</summary>
    TooLong,

    /// <summary>The body has more than <see cref="SdpLimits.MaxLines"/> lines.</summary>
    TooManyLines,

    /// <summary>A line exceeds <see cref="SdpLimits.MaxLineBytes"/>.</summary>
    LineTooLong,

    /// <summary>There are more than <see cref="SdpLimits.MaxMedia"/> m= lines, or one has too many formats.</summary>
    TooManyMedia,

    /// <summary>A line is not <c>letter=value</c>, or holds a control character.</summary>
    BadLine,

    /// <summary>The first line is not <c>v=0</c> (RFC 8866 §5.1).</summary>
    BadVersion,

    /// <summary>The o= line is missing or malformed (RFC 8866 §5.2).</summary>
    BadOrigin,

    /// <summary>A c= line is malformed (RFC 8866 §5.7).</summary>
    BadConnection,

    /// <summary>An m= line is malformed (RFC 8866 §5.14).</summary>
    BadMedia,
}
