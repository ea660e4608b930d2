namespace BackendApi.Model;

/// <summary>What the service can do as a whole, in one place: <c>$metadata</c> announces exactly this. A feature that arrives changes its line here.</summary>
internal static class ServiceCapabilities
{
    /// <summary><c>$batch</c>.</summary>
    public const bool Batch = true;
    /// <summary><c>$1</c> in the body of a request of a batch.</summary>
    public const bool BatchReferencesInBodies = true;
    /// <summary><c>Prefer: respond-async</c>.</summary>
    public const bool AsynchronousRequests = true;
    /// <summary><c>$search</c>.</summary>
    public const bool Search = true;
    /// <summary><c>$compute</c>.</summary>
    public const bool Compute = true;
    /// <summary>POST, PATCH, PUT and DELETE of rows of tables, within what a document allows. Compiled sets say it themselves.</summary>
    public const bool TableWrites = true;
    /// <summary><c>Customers/1</c> beside <c>Customers(1)</c>.</summary>
    public const bool KeyAsSegment = true;
    /// <summary>4.0 is implied (Org.OData.Core.V1.ODataVersions).</summary>
    public const string ODataVersions = "4.01";
}
