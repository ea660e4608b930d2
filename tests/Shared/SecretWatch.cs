using System.Collections.Concurrent;
using System.Data.Common;
using System.Text.RegularExpressions;
using BackendApi.Model.Store;
using BackendApi.Sql;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BackendApi.Testing;

/// <summary>
/// Looks for secrets in everything that any host of the tests logs at the level of production, and in its audit log when it ends: the keys, tokens, hashes and seeds of the product are known by
/// how they look. A test that makes one appear fails, whatever it is about.
/// </summary>
internal sealed partial class SecretWatch : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _found = new();

    public void AddTo(IServiceCollection services) => services.AddLogging(logging =>
    {
        logging.AddProvider(this);
        // Whatever the host of a test says for others.
        logging.AddFilter<SecretWatch>(null, LogLevel.Information);
    });

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose() { }

    /// <exception cref="InvalidOperationException">There was one.</exception>
    public async Task CheckAsync(IServiceProvider services)
    {
        try
        {
            await using var session = await services.GetRequiredService<Database>().OpenAsync(default);
            await using var entries = await session.ReadAsync(services.GetRequiredService<Dialect>().Select(AuditTables.Entries, ["caller", "request_id", "entity_key", "changes"], []), default);
            while (await entries.ReadAsync())
                for (var i = 0; i < entries.FieldCount; i++)
                    if (!entries.IsDBNull(i))
                        Look("audit log", entries.GetString(i));
        }
        catch (Exception gone) when (gone is DbException or InvalidOperationException)
        {
            // Some tests end with a database that is no more, or never was.
        }
        if (!_found.IsEmpty)
            throw new InvalidOperationException($"Secrets were written down:{Environment.NewLine}{string.Join(Environment.NewLine, _found.Distinct().Take(10))}");
    }

    private void Look(string where, string text)
    {
        if (Secret().Match(text) is { Success: true } match || (match = Password().Match(text)).Success)
            _found.Enqueue($"{where}: {match.Value} in {(text.Length > 500 ? text[..500] : text)}");
    }

    /// <summary>API keys and secrets of clients, refresh tokens, JSON web tokens with their signature, password hashes, and seeds of second factors.</summary>
    [GeneratedRegex(@"ba(pi|cs)_[0-9A-Za-z]{43}|bart_[\w-]{40,}|eyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{10,}|AQAAAA[A-Za-z0-9+/=]{20,}|otpauth://|\$argon2|pbkdf2")]
    private static partial Regex Secret();

    [GeneratedRegex(BackendApiHost.AdminPassword)]
    private static partial Regex Password();

    private sealed class Logger(SecretWatch watch, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            watch.Look(category, formatter(state, exception));
            if (exception is not null)
                watch.Look(category, exception.ToString());
        }
    }
}
