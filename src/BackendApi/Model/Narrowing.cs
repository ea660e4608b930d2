using BackendApi.Access.Rights;
using BackendApi.Parse;
using BackendApi.Resources;

namespace BackendApi.Model;

/// <summary>
/// Makes the model that a caller sees: what they may not touch is not in it. Requests are parsed and planned against it, so that none can name the rest, whatever its
/// shape, and <c>$metadata</c> and the service document do not tell of it.
/// </summary>
internal static class Narrowing
{
    private const Verbs Writing = Verbs.Create | Verbs.Update | Verbs.Delete;

    public static ModelSnapshot Narrow(ModelSnapshot whole, Permissions permissions)
    {
        var parts = whole.Parts;
        var limits = ParseLimits.Of(parts.Settings);
        var rights = new Dictionary<string, RowRights>(StringComparer.Ordinal);
        foreach (var set in whole.EntitySets.Values)
            if (On(set.Name) is var permission && (permission.Verbs & (Verbs.Read | Writing)) != 0)
                rights.Add(set.Name, new(set, permission, whole, limits));

        var narrowed = new Dictionary<CompletedDefinition, CompletedDefinition>();
        foreach (var definition in parts.Active)
            if (rights.TryGetValue(definition.Name, out var own))
                narrowed.Add(definition, Definition(definition, own, On(definition.Name)));
        foreach (var (definition, visible) in narrowed)
        {
            visible.Relations = Relations(definition, definition.Relations);
            for (var i = 0; i < visible.Derived.Count; i++)
                visible.Derived[i].Relations = Relations(definition, definition.Derived[i].Relations);
        }

        var edm = EdmBuilder.Build(
            [.. narrowed.Values], parts.Tags, parts.Modules,
            operation => operation.IsForEveryone || permissions.On(operation.Set is { } alias ? whole.ByAlias.GetValueOrDefault(alias)?.Name ?? alias : operation.Name).Allows(Verbs.Execute));
        foreach (var set in edm.Sets)
            Take(set, rights[set.Name], On(set.Name));
        return ModelBuilder.Snapshot(whole.Version, whole.Definitions, edm, parts, whole);

        SetPermission On(string set) => parts.Modules.ForEveryone.Contains(set) ? SetPermission.Reading : permissions.On(set);

        IReadOnlyList<CompletedRelation> Relations(CompletedDefinition source, IReadOnlyList<CompletedRelation> relations) =>
        [
            .. relations
                .Where(relation => narrowed.ContainsKey(relation.Target) && IsVisible(relation, rights[source.Name], rights[relation.Target.Name]))
                .Select(relation => relation with
                {
                    Target = narrowed[relation.Target],
                    IsEditable = relation.IsEditable && IsEditable(relation, permissions.On(source.Name), permissions.On(relation.Target.Name), rights[source.Name], rights[relation.Target.Name]),
                }),
        ];
    }

    private static CompletedDefinition Definition(CompletedDefinition definition, RowRights rights, SetPermission permission)
    {
        var kept = new Dictionary<CompletedField, CompletedField>();
        var fields = Fields(definition.Fields);
        var allow = definition.Source.Allow;
        return new()
        {
            Source = definition.Source with
            {
                Allow = new(allow.Create && permission.Allows(Verbs.Create), allow.Update && permission.Allows(Verbs.Update), allow.Delete && permission.Allows(Verbs.Delete)),
                TrackChanges = false,
            },
            Name = definition.Name,
            Table = definition.Table,
            Fields = fields,
            Key = [.. definition.Key.Select(field => kept[field])],
            AlternateKeys = [.. definition.AlternateKeys.Where(key => key.All(field => kept.ContainsKey(field) && IsReadable(field.Column, rights))).Select(key => key.Select(field => kept[field]).ToList())],
            Concurrency = definition.Concurrency,
            Search = [.. definition.Search.Where(kept.ContainsKey).Select(field => kept[field])],
            Derived = [.. definition.Derived.Select(derived => new CompletedDerived(derived.Source, derived.Column, derived.Value, Fields(derived.Fields)))],
            Media = definition.Media is { } media && IsReadable(media.Column, rights) ? Media(media) : null,
            Streams = [.. definition.Streams.Where(stream => IsReadable(stream.Media.Column, rights)).Select(stream => stream with { Media = Media(stream.Media) })],
            Mistakes = definition.Mistakes,
        };

        MediaModel Media(MediaModel media) => media with
        {
            IsCreatable = media.IsCreatable && permission.Allowing(Verbs.Create).Any(grant => grant.Writable.Contains(media.Name)),
            IsEditable = media.IsEditable && permission.Allowing(Verbs.Update).Any(grant => grant.Writable.Contains(media.Name)),
        };

        List<CompletedField> Fields(IReadOnlyList<CompletedField> all)
        {
            var visible = new List<CompletedField>(all.Count);
            foreach (var field in all)
            {
                var isKey = definition.Key.Contains(field);
                var isCreatable = permission.Allowing(Verbs.Create).Any(grant => grant.Writable.Contains(field.Name));
                var isEditable = permission.Allowing(Verbs.Update).Any(grant => grant.Writable.Contains(field.Name));
                // What cannot be read is not there, except for those who cannot read anything and only write.
                if (!isKey && !IsReadable(field.Column, rights) && (permission.Allows(Verbs.Read) || !isCreatable))
                    continue;
                var narrow = field with
                {
                    IsNullable = field.IsNullable || rights.Masked.ContainsKey(field.Column),
                    Definition = field.Definition with { IsCreatable = field.Definition.IsCreatable == true && isCreatable, IsEditable = field.Definition.IsEditable == true && isEditable },
                };
                kept.Add(field, narrow);
                visible.Add(narrow);
            }
            return visible;
        }
    }

    /// <summary>In some row at least.</summary>
    private static bool IsReadable(ColumnSchema column, RowRights rights) => rights.Readable is not { Count: 0 } && !(rights.Masked.TryGetValue(column, out var filters) && filters.Count == 0);

    /// <summary>Whoever follows a relation learns the values that it joins.</summary>
    private static bool IsVisible(CompletedRelation relation, RowRights source, RowRights target) =>
        (relation.Through?.On.Select(pair => pair.Source) ?? relation.On.Select(pair => pair.Source)).All(column => IsReadable(column, source))
        && (relation.Through?.To.Select(pair => pair.Target) ?? relation.On.Select(pair => pair.Target)).All(column => IsReadable(column, target));

    /// <summary>Whoever relates two entities changes the columns that refer; rows of a link table belong to the source.</summary>
    private static bool IsEditable(CompletedRelation relation, SetPermission source, SetPermission target, RowRights ofSource, RowRights ofTarget)
    {
        if (relation.Through is not null)
            return (source.Verbs & (Verbs.Create | Verbs.Update)) != 0;
        return relation.IsDependent ? AreWritable(relation.On.Select(pair => pair.Source), source, ofSource) : AreWritable(relation.On.Select(pair => pair.Target), target, ofTarget);
    }

    private static bool AreWritable(IEnumerable<ColumnSchema> columns, SetPermission permission, RowRights rights) => columns.All(column =>
    {
        var paths = RowRights.PropertiesOf(rights.Whole).Where(property => property.Column == column).Select(property => property.Path).ToList();
        return paths.Count == 0 || permission.Grants.Any(grant => (grant.Verbs & (Verbs.Create | Verbs.Update)) != 0 && paths.Exists(grant.Writable.Contains));
    });

    /// <summary>What is about the whole set stays so.</summary>
    private static void Take(EntitySetModel set, RowRights rights, SetPermission permission)
    {
        var whole = rights.Whole;
        set.Rights = rights;
        set.RowFilter = whole.RowFilter;
        set.Rules = whole.Rules;
        set.Computed = whole.Computed;
        set.LoggedKey = whole.LoggedKey;
        // Whether a row that is gone was one of the caller's nobody can tell.
        set.Changes = rights.DependOnRows || !permission.Allows(Verbs.Read) ? null : whole.Changes;
        // A tag that is made of what only some rows show would be another one for each caller.
        set.ETag = whole.ETag is ETagModel.Content content && rights.Masked.Count > 0
            ? content with { Columns = [.. content.Columns.Where(column => !rights.Masked.ContainsKey(column))] }
            : whole.ETag;
        foreach (var property in RowRights.PropertiesOf(set))
            property.Transform = RowRights.PropertiesOf(whole).First(known => known.Column == property.Column && known.Path == property.Path).Transform;
    }
}
