namespace BackendApi.Access;

/// <summary>Who sends a request. <paramref name="Name"/> is what the log and the audit say.</summary>
public sealed record Caller(string Name, CallerKind Kind)
{
    /// <summary>The product itself: files applied at start, commands of the host.</summary>
    public static readonly Caller System = new("system", CallerKind.System);
}

public enum CallerKind { System, User, ApiKey }
