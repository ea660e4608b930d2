namespace BackendApi.Testing;

public static class SqlServerTestDatabase
{
    public static string? Missing => "Set BACKENDAPI_TEST_SQLSERVER to run this on SQL Server.";
}
