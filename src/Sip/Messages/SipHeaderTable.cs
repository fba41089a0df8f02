namespace TekSipCloud.Sip.Messages;

/// <summary>Name, compact form and shape of every header in <see cref="SipHeaderName"/>, in its order.</summary>
internal static class SipHeaderTable
{
    internal static readonly Entry[] Entries =
    [
        new(SipHeaderName.Other, "", Shape.Line),
        new(SipHeaderName.Accept, "Accept", Shape.List),
        new(SipHeaderName.AcceptContact, "Accept-Contact", Shape.List, 'a'),
        new(SipHeaderName.AcceptEncoding, "Accept-Encoding", Shape.List),
        new(SipHeaderName.AcceptLanguage, "Accept-Language", Shape.List),
        new(SipHeaderName.AlertInfo, "Alert-Info", Shape.List),
        new(SipHeaderName.Allow, "Allow", Shape.List),
        new(SipHeaderName.AllowEvents, "Allow-Events", Shape.List, 'u'),
        new(SipHeaderName.AuthenticationInfo, "Authentication-Info", Shape.Line),
        new(SipHeaderName.Authorization, "Authorization", Shape.Line),
        new(SipHeaderName.CallId, "Call-ID", Shape.Single, 'i'),
        new(SipHeaderName.CallInfo, "Call-Info", Shape.List),
        new(SipHeaderName.Contact, "Contact", Shape.List, 'm'),
        new(SipHeaderName.ContentDisposition, "Content-Disposition", Shape.Single),
        new(SipHeaderName.ContentEncoding, "Content-Encoding", Shape.List, 'e'),
        new(SipHeaderName.ContentLanguage, "Content-Language", Shape.List),
        new(SipHeaderName.ContentLength, "Content-Length", Shape.Single, 'l'),
        new(SipHeaderName.ContentType, "Content-Type", Shape.Single, 'c'),
        new(SipHeaderName.CSeq, "CSeq", Shape.Single),
        new(SipHeaderName.Date, "Date", Shape.Line),
        new(SipHeaderName.Diversion, "Diversion", Shape.List),
        new(SipHeaderName.ErrorInfo, "Error-Info", Shape.List),
        new(SipHeaderName.Event, "Event", Shape.Single, 'o'),
        new(SipHeaderName.Expires, "Expires", Shape.Single),
        new(SipHeaderName.FlowTimer, "Flow-Timer", Shape.Single),
        new(SipHeaderName.From, "From", Shape.Single, 'f'),
        new(SipHeaderName.HistoryInfo, "History-Info", Shape.List),
        new(SipHeaderName.Identity, "Identity", Shape.Line, 'y'),
        new(SipHeaderName.InReplyTo, "In-Reply-To", Shape.List),
        new(SipHeaderName.Join, "Join", Shape.Single),
        new(SipHeaderName.MaxBreadth, "Max-Breadth", Shape.Single),
        new(SipHeaderName.MaxForwards, "Max-Forwards", Shape.Single),
        new(SipHeaderName.MimeVersion, "MIME-Version", Shape.Line),
        new(SipHeaderName.MinExpires, "Min-Expires", Shape.Single),
        new(SipHeaderName.MinSe, "Min-SE", Shape.Single),
        new(SipHeaderName.Organization, "Organization", Shape.Line),
        new(SipHeaderName.PAccessNetworkInfo, "P-Access-Network-Info", Shape.List),
        new(SipHeaderName.PAssertedIdentity, "P-Asserted-Identity", Shape.List),
        new(SipHeaderName.PAssociatedUri, "P-Associated-URI", Shape.List),
        new(SipHeaderName.Path, "Path", Shape.List),
        new(SipHeaderName.PCalledPartyId, "P-Called-Party-ID", Shape.Line),
        new(SipHeaderName.PChargingVector, "P-Charging-Vector", Shape.Line),
        new(SipHeaderName.PEarlyMedia, "P-Early-Media", Shape.List),
        new(SipHeaderName.PPreferredIdentity, "P-Preferred-Identity", Shape.List),
        new(SipHeaderName.Priority, "Priority", Shape.Line),
        new(SipHeaderName.Privacy, "Privacy", Shape.Line),
        new(SipHeaderName.ProxyAuthenticate, "Proxy-Authenticate", Shape.Line),
        new(SipHeaderName.ProxyAuthorization, "Proxy-Authorization", Shape.Line),
        new(SipHeaderName.ProxyRequire, "Proxy-Require", Shape.List),
        new(SipHeaderName.RAck, "RAck", Shape.Single),
        new(SipHeaderName.Reason, "Reason", Shape.List),
        new(SipHeaderName.RecordRoute, "Record-Route", Shape.List),
        new(SipHeaderName.ReferredBy, "Referred-By", Shape.Single, 'b'),
        new(SipHeaderName.ReferSub, "Refer-Sub", Shape.Line),
        new(SipHeaderName.ReferTo, "Refer-To", Shape.Single, 'r'),
        new(SipHeaderName.RejectContact, "Reject-Contact", Shape.List, 'j'),
        new(SipHeaderName.RemotePartyId, "Remote-Party-ID", Shape.List),
        new(SipHeaderName.Replaces, "Replaces", Shape.Single),
        new(SipHeaderName.ReplyTo, "Reply-To", Shape.Line),
        new(SipHeaderName.RequestDisposition, "Request-Disposition", Shape.List, 'd'),
        new(SipHeaderName.Require, "Require", Shape.List),
        new(SipHeaderName.RetryAfter, "Retry-After", Shape.Line),
        new(SipHeaderName.Route, "Route", Shape.List),
        new(SipHeaderName.RSeq, "RSeq", Shape.Single),
        new(SipHeaderName.Server, "Server", Shape.Line),
        new(SipHeaderName.ServiceRoute, "Service-Route", Shape.List),
        new(SipHeaderName.SessionExpires, "Session-Expires", Shape.Single, 'x'),
        new(SipHeaderName.SipETag, "SIP-ETag", Shape.Single),
        new(SipHeaderName.SipIfMatch, "SIP-If-Match", Shape.Single),
        new(SipHeaderName.Subject, "Subject", Shape.Line, 's'),
        new(SipHeaderName.SubscriptionState, "Subscription-State", Shape.Single),
        new(SipHeaderName.Supported, "Supported", Shape.List, 'k'),
        new(SipHeaderName.TargetDialog, "Target-Dialog", Shape.Single),
        new(SipHeaderName.Timestamp, "Timestamp", Shape.Line),
        new(SipHeaderName.To, "To", Shape.Single, 't'),
        new(SipHeaderName.Unsupported, "Unsupported", Shape.List),
        new(SipHeaderName.UserAgent, "User-Agent", Shape.Line),
        new(SipHeaderName.UserToUser, "User-to-User", Shape.List),
        new(SipHeaderName.Via, "Via", Shape.List, 'v'),
        new(SipHeaderName.Warning, "Warning", Shape.List),
        new(SipHeaderName.WwwAuthenticate, "WWW-Authenticate", Shape.Line),
    ];

    internal enum Shape
    {
        /// <summary>Every line is one value, commas and all.</summary>
        Line,

        /// <summary>One line per message.</summary>
        Single,

        /// <summary>Values separated by commas, on any number of lines.</summary>
        List,
    }

    internal readonly record struct Entry(SipHeaderName Name, string Wire, Shape Shape, char Compact = '\0');
}
