using BackendApi.Access.Keys;
using BackendApi.Support;

namespace BackendApi.Tests.Access;

/// <summary>A pepper that the settings give needs no database.</summary>
internal static class TestPepper
{
    public static readonly AccessSettings Settings = new() { Pepper = "a pepper for tests that has 32 characters or more" };
    public static readonly Pepper Value = Of(Settings.Pepper!);

    public static Pepper Of(string text)
    {
        var pepper = new Pepper(new AccessSettings { Pepper = text });
        pepper.LoadAsync(null!, null!, CancellationToken.None).GetAwaiter().GetResult();
        return pepper;
    }
}
