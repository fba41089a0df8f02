using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace TekSipCloud.Testing;

/// <summary>Keeps what a host logs at Error and above: a test that did not announce such lines fails by <see cref="AssertNone"/>.</summary>
public sealed class ErrorLog : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _lines = new();

    /// <summary>The lines so far.</summary>
    public IReadOnlyCollection<string> Lines => _lines;

    /// <summary>Fails when something was logged that the test did not take.</summary>
    public void AssertNone()
    {
        if (!_lines.IsEmpty)
            throw new InvalidOperationException($"Unexpected errors were logged:\n{string.Join('\n', _lines)}");
    }

    /// <summary>Takes the lines that a test expected.</summary>
    public void Clear() => _lines.Clear();

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose() { }

    private sealed class Logger(ErrorLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                log._lines.Enqueue($"{category}: {formatter(state, exception)} {exception}");
        }
    }
}
