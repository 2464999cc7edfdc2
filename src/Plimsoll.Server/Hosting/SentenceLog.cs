using Microsoft.Extensions.Logging;

namespace Plimsoll.Server.Hosting;

/// <summary>Hands what the web server has to complain of to the one who started it, a sentence each.</summary>
internal sealed class SentenceLog(Action<string> say) : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel)) say(exception is null ? formatter(state, exception) : $"{formatter(state, exception)} {exception.Message}");
    }

    public void Dispose()
    {
    }
}
