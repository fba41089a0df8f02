using System.Security.Authentication;

namespace TekSipCloud.Silo.Certificates;

/// <summary>
/// Learns why handshakes fail from the one who knows: Kestrel tells its log and nobody else. What its handshake logs with an exception while an
/// attempt is served is that attempt's end.
/// </summary>
internal sealed class HandshakeLog(HandshakeFailures failures) : ILoggerProvider, ILogger
{
    /// <summary>Where Kestrel's handshakes log, at Debug.</summary>
    public const string Category = "Microsoft.AspNetCore.Server.Kestrel.Https";

    private static readonly string[] OpenSslMarks = ["SSL routines::", "error:"];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (exception is null || HandshakeAttempt.Current is not { } attempt)
            return;

        // A look whether the port is open, as load balancers take it each few seconds.
        if (!attempt.HasBegun && exception is not AuthenticationException)
            return;

        failures.Add(attempt.Source, attempt.ServerName, attempt.Refusal ?? Explain(exception));
    }

    public void Dispose()
    {
        // Holds nothing.
    }

    /// <summary>The innermost message; of OpenSSL's the part that says something.</summary>
    private static string Explain(Exception exception)
    {
        if (exception is OperationCanceledException)
            return "It took too long.";

        while (exception.InnerException is { } inner)
            exception = inner;
        var text = exception.Message;
        foreach (var mark in OpenSslMarks)
        {
            if (text.LastIndexOf(mark, StringComparison.Ordinal) is >= 0 and var at)
                return Word(text[(at + mark.Length)..]);
        }

        return text;
    }

    private static string Word(string reason) =>
        reason.Contains(" alert ", StringComparison.Ordinal) ? $"It broke off, saying: {reason}." : $"{reason}.";
}
