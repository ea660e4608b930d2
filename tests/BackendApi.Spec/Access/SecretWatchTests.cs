using BackendApi.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BackendApi.Spec.Access;

/// <summary>Every host of the tests looks for secrets in what it writes down; here is one that finds some.</summary>
public sealed class SecretWatchTests(SqliteTestDatabase database) : IClassFixture<SqliteTestDatabase>
{
    [Fact]
    public async Task A_key_in_the_log_fails_the_test_that_made_it_appear()
    {
        var host = await BackendApiHost.StartAsync(database);
        host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("test").Log(LogLevel.Information, "Called with {Key}", host.ApiKey);

        await host.Invoking(ended => ended.DisposeAsync().AsTask()).Should().ThrowAsync<InvalidOperationException>().WithMessage("Secrets were written down*");
    }
}
