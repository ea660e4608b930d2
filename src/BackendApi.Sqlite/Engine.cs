using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace BackendApi.Sqlite;

/// <summary>Which SQLite library runs: the machine's own when it is newer than the bundled one, for its fixes.</summary>
internal static unsafe partial class Engine
{
    private const string Name = "e_sqlite3";

    private static readonly Lazy<nint> Library = new(Choose, LazyThreadSafetyMode.ExecutionAndPublication);
    private static readonly Lazy<bool> Started = new(Start, LazyThreadSafetyMode.ExecutionAndPublication);

    /// <summary>Must have run before the first connection is made.</summary>
    public static void EnsureStarted() => _ = Started.Value;

    private static bool Start()
    {
        foreach (var assembly in (Assembly[])[typeof(SQLite3Provider_e_sqlite3).Assembly, typeof(Engine).Assembly])
            NativeLibrary.SetDllImportResolver(assembly, static (name, _, _) => name == Name ? Library.Value : 0);
        Batteries_V2.Init();
        return true;
    }

    /// <summary>0 leaves the choice to the loader, which finds the bundled library.</summary>
    private static nint Choose()
    {
        var bundled = NativeLibrary.TryLoad(Name, typeof(SQLite3Provider_e_sqlite3).Assembly, DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories, out var found) ? found : 0;
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
