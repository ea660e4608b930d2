using BackendApi.Model;
using BackendApi.Parse.Bodies;
using BackendApi.Plan.Writing;
using BackendApi.Support;

namespace BackendApi.Sql;

/// <summary>Tells a broken constraint as a mistake of the row that broke it, in the words of the definition: never in the database's own.</summary>
internal sealed class ConstraintMistakes(Mistakes mistakes)
{
    public void Add(PlannedRow row, Violation violation)
    {
        var table = row.Set.Table;
        switch (violation.Kind)
        {
            case Failure.UniqueViolation:
                var unique = violation.Columns.Count > 0 ? violation.Columns
                    : table.UniqueKeys.FirstOrDefault(key => key.Name == violation.Constraint)?.Columns ?? table.PrimaryKey;
                mistakes.Add(Errors.Conflict, $"Another entity of {row.Set.Name} has the same {Names(row.Set, unique)}.", Path(row, unique));
                break;
            case Failure.ForeignKeyViolation when row.Action == RowAction.Delete:
                mistakes.Add(Errors.StillReferenced, $"Other rows refer to this entity of {row.Set.Name}. Delete or change them first.", row.Path);
                break;
            case Failure.ForeignKeyViolation:
                var key = table.ForeignKeys.FirstOrDefault(key => key.Name == violation.Constraint);
                // SQLite does not tell: the one foreign key that the row sets must be it, where there is one.
                key ??= table.ForeignKeys.Where(known => known.Columns.Any(column => Value(row, column) is { Value: not null } or { From: not null })).ToList() is [var only] ? only : null;
                mistakes.Add(Errors.ReferenceNotFound, key is null ? "The row refers to another that does not exist." : $"{Names(row.Set, key.Columns)} refers to a row that does not exist.", Path(row, key?.Columns ?? []));
                break;
            case Failure.NotNullViolation:
                mistakes.Add(Errors.InvalidBody, $"{Names(row.Set, violation.Columns)} must not be null.", Path(row, violation.Columns));
                break;
            default:
                mistakes.Add(Errors.InvalidBody, $"A row of {row.Set.Name} must satisfy a rule of its table{(row.Set.Rights is null && violation.Constraint is { } name && IsName(name) ? $", '{name}'" : "")}, and this one does not.", row.Path);
                break;
        }
    }

    /// <summary>SQLite calls a check without a name by its condition, which is nobody's business. A name can tell of a column, and so is for those who may see all of them.</summary>
    private static bool IsName(string text) => text.All(character => char.IsAsciiLetterOrDigit(character) || character == '_');

    private static string Names(EntitySetModel set, IReadOnlyList<string> columns)
    {
        var names = columns.Select(column => set.Members.Columns.FirstOrDefault(property => property.Column.Name == column)?.Path).OfType<string>().ToList();
        return names.Count == 0 ? "values" : string.Join(", ", names);
    }

    private static PlannedValue? Value(PlannedRow row, string column) => row.Values.FirstOrDefault(value => value.Column.Name == column);

    private static BodyPath Path(PlannedRow row, IReadOnlyList<string> columns) => columns.Count == 1 && Value(row, columns[0]) is { } value ? row.PathOf(value) ?? row.Path : row.Path;
}
