using System.Net;
using Microsoft.Extensions.Configuration;

namespace BackendApi.Support;

/// <summary>The section <c>OData</c> of the settings.</summary>
public sealed record ODataSettings
{
    /// <summary>The most rows that one page holds, whatever the client prefers.</summary>
    public int MaxPageSize { get; init; } = 5000;
    /// <summary>Rows of a page when the client states no preference.</summary>
    public int DefaultPageSize { get; init; } = 1000;
    public int MaxExpansionDepth { get; init; } = 6;
    public int MaxBatchOperations { get; internal set; } = 1000;
    /// <summary>Requests in one change set or atomicity group of a batch.</summary>
    public int MaxChangeSetOperations { get; internal set; } = 1000;
    /// <summary>Entities nested in one entity of a body, that one included.</summary>
    public int MaxNestedEntities { get; internal set; } = 10_000;
    /// <summary>Nesting of parentheses and lambdas in an expression.</summary>
    public int MaxExpressionDepth { get; init; } = 100;
    /// <summary>Members of one <c>in</c> list.</summary>
    public int MaxListItems { get; init; } = 10_000;
    /// <summary>The longest body of a modification, which is held while it is read. A load of rows is read row by row and has no such bound.</summary>
    public int MaxBodyBytes { get; internal set; } = 16_777_216;
    /// <summary>The longest batch, which waits in a temporary file until it has arrived.</summary>
    public int MaxBatchBytes { get; internal set; } = 100_000_000;
    public int MaxStreamBytes { get; internal set; } = 1_000_000_000;
    /// <summary>The longest body of a POST to <c>/$query</c>.</summary>
    public int MaxQueryBodyBytes { get; init; } = 61_440;
    /// <summary>Path and query together. A next link holds all that came in a body, and a token.</summary>
    public int MaxUrlCharacters => Math.Max(65_536, MaxQueryBodyBytes + 4_096);
    /// <summary>Requests of one node that run without their clients; 0 answers all of them at once.</summary>
    public int MaxAsynchronousRequests { get; internal set; } = 16;
    public int ResultRetentionMinutes { get; internal set; } = 60;
    /// <summary>How long the answer to a repeatable request is kept.</summary>
    public int RepeatabilityDays { get; internal set; } = 7;
    /// <summary>How long it is remembered which rows have changed, and so how long a delta link can be used.</summary>
    public int ChangeRetentionDays { get; internal set; } = 30;
}

/// <summary>The section <c>Database</c>.</summary>
public sealed record DatabaseSettings(string Provider, string ConnectionString)
{
    public const string EmbeddedProvider = "Sqlite";
    public const string EmbeddedConnectionString = "Data Source=data/backend-api.db";
}

/// <summary>The section <c>Admin</c>: the first administrator, made while no user exists.</summary>
/// <param name="Password">Null: one is generated and printed once.</param>
public sealed record AdminSettings(string UserName, string? Password);

/// <summary>The section <c>Service</c>.</summary>
/// <param name="PublicRoot">With a slash at its end; null when the request tells.</param>
/// <param name="TrustedProxies">Whose forwarded headers are believed.</param>
/// <param name="AllowedHosts">Names under which the service is reached, as the client says them; empty is any.</param>
public sealed record ServiceSettings(Uri? PublicRoot, IReadOnlyList<IPNetwork> TrustedProxies, IReadOnlyList<string> AllowedHosts);

/// <summary>The section <c>DataExchange</c>.</summary>
/// <param name="ConfigurationFiles">JSON or YAML files that are applied at start, in this order.</param>
/// <param name="MaxBodyBytes">The longest body of a load of rows, which is never held as a whole.</param>
public sealed record DataExchangeSettings(IReadOnlyList<string> ConfigurationFiles, int MaxBodyBytes = 1_000_000_000);

/// <summary>Everything that can be set, read once at start.</summary>
public sealed record Settings(
    DatabaseSettings Database, bool DemoEnabled, AdminSettings Admin, ServiceSettings Service, DataExchangeSettings DataExchange, ODataSettings OData,
    AccessSettings Access, AuditSettings Audit, StatisticsSettings Statistics, HttpsSettings Https, CorsSettings Cors, LimitSettings Limits)
{
    private static readonly ODataSettings Standard = new();
    private static readonly AccessSettings StandardAccess = new();
    private static readonly AuditSettings StandardAudit = new();
    private static readonly StatisticsSettings StandardStatistics = new();
    private static readonly LimitSettings StandardLimits = new();

    public static readonly Setting<string?> Urls = SettingValue.Text("Urls", "http://localhost:5080",
        "The addresses to listen at, separated by `;`. `http://*:5080` listens on every interface.");
    public static readonly Setting<string?> DatabaseProvider = SettingValue.Text("Database:Provider", DatabaseSettings.EmbeddedProvider,
        "The database product: `Sqlite`, `PostgreSql` or `SqlServer`.");
    public static readonly Setting<string?> DatabaseConnectionString = SettingValue.Text("Database:ConnectionString", DatabaseSettings.EmbeddedConnectionString,
        "What the database's driver needs to connect. A relative file name of SQLite counts from the working directory.");
    public static readonly Setting<bool?> Demo = SettingValue.Switch("Demo:Enabled",
        "Makes the demo shop's tables and publishes them, where they do not exist yet.", "true on the embedded default, else false");
    public static readonly Setting<string?> AdminUserName = SettingValue.Text("Admin:UserName", "admin",
        "The name of the first administrator. Used only while no user exists.");
    public static readonly Setting<string?> AdminPassword = SettingValue.Text("Admin:Password", null,
        "The password of the first administrator. Used only while no user exists.", "generated, and printed once");
    public static readonly Setting<Uri?> PublicRoot = SettingValue.HttpAddress("Service:PublicRoot",
        "The address under which clients reach the service, for links in responses. Needed behind a proxy that changes the host or path without forwarded headers.",
        "taken from the request, or from forwarded headers of a trusted proxy");
    public static readonly Setting<IReadOnlyList<IPNetwork>> TrustedProxies = SettingValue.Networks("Service:TrustedProxies",
        "Addresses or networks, separated by `;`, of the proxies whose `X-Forwarded-For`, `-Proto`, `-Host` and `-Prefix` are believed.", "none");
    public static readonly Setting<IReadOnlyList<string>> AllowedHosts = SettingValue.List("Service:AllowedHosts", [], SettingValue.HostMistake,
        "Names of hosts, separated by `;`, under which clients reach the service; `*.example.com` stands for all below it. A request for another one is refused.", "any");
    public static readonly Setting<bool?> HttpsRedirect = SettingValue.Switch("Https:Redirect",
        "Answers plain HTTP with the address over HTTPS, except on this machine and for the probes. See [deployment](deployment.md).", "true when the program itself listens at an https address, else false");
    public static readonly Setting<int> HttpsPort = SettingValue.Number("Https:Port", 0, 0, 65_535,
        "The port of HTTPS, as clients reach it. 0 is that of the https address that the program listens at, else 443.");
    public static readonly Setting<int> HstsDays = SettingValue.Number("Https:HstsDays", 30, 0, 3_650,
        "For how many days browsers keep to HTTPS (`Strict-Transport-Security`, never sent for this machine's own names). 0 sends nothing.");
    public static readonly Setting<IReadOnlyList<string>> CorsOrigins = SettingValue.List("Cors:Origins", [], CorsSettings.MistakeOf,
        "Origins, separated by `;`, whose pages may call the service from a browser: `https://shop.example`, `https://*.shop.example` for all below a name, or `*` alone.", "none");
    public static readonly Setting<IReadOnlyList<string>> CorsMethods = SettingValue.List("Cors:Methods", CorsSettings.StandardMethods, SettingValue.TokenMistake,
        "The methods that they may use.");
    public static readonly Setting<IReadOnlyList<string>> CorsHeaders = SettingValue.List("Cors:Headers", [], SettingValue.TokenMistake,
        "The request headers that they may send.", "any");
    public static readonly Setting<IReadOnlyList<string>> CorsExposedHeaders = SettingValue.List("Cors:ExposedHeaders", CorsSettings.StandardExposedHeaders, SettingValue.TokenMistake,
        "The response headers that they may read, besides those that every page may.");
    public static readonly Setting<bool?> CorsCredentials = SettingValue.Switch("Cors:Credentials",
        "Their requests may carry credentials that the browser keeps by itself. Pages that send a token or an API key in a header need it not.", "false");
    public static readonly Setting<int> CorsMaxAge = SettingValue.Number("Cors:MaxAgeSeconds", 600, 0, 86_400,
        "For how long a browser may remember what it was allowed.");
    public static readonly Setting<IReadOnlyList<string>> ConfigurationFiles = SettingValue.Paths("DataExchange:ConfigurationFiles",
        "Data Exchange configurations (JSON or YAML files, separated by `;`, or one per index `:0`, `:1`, …) that are applied at start.", "none");
    public static readonly Setting<int> MaxLoadBytes = SettingValue.Number("DataExchange:MaxBodyBytes", 1_000_000_000, 1_024, int.MaxValue,
        "The longest body of the Data Exchange dialect. It is read row by row; one row has at most `OData:MaxBodyBytes`.");
    public static readonly Setting<int> MaxPageSize = SettingValue.Number("OData:MaxPageSize", Standard.MaxPageSize, 1, 1_000_000,
        "The most rows in one page, whatever the client prefers.");
    public static readonly Setting<int> DefaultPageSize = SettingValue.Number("OData:DefaultPageSize", Standard.DefaultPageSize, 1, 1_000_000,
        "Rows in one page when the client states no preference.");
    public static readonly Setting<int> MaxExpansionDepth = SettingValue.Number("OData:MaxExpansionDepth", Standard.MaxExpansionDepth, 0, 100,
        "How deep `$expand` may nest, and the entities in a body.");
    public static readonly Setting<int> MaxBatchOperations = SettingValue.Number("OData:MaxBatchOperations", Standard.MaxBatchOperations, 1, 100_000,
        "The most operations in one `$batch` request.");
    public static readonly Setting<int> MaxChangeSetOperations = SettingValue.Number("OData:MaxChangeSetOperations", Standard.MaxChangeSetOperations, 1, 100_000,
        "The most operations in one change set or atomicity group of a `$batch` request. Its transaction is open while they run.");
    public static readonly Setting<int> MaxNestedEntities = SettingValue.Number("OData:MaxNestedEntities", Standard.MaxNestedEntities, 1, 1_000_000,
        "The most entities that one entity of a body may hold, nested ones and references included.");
    public static readonly Setting<int> MaxExpressionDepth = SettingValue.Number("OData:MaxExpressionDepth", Standard.MaxExpressionDepth, 1, 500,
        "How deep parentheses, functions and lambdas may nest in one expression.");
    public static readonly Setting<int> MaxListItems = SettingValue.Number("OData:MaxListItems", Standard.MaxListItems, 1, 1_000_000,
        "The most values in one `in` list.");
    public static readonly Setting<int> MaxBodyBytes = SettingValue.Number("OData:MaxBodyBytes", Standard.MaxBodyBytes, 1_024, 1_000_000_000,
        "The longest body of a modification.");
    public static readonly Setting<int> MaxBatchBytes = SettingValue.Number("OData:MaxBatchBytes", Standard.MaxBatchBytes, 1_024, int.MaxValue,
        "The longest body of a `$batch` request. It waits in a temporary file until it has arrived; each of its requests has at most `OData:MaxBodyBytes`.");
    public static readonly Setting<int> MaxStreamBytes = SettingValue.Number("OData:MaxStreamBytes", Standard.MaxStreamBytes, 1_024, int.MaxValue,
        "The longest stream of a media entity that is uploaded. It waits in a temporary file until it has arrived.");
    public static readonly Setting<int> MaxQueryBodyBytes = SettingValue.Number("OData:MaxQueryBodyBytes", Standard.MaxQueryBodyBytes, 1_024, 1_000_000,
        "The longest body of a `POST …/$query`. URLs may be somewhat longer, because a next link holds the whole query.");
    public static readonly Setting<int> MaxAsynchronousRequests = SettingValue.Number("OData:MaxAsynchronousRequests", Standard.MaxAsynchronousRequests, 0, 10_000,
        "The most requests with `Prefer: respond-async` that one node runs at the same time. Beyond it, and always with 0, they are answered at once.");
    public static readonly Setting<int> ResultRetentionMinutes = SettingValue.Number("OData:ResultRetentionMinutes", Standard.ResultRetentionMinutes, 1, 525_600,
        "How long the result of an asynchronous request is kept for its client.");
    public static readonly Setting<int> RepeatabilityDays = SettingValue.Number("OData:RepeatabilityDays", Standard.RepeatabilityDays, 1, 3_650,
        "How long the answer to a request with `Repeatability-Request-ID` or `Idempotency-Key` is kept for its repetition.");
    public static readonly Setting<int> ChangeRetentionDays = SettingValue.Number("OData:ChangeRetentionDays", Standard.ChangeRetentionDays, 1, 3_650,
        "How long the changes of tracked sets are kept. A delta link that is older is answered with 410.");

    public static readonly Setting<bool?> Basic = SettingValue.Switch("Access:Basic",
        "Takes HTTP Basic: a user's name and password, or an API key as the password of an empty user. For Excel and Power BI; only behind HTTPS.", "true with the demo shop, else false");
    public static readonly Setting<KeysInUrl> KeysInUrl = SettingValue.Choice("Access:KeysInUrl", StandardAccess.KeysInUrl,
        "The API keys that may stand in a URL as `api_key`: `All`, `ReadOnly` (those that can only read) or `None`.");
    public static readonly Setting<string?> Pepper = SettingValue.Text("Access:Pepper", null,
        "A secret text of at least 32 characters, the same on all nodes, that API keys and client secrets are hashed with and second factors encrypted. Whoever changes it ends them all.",
        "random, and kept in the database");
    public static readonly Setting<int> PasswordMinLength = SettingValue.Number("Access:PasswordMinLength", StandardAccess.PasswordMinLength, 6, 128,
        "The fewest characters of a new password.");
    public static readonly Setting<bool?> PasswordNeedsDigit = SettingValue.Switch("Access:PasswordNeedsDigit", "A new password has a digit.", "false");
    public static readonly Setting<bool?> PasswordNeedsLetterCases = SettingValue.Switch("Access:PasswordNeedsLetterCases", "A new password has a capital and a small letter.", "false");
    public static readonly Setting<bool?> PasswordNeedsSymbol = SettingValue.Switch("Access:PasswordNeedsSymbol", "A new password has a character that is neither a letter nor a digit.", "false");
    public static readonly Setting<int> LockoutAttempts = SettingValue.Number("Access:LockoutAttempts", StandardAccess.LockoutAttempts, 0, 1_000,
        "Wrong passwords or codes in a row, on all nodes together, after which a user is locked for a while. 0 never locks.");
    public static readonly Setting<int> LockoutMinutes = SettingValue.Number("Access:LockoutMinutes", StandardAccess.LockoutMinutes, 1, 525_600,
        "For how long.");
    public static readonly Setting<int> AccessTokenMinutes = SettingValue.Number("Access:AccessTokenMinutes", StandardAccess.AccessTokenMinutes, 1, 1_440,
        "How long an access token of `/token` is valid.");
    public static readonly Setting<int> RefreshTokenDays = SettingValue.Number("Access:RefreshTokenDays", StandardAccess.RefreshTokenDays, 0, 3_650,
        "How long a sign-in can be refreshed without the password. 0 issues no refresh tokens.");
    public static readonly Setting<string?> Issuers = SettingValue.Text("Access:Issuers", null,
        "Other issuers whose access tokens are taken, and where people sign in to the Back Office, one section for each: `Access:Issuers:0:Authority` and so on; see [access](access.md#tokens-of-other-issuers).", "none");

    public static readonly Setting<AuditedData> AuditData = SettingValue.Choice("Audit:Data", StandardAudit.Data,
        "Whether the [audit log](audit.md) tells changes of data: `All` or `None`. Those of configuration and access it always tells.");
    public static readonly Setting<int> AuditRetentionDays = SettingValue.Number("Audit:RetentionDays", StandardAudit.RetentionDays, 1, 36_500,
        "How long entries of the audit log are kept.");
    public static readonly Setting<int> StatisticsMinuteDays = SettingValue.Number("Statistics:MinuteDays", StandardStatistics.MinuteDays, 1, 365,
        "How long the [statistics](statistics.md) tell every minute; then they are added up to hours.");
    public static readonly Setting<int> StatisticsHourDays = SettingValue.Number("Statistics:HourDays", StandardStatistics.HourDays, 1, 3_650,
        "How long they tell every hour; then they are added up to days.");
    public static readonly Setting<int> StatisticsRetentionDays = SettingValue.Number("Statistics:RetentionDays", StandardStatistics.RetentionDays, 1, 36_500,
        "How long they are kept.");
    public static readonly Setting<int> RequestsPerMinute = SettingValue.Number("Limits:RequestsPerMinute", StandardLimits.RequestsPerMinute, 0, 1_000_000,
        "The requests a minute of each caller that has no rate of its own, to each node; a burst of one minute's worth is taken. 0 is without a limit. See [limits](limits.md).");
    public static readonly Setting<int> AnonymousRequestsPerMinute = SettingValue.Number("Limits:AnonymousRequestsPerMinute", StandardLimits.AnonymousRequestsPerMinute, 0, 1_000_000,
        "The requests a minute from each address that do not say who calls, or say it wrongly, those to `/token` among them. 0 is without a limit.");
    public static readonly Setting<int> ConcurrentRequestsPerCaller = SettingValue.Number("Limits:ConcurrentRequestsPerCaller", StandardLimits.ConcurrentRequestsPerCaller, 0, 1_000_000,
        "The most requests of one caller that run at the same time on a node. 0 is without a limit.");
    public static readonly Setting<int> ConcurrentRequests = SettingValue.Number("Limits:ConcurrentRequests", StandardLimits.ConcurrentRequests, 0, 1_000_000,
        "The most requests of all callers that run at the same time on a node. 0 is without a limit.");
    public static readonly Setting<int> QueuedRequests = SettingValue.Number("Limits:QueuedRequests", StandardLimits.QueuedRequests, 0, 1_000_000,
        "The most requests beyond those that wait for their turn.");
    public static readonly Setting<int> QueueSeconds = SettingValue.Number("Limits:QueueSeconds", StandardLimits.QueueSeconds, 1, 3_600,
        "For how long they wait.");
    public static readonly Setting<int> RequestSeconds = SettingValue.Number("Limits:RequestSeconds", StandardLimits.RequestSeconds, 0, 604_800,
        "The whole time of a request, its body and its answer included; none for what runs as `respond-async`. 0 is without a limit.");
    public static readonly Setting<int> MinBytesPerSecond = SettingValue.Number("Limits:MinBytesPerSecond", StandardLimits.MinBytesPerSecond, 0, 1_000_000_000,
        "The rate at which a body has to arrive and an answer to be read, after five seconds. 0 waits for ever.");
    public static readonly Setting<int> MaxHeaderBytes = SettingValue.Number("Limits:MaxHeaderBytes", StandardLimits.MaxHeaderBytes, 4_096, 1_048_576,
        "The length of all headers of a request.");

    /// <summary>The table, in the order of the documentation.</summary>
    public static readonly IReadOnlyList<Setting> All =
    [
        Urls, DatabaseProvider, DatabaseConnectionString, Demo, AdminUserName, AdminPassword, PublicRoot, TrustedProxies, AllowedHosts,
        HttpsRedirect, HttpsPort, HstsDays, CorsOrigins, CorsMethods, CorsHeaders, CorsExposedHeaders, CorsCredentials, CorsMaxAge, ConfigurationFiles, MaxLoadBytes,
        MaxPageSize, DefaultPageSize, MaxExpansionDepth, MaxBatchOperations, MaxChangeSetOperations, MaxNestedEntities, MaxExpressionDepth, MaxListItems,
        MaxBodyBytes, MaxBatchBytes, MaxStreamBytes, MaxQueryBodyBytes, MaxAsynchronousRequests, ResultRetentionMinutes, RepeatabilityDays, ChangeRetentionDays,
        Basic, KeysInUrl, Pepper, PasswordMinLength, PasswordNeedsDigit, PasswordNeedsLetterCases, PasswordNeedsSymbol, LockoutAttempts, LockoutMinutes,
        AccessTokenMinutes, RefreshTokenDays, Issuers,
        AuditData, AuditRetentionDays, StatisticsMinuteDays, StatisticsHourDays, StatisticsRetentionDays,
        RequestsPerMinute, AnonymousRequestsPerMinute, ConcurrentRequestsPerCaller, ConcurrentRequests, QueuedRequests, QueueSeconds, RequestSeconds, MinBytesPerSecond, MaxHeaderBytes,
    ];

    /// <exception cref="SettingsException">Something is not understood; the message names all of it.</exception>
    public static Settings Read(IConfiguration configuration)
    {
        var mistakes = new List<string>();
        var database = new DatabaseSettings(DatabaseProvider.Read(configuration, mistakes)!, DatabaseConnectionString.Read(configuration, mistakes)!);
        var isEmbeddedDefault = database.Provider.Equals(DatabaseSettings.EmbeddedProvider, StringComparison.OrdinalIgnoreCase)
            && database.ConnectionString == DatabaseSettings.EmbeddedConnectionString;
        var odata = new ODataSettings
        {
            MaxPageSize = MaxPageSize.Read(configuration, mistakes),
            DefaultPageSize = DefaultPageSize.Read(configuration, mistakes),
            MaxExpansionDepth = MaxExpansionDepth.Read(configuration, mistakes),
            MaxBatchOperations = MaxBatchOperations.Read(configuration, mistakes),
            MaxChangeSetOperations = MaxChangeSetOperations.Read(configuration, mistakes),
            MaxNestedEntities = MaxNestedEntities.Read(configuration, mistakes),
            MaxExpressionDepth = MaxExpressionDepth.Read(configuration, mistakes),
            MaxListItems = MaxListItems.Read(configuration, mistakes),
            MaxBodyBytes = MaxBodyBytes.Read(configuration, mistakes),
            MaxBatchBytes = MaxBatchBytes.Read(configuration, mistakes),
            MaxStreamBytes = MaxStreamBytes.Read(configuration, mistakes),
            MaxQueryBodyBytes = MaxQueryBodyBytes.Read(configuration, mistakes),
            MaxAsynchronousRequests = MaxAsynchronousRequests.Read(configuration, mistakes),
            ResultRetentionMinutes = ResultRetentionMinutes.Read(configuration, mistakes),
            RepeatabilityDays = RepeatabilityDays.Read(configuration, mistakes),
            ChangeRetentionDays = ChangeRetentionDays.Read(configuration, mistakes),
        };
        var hasDemo = Demo.Read(configuration, mistakes) ?? isEmbeddedDefault;
        var access = new AccessSettings
        {
            Basic = Basic.Read(configuration, mistakes) ?? hasDemo,
            KeysInUrl = KeysInUrl.Read(configuration, mistakes),
            Pepper = Pepper.Read(configuration, mistakes),
            PasswordMinLength = PasswordMinLength.Read(configuration, mistakes),
            PasswordNeedsDigit = PasswordNeedsDigit.Read(configuration, mistakes) ?? false,
            PasswordNeedsLetterCases = PasswordNeedsLetterCases.Read(configuration, mistakes) ?? false,
            PasswordNeedsSymbol = PasswordNeedsSymbol.Read(configuration, mistakes) ?? false,
            LockoutAttempts = LockoutAttempts.Read(configuration, mistakes),
            LockoutMinutes = LockoutMinutes.Read(configuration, mistakes),
            AccessTokenMinutes = AccessTokenMinutes.Read(configuration, mistakes),
            RefreshTokenDays = RefreshTokenDays.Read(configuration, mistakes),
            Issuers = IssuerSettings.Read(configuration.GetSection(Issuers.Key), mistakes),
        };
        if (access.Pepper is { Length: < 32 })
            mistakes.Add($"{Pepper.Key}: at least 32 characters are expected.");
        var settings = new Settings(
            database,
            hasDemo,
            new(AdminUserName.Read(configuration, mistakes)!, AdminPassword.Read(configuration, mistakes)),
            new(PublicRoot.Read(configuration, mistakes), TrustedProxies.Read(configuration, mistakes), AllowedHosts.Read(configuration, mistakes)),
            new(ReadPaths(configuration, mistakes), MaxLoadBytes.Read(configuration, mistakes)),
            odata with { DefaultPageSize = Math.Min(odata.DefaultPageSize, odata.MaxPageSize) },
            access,
            new() { Data = AuditData.Read(configuration, mistakes), RetentionDays = AuditRetentionDays.Read(configuration, mistakes) },
            new()
            {
                MinuteDays = StatisticsMinuteDays.Read(configuration, mistakes),
                HourDays = StatisticsHourDays.Read(configuration, mistakes),
                RetentionDays = StatisticsRetentionDays.Read(configuration, mistakes),
            },
            new(HttpsRedirect.Read(configuration, mistakes), HttpsPort.Read(configuration, mistakes) is > 0 and var port ? port : null, HstsDays.Read(configuration, mistakes)),
            CorsSettings.Read(configuration, mistakes),
            ReadLimits(configuration, mistakes));
        if (settings.Admin.UserName.Contains(':', StringComparison.Ordinal))
            mistakes.Add($"{AdminUserName.Key}={settings.Admin.UserName}: a colon cannot be part of the name, HTTP Basic ends the name with it.");
        if (settings.Admin.Password is { Length: > 256 })
            mistakes.Add($"{AdminPassword.Key}: at most 256 characters are taken.");
        if (settings.Admin.UserName.Length > 128)
            mistakes.Add($"{AdminUserName.Key}: at most 128 characters are taken.");
        return mistakes.Count == 0 ? settings : throw new SettingsException(mistakes);
    }

    private static LimitSettings ReadLimits(IConfiguration configuration, List<string> mistakes) => new()
    {
        RequestsPerMinute = RequestsPerMinute.Read(configuration, mistakes),
        AnonymousRequestsPerMinute = AnonymousRequestsPerMinute.Read(configuration, mistakes),
        ConcurrentRequestsPerCaller = ConcurrentRequestsPerCaller.Read(configuration, mistakes),
        ConcurrentRequests = ConcurrentRequests.Read(configuration, mistakes),
        QueuedRequests = QueuedRequests.Read(configuration, mistakes),
        QueueSeconds = QueueSeconds.Read(configuration, mistakes),
        RequestSeconds = RequestSeconds.Read(configuration, mistakes),
        MinBytesPerSecond = MinBytesPerSecond.Read(configuration, mistakes),
        MaxHeaderBytes = MaxHeaderBytes.Read(configuration, mistakes),
    };

    /// <summary>A list can be one text, or a section with an index for each member, as in a JSON array.</summary>
    private static IReadOnlyList<string> ReadPaths(IConfiguration configuration, List<string> mistakes)
    {
        var members = configuration.GetSection(ConfigurationFiles.Key).GetChildren().Select(member => member.Value).OfType<string>().ToList();
        return members.Count > 0 ? members : ConfigurationFiles.Read(configuration, mistakes);
    }
}

/// <summary>The settings cannot be used. The message is meant for whoever wrote them: one line for each mistake.</summary>
public sealed class SettingsException(IReadOnlyList<string> mistakes) : Exception(string.Join(Environment.NewLine, mistakes))
{
    public IReadOnlyList<string> Mistakes { get; } = mistakes;
}
