using BackendApi.Access;
using BackendApi.Host;
using FluentAssertions;
using Xunit;

namespace BackendApi.Tests.Host;

public class AnnouncementTests
{
    [Fact]
    public void The_first_start_shows_the_generated_password_and_a_command_to_try() =>
        Written(["http://localhost:5080"], new("admin", "hN7xK2"), "Products").Should().Contain("Password       hN7xK2")
            .And.Contain("curl -u 'admin:hN7xK2' 'http://localhost:5080/odata/Products?$top=3'");

    [Fact]
    public void A_password_of_the_settings_is_not_shown_and_curl_asks_for_it() =>
        Written(["http://localhost:5080"], new("chief", null), null).Should().Contain("chief, with the password of the settings")
            .And.Contain("curl -u 'chief' 'http://localhost:5080/odata/'");

    [Theory]
    [InlineData("http://*:5080", "http://localhost:5080/odata/")]
    [InlineData("http://[::]:5080", "http://localhost:5080/odata/")]
    [InlineData("http://0.0.0.0:5080", "http://localhost:5080/odata/")]
    [InlineData("https://shop.example:8443", "https://shop.example:8443/odata/")]
    public void Addresses_are_ones_that_can_be_connected_to(string url, string shown) => Written([url], null, null).Should().Contain($"'{shown}'");

    [Fact]
    public void A_name_with_a_quote_stays_one_word_of_the_shell() =>
        Written(["http://localhost:5080"], new("o'neill", "x"), null).Should().Contain(@"curl -u 'o'\''neill:x'");

    private static string Written(string[] urls, CreatedAdministrator? created, string? entitySet)
    {
        var output = new StringWriter();
        Announcement.Write(output, urls, "Sqlite", created, entitySet);
        return output.ToString();
    }
}
