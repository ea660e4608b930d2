// What the product is compared with: the fastest program that its authors can write by hand for a handful of fixed questions.
// No model, no parser, no rights, no authentication: one SQL text and one row writer per question.
//   --database postgresql|sqlite  --connection "<connection string>"  --urls http://127.0.0.1:5090  [--audit true]
using System.Globalization;
using BackendApi.Bench.Floor;

var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);

var connection = builder.Configuration["connection"] ?? throw new ArgumentException("--connection is missing.");
var isAudited = builder.Configuration["audit"] == "true";
(Questions questions, Writes writes) = builder.Configuration["database"] switch
{
    "postgresql" => ((Questions)new PostgreSqlQuestions(connection), (Writes)new PostgreSqlWrites(connection, isAudited)),
    "sqlite" => (new SqliteQuestions(connection), new SqliteWrites(connection, isAudited)),
    _ => throw new ArgumentException("--database is postgresql or sqlite."),
};

var app = builder.Build();
app.MapGet("/ready", () => "ready");
app.MapGet("/orders", (RequestDelegate)(http =>
    questions.PageAsync(http, http.Request.Query["status"]!, decimal.Parse(http.Request.Query["above"]!, CultureInfo.InvariantCulture))));
app.MapGet("/orders/{id}", (RequestDelegate)(http =>
    questions.ByKeyAsync(http, int.Parse((string)http.Request.RouteValues["id"]!, CultureInfo.InvariantCulture))));
app.MapGet("/orders-with-items", (RequestDelegate)(http => questions.WithItemsAsync(http, Number(http, "after"))));
app.MapGet("/export/orders", (RequestDelegate)(http => questions.ExportAsync(http, "orders", Number(http, "$skiptoken"))));
app.MapGet("/export/order_archive", (RequestDelegate)(http => questions.ExportAsync(http, "order_archive", Number(http, "$skiptoken"))));
app.MapGet("/customers-with-orders", (RequestDelegate)(http => questions.TwoLevelsAsync(http, Number(http, "after"))));
app.MapGet("/list/{name}", (RequestDelegate)(http => questions.ListAsync(http, (string)http.Request.RouteValues["name"]!, http.Request.Query["p"])));
app.MapPost("/intake", (RequestDelegate)writes.CreateAsync);
app.MapPatch("/intake/{id}", (RequestDelegate)(http => writes.ChangeAsync(http, int.Parse((string)http.Request.RouteValues["id"]!, CultureInfo.InvariantCulture))));
app.MapPost("/intake/batch", (RequestDelegate)(http => writes.BatchAsync(http, isTogether: false)));
app.MapPost("/intake/batch-together", (RequestDelegate)(http => writes.BatchAsync(http, isTogether: true)));
app.MapPost("/intake/exchange", (RequestDelegate)writes.ExchangeAsync);
app.Run();

static int Number(HttpContext http, string name) =>
    http.Request.Query[name] is [{ } text] ? int.Parse(text, CultureInfo.InvariantCulture) : 0;
