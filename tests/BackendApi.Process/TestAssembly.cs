namespace BackendApi.Testing;

/// <summary>xunit finds the discoverers of tests/Shared by the name of the assembly that they are compiled into.</summary>
internal static class TestAssembly
{
    public const string Name = "BackendApi.Process";
}
