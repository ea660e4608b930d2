using System.Collections.Frozen;
using BackendApi.Model.Csdl;
using BackendApi.Parse;
using BackendApi.Resources;
using BackendApi.Support;

namespace BackendApi.Model;

/// <summary>
/// Turns documents, compiled sets and the catalogue into a <see cref="ModelSnapshot"/>. It answers with every mistake of every document, or with a
/// snapshot that has none; it never publishes a part.
/// </summary>
public static class ModelBuilder
{
    private static readonly SipHash Unkeyed = new(new byte[SipHash.Length]);

    /// <param name="version">The number of the version that the documents are.</param>
    /// <param name="definitions">All documents, those that are switched off too: they are checked as well.</param>
    /// <param name="tables">The tables that the documents name, link tables of relations among them.</param>
    /// <param name="tags">What ETags are made by; null for a model that answers nobody.</param>
    public static BuildResult Build(
        long version, IReadOnlyList<EndpointDefinition> definitions, IReadOnlyDictionary<TableName, TableSchema> tables,
        ODataSettings settings, SipHash? tags = null) =>
        Build(version, definitions, tables, settings, tags, CompiledModules.None);

    /// <param name="modules">Their sets are not among <paramref name="definitions"/>.</param>
    /// <inheritdoc cref="Build(long, IReadOnlyList{EndpointDefinition}, IReadOnlyDictionary{TableName, TableSchema}, ODataSettings, SipHash?)"/>
    internal static BuildResult Build(
        long version, IReadOnlyList<EndpointDefinition> definitions, IReadOnlyDictionary<TableName, TableSchema> tables,
        ODataSettings settings, SipHash? tags, CompiledModules modules, IReadOnlyCollection<string>? leftOut = null)
    {
        tags ??= Unkeyed;
        var mistakes = new List<DefinitionMistake>();
        var catalogue = new Catalogue(new(tables), new(modules.Beside(tables)));
        var completed = DefinitionCompletion.Complete(
            definitions, catalogue, EdmBuilder.ReservedNames(modules), mistakes, [.. modules.Definitions.Where(definition => leftOut?.Contains(definition.Alias) != true)]);
        RelationCompletion.Complete(completed, catalogue);
        ChangeTracking.Check(completed);
        var edm = mistakes.Count == 0 ? BuildActive(completed, settings, tags, modules) : null;
        CheckExpressionsOfTheRest(completed, modules, settings, edm is not null, mistakes);
        return edm is null || mistakes.Count > 0
            ? new(null, mistakes)
            : new(Snapshot(version, definitions, edm, new([.. completed.Where(definition => definition.Source.IsActive)], modules, settings, tags)), []);
    }

    private static EdmBuild BuildActive(IReadOnlyList<CompletedDefinition> completed, ODataSettings settings, SipHash tags, CompiledModules modules)
    {
        var active = completed.Where(definition => definition.Source.IsActive).ToList();
        var edm = EdmBuilder.Build(active, tags, modules);
        ParseExpressions(edm, active, settings);
        return edm;
    }

    /// <param name="whole">The model that this is a part of; null for the model itself.</param>
    internal static ModelSnapshot Snapshot(long version, IReadOnlyList<EndpointDefinition> definitions, EdmBuild edm, ModelParts parts, ModelSnapshot? whole = null) => new()
    {
        Whole = whole!,
        Parts = parts,
        Version = version,
        Edm = edm.Model,
        Container = edm.Container,
        EntitySets = edm.Sets.ToFrozenDictionary(set => set.Name),
        ByAlias = edm.Sets.ToFrozenDictionary(set => set.Alias),
        Definitions = [.. definitions.Where(definition => definition.IsActive).OrderBy(definition => definition.Alias, StringComparer.Ordinal)],
        Operations = edm.Operations.ToFrozenDictionary(operation => (Microsoft.OData.Edm.IEdmOperation)operation.Edm),
        Metadata = new(new CsdlDocument(version, edm.Sets, edm.ComplexTypes, edm.EnumTypes, parts.Settings)
        {
            Operations = [.. edm.Operations.OrderBy(operation => operation.Name, StringComparer.Ordinal)],
        }),
    };

    /// <summary>
    /// Filters, rules and transformations can be read against an EDM only. Those that the snapshot's own EDM does not cover, because their document is switched off
    /// or because another document has mistakes, are read against one that is thrown away.
    /// </summary>
    private static void CheckExpressionsOfTheRest(
        IReadOnlyList<CompletedDefinition> completed, CompiledModules modules, ODataSettings settings, bool activeAreChecked, List<DefinitionMistake> mistakes)
    {
        var faulty = mistakes.Where(mistake => BearsOnNames(mistake.Path)).Select(mistake => mistake.Document).ToHashSet();
        var sound = completed.Where(definition => !faulty.Contains(definition.Source.Alias)).ToList();
        var rest = sound.Where(definition => HasExpressions(definition.Source)
            && !(activeAreChecked && definition.Source.IsActive)
            && definition.Relations.All(relation => !faulty.Contains(relation.Target.Source.Alias) || !Mentions(definition.Source, relation.Name))).ToList();
        if (rest.Count > 0)
            ParseExpressions(EdmBuilder.Build(sound, Unkeyed, modules), rest, settings);
    }

    private static bool HasExpressions(EndpointDefinition definition) =>
        definition.Filter is not null || definition.Rules is not null || TransformBinding.IsNeeded(definition);

    private static bool Mentions(EndpointDefinition definition, string name) =>
        definition.Filter?.Contains(name, StringComparison.Ordinal) == true
        || definition.Rules?.Any(rule => rule.Expression.Contains(name, StringComparison.Ordinal)) == true;

    /// <summary>Without the names that a document gets wrong, everything that an expression says about them would seem wrong too.</summary>
    private static bool BearsOnNames(string path) =>
        path is "alias" or "entitySet" or "table" || path.StartsWith("relations", StringComparison.Ordinal) || path.StartsWith("streams", StringComparison.Ordinal)
        || (path.StartsWith("fields", StringComparison.Ordinal) && !path.Contains(".validation", StringComparison.Ordinal) && !path.Contains(".transform", StringComparison.Ordinal));

    private static void ParseExpressions(EdmBuild edm, IEnumerable<CompletedDefinition> definitions, ODataSettings settings)
    {
        var limits = ParseLimits.Of(settings);
        Dictionary<string, EntitySetModel>? sets = null;
        foreach (var definition in definitions)
        {
            if (!HasExpressions(definition.Source))
                continue;
            var set = (sets ??= edm.Sets.ToDictionary(set => set.Name))[definition.Name];
            if (TransformBinding.IsNeeded(definition.Source))
                new TransformBinding(edm.Model, sets, limits).Bind(definition, set);
            if (definition.Source.Filter is { } filter)
                set.RowFilter = Parse(filter, "filter");
            if (set.Changes is not null && set.RowFilter is { } rows && !RowReach.StaysInRow(rows))
                definition.Mistakes.Add("trackChanges", "The filter depends on other rows or on the time, so a row can come and go without a change of its own.");
            var rules = new List<RowRule>();
            for (var i = 0; i < (definition.Source.Rules?.Count ?? 0); i++)
                if (Parse(definition.Source.Rules![i].Expression, $"rules[{i}].expression") is { } condition)
                    rules.Add(new(condition, definition.Source.Rules[i].Message));
            set.Rules = rules;

            Expression? Parse(string text, string path)
            {
                if (string.IsNullOrWhiteSpace(text))
                    return null;
                try
                {
                    return UrlParser.ParseFilter(edm.Model, set.EntityType, text, limits);
                }
                catch (ServiceException mistake)
                {
                    definition.Mistakes.Add(path, mistake.Error.Message);
                    return null;
                }
            }
        }
    }
}

/// <summary>A snapshot, or at least one mistake.</summary>
public sealed record BuildResult(ModelSnapshot? Snapshot, IReadOnlyList<DefinitionMistake> Mistakes);
