using System.Globalization;

namespace BackendApi.Parse.Bodies;

/// <summary>Places in a body as errors name them: <c>orders[1].items[0].quantity</c>.</summary>
internal static class BodyPath
{
    public static string Member(string path, string name) => path.Length == 0 ? name : string.Concat(path, ".", name);

    public static string Item(string path, int index) => string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]");
}
