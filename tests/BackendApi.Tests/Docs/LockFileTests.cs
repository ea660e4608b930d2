using BackendApi.Testing;
using FluentAssertions;
using Xunit;

namespace BackendApi.Tests.Docs;

public class LockFileTests
{
    [Fact]
    public void No_lock_file_names_a_host()
    {
        var files = Directory.GetDirectories(Document.PathOf("tests/clients")).Select(folder => Path.Combine(folder, "package-lock.json")).ToList();

        files.Should().HaveCountGreaterThan(2);
        foreach (var file in files)
            File.ReadAllText(file).Should().NotContain("://", "tests/clients/lock.js takes it out of {0}", file);
    }
}
