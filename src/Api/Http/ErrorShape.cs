using Microsoft.AspNetCore.Http;

namespace TekSipCloud.Api.Http;

/// <summary>Endpoint metadata: how errors outside the handler are written. Without it, as RFC 9457 problems.</summary>
/// <param name="Write">Writes a status and a sentence.</param>
internal sealed record ErrorShape(Func<HttpContext, int, string, Task> Write);
