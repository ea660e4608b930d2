using System.Diagnostics;

namespace BackendApi.Bench.Load;

/// <summary>Where this program's neighbours are built, and which commit that is.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    /// <summary>The output folder of a project below bench or src.</summary>
    public static string Built(string project) =>
        Path.Combine(Root, Directory.Exists(Path.Combine(Root, "bench", project)) ? "bench" : "src", project, "bin", Configuration, "net10.0");

    public static string Program(string project, string name) =>
        Path.Combine(Built(project), OperatingSystem.IsWindows() ? name + ".exe" : name);

    /// <summary>The short hash, marked when the working copy differs from it.</summary>
    public static string Commit() => Git("rev-parse --short HEAD") + (Git("status --porcelain -- src bench/Floor bench/Load") is "" ? "" : " + changes");

    private static string Git(string arguments)
    {
        try
        {
            using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = Root, RedirectStandardOutput = true })!;
            return git.StandardOutput.ReadToEnd().Trim();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "unknown";
        }
    }

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "BackendApi.sln")))
                return folder.FullName;
        throw new InvalidOperationException("This program runs from a clone of the repository.");
    }
}
