using System.IO.Pipelines;
using System.Text.Json;
using BackendApi.Model;
using BackendApi.Parse;
using BackendApi.Plan;
using BackendApi.Sql;
using BackendApi.Stream;
using BackendApi.Support;

namespace BackendApi.Resources.Configurations;

/// <summary>The first rows of a set of a model that is not served.</summary>
internal sealed class RowPreview(ODataSettings settings, Observations observations)
{
    /// <summary>What is shown is for people, and held in memory.</summary>
    public const int MostRows = 50;

    private static readonly JsonStyle Style = new(MetadataLevel.None, IsV401: true, Ieee754: false, OmitNulls: false, StandardBase64: false);

    /// <exception cref="ServiceException"><see cref="Errors.OutOfRange"/></exception>
    public static void Check(int rows, string parameter)
    {
        if (rows is < 0 or > MostRows)
            throw new ServiceException(Errors.OutOfRange, $"Between 0 and {MostRows} rows are shown.", parameter);
    }

    /// <returns>Each row as the endpoint shows it, as a JSON object.</returns>
    /// <param name="isOrdered">By the whole key, as the endpoint does it; else by its first column, which is enough for a bound and can be an index.</param>
    public async Task<IReadOnlyList<string>> ReadAsync(ModelSnapshot model, string set, int rows, OperationContext context, bool isOrdered = true)
    {
        var plan = Planner.Plan(model, UrlParser.Parse(model.Edm, set, "", ParseLimits.Of(settings)), new(rows, rows, MaxExpansionDepth: 1)).Rows with { Top = rows };
        if (!isOrdered)
            plan = plan with { OrderBy = [plan.OrderBy[0]] };
        using var buffer = new MemoryStream();
        var pipe = PipeWriter.Create(buffer, new(leaveOpen: true));
        var execution = new Execution(context.Session, context.Dialect, observations, context.Cancellation);
        await new CollectionStream(execution, new(context.Dialect.Values, Style, root: ""), links: null, new(pipe))
            .WriteAsync(plan, new(ContextUrl: null, Style), begin: static () => { }, nextLink: null, isMissing: static () => Task.FromResult(false));
        await pipe.CompleteAsync();
        using var written = JsonDocument.Parse(buffer.GetBuffer().AsMemory(0, (int)buffer.Length));
        return [.. written.RootElement.GetProperty("value").EnumerateArray().Select(row => row.GetRawText())];
    }
}
