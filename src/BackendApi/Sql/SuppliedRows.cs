using System.Reflection;
using BackendApi.Access;
using BackendApi.Model;
using BackendApi.Resources;
using Microsoft.Extensions.DependencyInjection;

namespace BackendApi.Sql;

/// <summary>
/// The rows that facades supply themselves, on their way into the statements of one request: each column is a list parameter, so that the database filters, joins, orders and
/// aggregates them like any table's.
/// </summary>
internal sealed class SuppliedRows(Caller caller, IServiceProvider services, Dialect dialect)
{
    /// <summary>Of the names of such tables; told by reference, so that a schema of this name does no harm.</summary>
    private static readonly string Schema = new("facade rows");

    private static readonly NullabilityInfoContext Nullability = new();

    public static bool Are(TableName table) => ReferenceEquals(table.Schema, Schema);

    /// <summary>The properties of a class as the columns of a table.</summary>
    /// <exception cref="ArgumentException">One of them cannot be a column.</exception>
    public static TableSchema Table(Type row, string alias, IReadOnlyList<string> key) => new(
        new(Schema, alias), [.. Columns(row).Select(property => Column(row, property, key.Contains(property.Name)))],
        PrimaryKey: key.All(name => Columns(row).Any(property => property.Name == name)) ? key : throw new ArgumentException($"{row.Name} has not all of the properties {string.Join(", ", key)}."),
        UniqueKeys: [], ForeignKeys: []);

    /// <summary>The statement with the values of the rows that its facades supply now.</summary>
    public static async ValueTask<Statement> FillAsync(Statement statement, Session session, CancellationToken cancellation)
    {
        var source = session.Supplied ?? throw new InvalidOperationException("Nobody supplies rows to this session.");
        var values = new Dictionary<EntitySetModel, object?[][]>();
        foreach (var set in statement.Supplied!)
            if (!values.ContainsKey(set))
                values.Add(set, await source.ReadAsync(set, session, cancellation));
        return new(statement.Text, [.. statement.Parameters.Select(parameter => parameter.Value is SuppliedColumn column ? parameter with { Value = values[column.Set][column.Index] } : parameter)]);
    }

    /// <returns>A list of values for each column.</returns>
    private async ValueTask<object?[][]> ReadAsync(EntitySetModel set, Session session, CancellationToken cancellation)
    {
        var facade = (IRowSource)services.GetRequiredService(set.Facade!);
        var rows = await facade.ReadAsync(new(caller, session, dialect, isTrial: false, cancellation));
        var columns = new object?[set.Table.Columns.Count][];
        for (var i = 0; i < columns.Length; i++)
        {
            columns[i] = new object?[rows.Count];
            PropertyInfo? property = null;
            for (var row = 0; row < rows.Count; row++)
            {
                property ??= rows[row].GetType().GetProperty(set.Table.Columns[i].Name)!;
                var value = property.GetValue(rows[row]);
                columns[i][row] = value is Enum member ? member.ToString() : value;
            }
        }
        return columns;
    }

    private static IEnumerable<PropertyInfo> Columns(Type row) =>
        row.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanRead && property.GetIndexParameters().Length == 0);

    private static ColumnSchema Column(Type row, PropertyInfo property, bool isKey)
    {
        OperationType type;
        lock (Nullability)
            type = OperationType.Of(property.PropertyType, Nullability.Create(property), $"{row.Name}.{property.Name}");
        var kind = type.Enumeration is not null ? ValueKind.String : type.Kind ?? throw new ArgumentException($"{row.Name}.{property.Name}: a column holds one value.");
        return new(property.Name, new ColumnType(kind, "") { IsOperand = true }, type.IsNullable && !isKey)
        {
            Members = type.Enumeration is { } enumeration ? Enum.GetNames(enumeration) : null,
        };
    }
}

/// <summary>Stands for the values of a column until the statement runs.</summary>
internal sealed record SuppliedColumn(EntitySetModel Set, int Index);
