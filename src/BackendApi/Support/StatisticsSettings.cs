namespace BackendApi.Support;

/// <summary>The section <c>Statistics</c> of the settings.</summary>
public sealed record StatisticsSettings
{
    /// <summary>For how long every minute can be told from the others; then hours are kept.</summary>
    public int MinuteDays { get; internal set; } = 2;
    /// <summary>For how long every hour can be; then days are kept.</summary>
    public int HourDays { get; internal set; } = 35;
    /// <summary>How long a day is kept.</summary>
    public int RetentionDays { get; internal set; } = 400;
}
