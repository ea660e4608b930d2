using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace BackendApi.Model;

/// <summary>What makes the changes of a set traceable, and the rules for it.</summary>
/// <param name="Fingerprint">Differs when the definition shows other rows or other properties than before: what a client has read is then no base for changes.</param>
public sealed record ChangeTracking(long Fingerprint)
{
    internal static ChangeTracking Of(CompletedDefinition definition)
    {
        var text = new StringBuilder(definition.Table.Name.ToString());
        Add("key", definition.Key.Select(field => field.Column.Name));
        Add("fields", definition.Fields.Concat(definition.Derived.SelectMany(derived => derived.Fields)).Select(Described));
        Add("derived", definition.Derived.Select(derived => $"{derived.Source.Name} {derived.Source.Column} {derived.Source.Value}"));
        Add("search", definition.Search.Select(field => field.Column.Name));
        Add("filter", [definition.Source.Filter ?? ""]);
        return new(BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()))));

        void Add(string member, IEnumerable<string> values) => text.Append('\0').Append(member).Append('\0').AppendJoin('\0', values);

        static string Described(CompletedField field) => $"{field.Name} {field.Column.Name} {field.Definition.Type}";
    }

    /// <summary>The log names a row by one key, whichever definition it is read through; and nobody logs what a view shows.</summary>
    internal static void Check(IReadOnlyList<CompletedDefinition> definitions)
    {
        var first = new Dictionary<TableName, CompletedDefinition>();
        foreach (var definition in definitions)
        {
            if (!definition.Source.TrackChanges)
                continue;
            if (definition.Table.IsView)
                definition.Mistakes.Add("trackChanges", $"'{definition.Table.Name}' is a view: its rows change with those of its tables, which the log does not relate to it.");
            else if (!first.TryAdd(definition.Table.Name, definition) && !Columns(first[definition.Table.Name]).SequenceEqual(Columns(definition)))
                definition.Mistakes.Add("trackChanges", $"'{first[definition.Table.Name].Source.Alias}' tracks the changes of '{definition.Table.Name}' by another key.");
        }

        static IEnumerable<string> Columns(CompletedDefinition definition) => definition.Key.Select(field => field.Column.Name);
    }

    /// <summary>Tells every set over a tracked table by which columns its rows are logged.</summary>
    internal static void Share(IReadOnlyList<EntitySetModel> sets)
    {
        var keys = new Dictionary<TableName, IReadOnlyList<ColumnSchema>>();
        foreach (var set in sets)
            if (set.Changes is not null)
                keys.TryAdd(set.Table.Name, [.. set.Key.Select(part => part.Column)]);
        if (keys.Count == 0)
            return;
        foreach (var set in sets)
            set.LoggedKey = keys.GetValueOrDefault(set.Table.Name);
    }
}
