using System.Net;

namespace Orleans.Silos;

/// <summary>What silos must agree on to be of one cluster.</summary>
internal sealed record ClusterKey(IPEndPoint Primary, string ServiceId, string ClusterId);
