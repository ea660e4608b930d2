using System.Globalization;

namespace BackendApi.Bench.Load;

/// <summary>What Linux says of a process in <c>/proc/PID/stat</c>. <paramref name="Ticks"/> is its own user and system time, 100 to the second.</summary>
internal readonly record struct ProcessStat(string Program, int Parent, long Ticks)
{
    /// <summary>Null when the process has gone meanwhile.</summary>
    public static ProcessStat? Read(int pid)
    {
        string text;
        try
        {
            text = File.ReadAllText($"/proc/{pid}/stat");
        }
        catch (IOException)
        {
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }
        // The name of the program stands in parentheses and may hold spaces; what follows the last one is counted from field 3.
        var end = text.LastIndexOf(')');
        var fields = text[(end + 2)..].Split(' ');
        return new ProcessStat(text[(text.IndexOf('(', StringComparison.Ordinal) + 1)..end], Number(fields[1]), Number(fields[11]) + Number(fields[12]));
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
