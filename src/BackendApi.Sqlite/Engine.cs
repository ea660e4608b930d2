using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace BackendApi.Sqlite;

/// <summary>
/// Which SQLite library runs: the machine's own when it is newer than the bundled one, for its fixes. But the one that the driver has begun with, where somebody made a connection
/// before: one library on the handles of another ends the process.
/// </summary>
internal static unsafe partial class Engine
{
    private const string Name = "e_sqlite3";

    private static readonly Lazy<bool> Started = new(Start, LazyThreadSafetyMode.ExecutionAndPublication);

    /// <summary>Must have run before the first connection of the product is made.</summary>
    public static void EnsureStarted() => _ = Started.Value;

    private static bool Start()
    {
        var begun = DriversChoice();
        var library = begun is null ? Choose() : Load(begun);
        NativeLibrary.SetDllImportResolver(typeof(Engine).Assembly, Resolve);
        if (begun is null)
        {
            NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, Resolve);
            Batteries_V2.Init();
        }
        return true;

        // 0 leaves the choice to the loader, which finds the bundled library.
        nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) => name == Name ? library : 0;
    }

    /// <summary>The name of the library that the driver has begun with; null when it has not begun.</summary>
    private static string? DriversChoice()
    {
        try
        {
            return raw.GetNativeLibraryName();
        }
        catch (Exception)
        {
            // Before a provider is set this throws no narrower one.
            return null;
        }
    }

    private static nint Load(string name) =>
        NativeLibrary.TryLoad(name, typeof(SQLite3Provider_e_sqlite3).Assembly, DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories, out var found) ? found : 0;

    private static nint Choose()
    {
        var bundled = Load(Name);
        foreach (var name in SystemNames())
        {
            if (!NativeLibrary.TryLoad(name, out var system))
                continue;
            if (Version(system) > Version(bundled))
                return system;
            NativeLibrary.Free(system);
        }
        return bundled;
    }

    private static string[] SystemNames() =>
        OperatingSystem.IsWindows() ? ["winsqlite3"]
        : OperatingSystem.IsMacOS() ? ["/usr/lib/libsqlite3.dylib"]
        : ["libsqlite3.so.0"];

    private static int Version(nint library) =>
        library != 0 && NativeLibrary.TryGetExport(library, "sqlite3_libversion_number", out var function) ? ((delegate* unmanaged<int>)function)() : 0;
}
