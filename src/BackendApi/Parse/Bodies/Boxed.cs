namespace BackendApi.Parse.Bodies;

/// <summary>Values that bodies are full of, each an object once.</summary>
internal static class Boxed
{
    private const int Least = -1, Count = 1026;

    private static readonly object True = true, False = false;
    private static readonly object[] Numbers = [.. Enumerable.Range(Least, Count).Select(number => (object)number)];

    public static object Of(bool value) => value ? True : False;

    public static object Of(int value) => (uint)(value - Least) < Count ? Numbers[value - Least] : value;
}
