using System.ComponentModel;
using BackendApi.Model;
using BackendApi.Model.Store;
using BackendApi.Support;
using Microsoft.OData.Edm;

namespace BackendApi.Resources.Configurations;

[Description("What a configuration document would lead to. Problems are all of its mistakes, and those that it would make of others; while there is one, nothing else is told. Rows are JSON objects.")]
public sealed record DefinitionTest(
    string? EntitySet, IReadOnlyList<DefinitionProblem> Problems, IReadOnlyList<DefinitionProperty> Properties, IReadOnlyList<DefinitionNavigation> Navigations, IReadOnlyList<string> Rows);

[Description("A property of the entity type. The name of one inside a complex property is a path.")]
public sealed record DefinitionProperty(string Name, string Type, string Column, bool IsNullable, bool IsKey);

[Description("A navigation property of the entity type.")]
public sealed record DefinitionNavigation(string Name, string Target, bool IsCollection);

/// <summary>Looks at configuration documents that are not stored.</summary>
internal sealed class DefinitionTrial(Publisher publisher, RowPreview preview)
{
    [Description("Tests a configuration document without storing it: its mistakes, or its type and its first rows. It takes the place of the stored one of its alias, and counts as active.")]
    public async Task<DefinitionTest> TestDefinitionAsync(
        BoundCollection configurations, OperationContext context, [Description("The document, as JSON or YAML.")] string document, [Description("How many rows are shown, at most 50.")] int rows = 5)
    {
        ConfigurationRights.RequireAll(context.Caller);
        RowPreview.Check(rows, "rows");
        var (definitions, read) = DocumentText.ReadOne(document, "document");
        var definition = definitions[0];
        var (model, built) = await publisher.TryAsync(new DefinitionChange.Upsert(definition with { IsActive = true }), context.Cancellation);
        var mistakes = DefinitionMistake.Join(read, built);
        return model is null || mistakes.Count > 0
            ? new(null, [.. mistakes.Select(mistake => new DefinitionProblem(mistake.Document, mistake.Path, mistake.Message))], [], [], [])
            : await ShowAsync(model, model.ByAlias[definition.Alias], rows, context);
    }

    private async Task<DefinitionTest> ShowAsync(ModelSnapshot model, EntitySetModel set, int rows, OperationContext context) => new(
        set.Name, [],
        [.. RowRights.PropertiesOf(set).Select(property => new DefinitionProperty(property.Path, property.Edm.Type.FullName(), property.Column.Name, property.IsNullable, set.Key.Contains(property)))],
        [.. set.NavigationPaths.Select(each => new DefinitionNavigation(each.Path, each.Navigation.Target.Name, each.Navigation.IsCollection))],
        rows == 0 ? [] : await preview.ReadAsync(model, set.Name, rows, context));
}
