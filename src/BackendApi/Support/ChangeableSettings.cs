namespace BackendApi.Support;

/// <summary>
/// The settings that can be changed while the service runs: those that are looked at each time they are needed. What is built into the model, into connections or into limits of the web server is read at
/// the start.
/// </summary>
public static class ChangeableSettings
{
    private static readonly Dictionary<Setting, Action<Settings, Settings>> Rows = new(ReferenceEqualityComparer.Instance)
    {
        [Settings.MaxBatchOperations] = (to, from) => to.OData.MaxBatchOperations = from.OData.MaxBatchOperations,
        [Settings.MaxChangeSetOperations] = (to, from) => to.OData.MaxChangeSetOperations = from.OData.MaxChangeSetOperations,
        [Settings.MaxNestedEntities] = (to, from) => to.OData.MaxNestedEntities = from.OData.MaxNestedEntities,
        [Settings.MaxBodyBytes] = (to, from) => to.OData.MaxBodyBytes = from.OData.MaxBodyBytes,
        [Settings.MaxBatchBytes] = (to, from) => to.OData.MaxBatchBytes = from.OData.MaxBatchBytes,
        [Settings.MaxStreamBytes] = (to, from) => to.OData.MaxStreamBytes = from.OData.MaxStreamBytes,
        [Settings.MaxAsynchronousRequests] = (to, from) => to.OData.MaxAsynchronousRequests = from.OData.MaxAsynchronousRequests,
        [Settings.ResultRetentionMinutes] = (to, from) => to.OData.ResultRetentionMinutes = from.OData.ResultRetentionMinutes,
        [Settings.RepeatabilityDays] = (to, from) => to.OData.RepeatabilityDays = from.OData.RepeatabilityDays,
        [Settings.ChangeRetentionDays] = (to, from) => to.OData.ChangeRetentionDays = from.OData.ChangeRetentionDays,
        [Settings.KeysInUrl] = (to, from) => to.Access.KeysInUrl = from.Access.KeysInUrl,
        [Settings.PasswordMinLength] = (to, from) => to.Access.PasswordMinLength = from.Access.PasswordMinLength,
        [Settings.PasswordNeedsDigit] = (to, from) => to.Access.PasswordNeedsDigit = from.Access.PasswordNeedsDigit,
        [Settings.PasswordNeedsLetterCases] = (to, from) => to.Access.PasswordNeedsLetterCases = from.Access.PasswordNeedsLetterCases,
        [Settings.PasswordNeedsSymbol] = (to, from) => to.Access.PasswordNeedsSymbol = from.Access.PasswordNeedsSymbol,
        [Settings.LockoutAttempts] = (to, from) => to.Access.LockoutAttempts = from.Access.LockoutAttempts,
        [Settings.LockoutMinutes] = (to, from) => to.Access.LockoutMinutes = from.Access.LockoutMinutes,
        [Settings.AccessTokenMinutes] = (to, from) => to.Access.AccessTokenMinutes = from.Access.AccessTokenMinutes,
        [Settings.RefreshTokenDays] = (to, from) => to.Access.RefreshTokenDays = from.Access.RefreshTokenDays,
        [Settings.AuditData] = (to, from) => to.Audit.Data = from.Audit.Data,
        [Settings.AuditRetentionDays] = (to, from) => to.Audit.RetentionDays = from.Audit.RetentionDays,
        [Settings.StatisticsMinuteDays] = (to, from) => to.Statistics.MinuteDays = from.Statistics.MinuteDays,
        [Settings.StatisticsHourDays] = (to, from) => to.Statistics.HourDays = from.Statistics.HourDays,
        [Settings.StatisticsRetentionDays] = (to, from) => to.Statistics.RetentionDays = from.Statistics.RetentionDays,
    };

    /// <summary>They are taken together: whoever enforces them reads one object with each request.</summary>
    private static readonly HashSet<Setting> Limits = new(
    [
        Settings.RequestsPerMinute, Settings.AnonymousRequestsPerMinute, Settings.ConcurrentRequestsPerCaller, Settings.ConcurrentRequests, Settings.QueuedRequests, Settings.QueueSeconds,
        Settings.RequestSeconds,
    ], ReferenceEqualityComparer.Instance);

    /// <summary>False for a setting that only another start changes.</summary>
    public static bool Has(Setting setting) => Rows.ContainsKey(setting) || Limits.Contains(setting);

    /// <summary>Makes <paramref name="running"/>, whose parts the services hold, say what <paramref name="wanted"/> says.</summary>
    internal static void Take(Settings running, CurrentLimits limits, Settings wanted)
    {
        limits.Value = wanted.Limits;
        foreach (var take in Rows.Values)
            take(running, wanted);
    }
}
