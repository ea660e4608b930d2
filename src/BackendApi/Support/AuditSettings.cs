namespace BackendApi.Support;

/// <summary>Which changes of data the audit log tells; those of configuration and access it always does.</summary>
public enum AuditedData { All, None }

/// <summary>The section <c>Audit</c> of the settings.</summary>
public sealed record AuditSettings
{
    public AuditedData Data { get; internal set; }
    /// <summary>How long an entry is kept.</summary>
    public int RetentionDays { get; internal set; } = 365;
}
