using BackendApi.Model;
using BackendApi.Sql.Audit;

namespace BackendApi.Resources;

/// <summary>Takes down what a <see cref="ResourceModule"/> declares.</summary>
public sealed class ModuleBuilder
{
    private readonly List<ModuleSet> _sets = [];
    private readonly List<ModuleOperation> _operations = [];
    private readonly List<TableSchema> _tables = [];
    private readonly List<ToldTable> _told = [];

    internal ModuleBuilder() { }

    internal IEnumerable<Type> Facades => _sets.Select(set => set.Facade).OfType<Type>().Concat(_operations.Select(operation => operation.Facade)).Distinct();

    /// <summary>
    /// An entity set, or a singleton (<see cref="EndpointDefinition.IsSingleton"/>), over a table or view: described as a configuration document does, complex properties,
    /// derived types and media included. What the definition leaves out, the catalogue gives. It is read by the SQL engine, so everything that a query can ask works, also
    /// across to the sets of stored definitions; a relation that leads to a set that is not published is left out.
    /// </summary>
    /// <param name="definition">Its alias and its entity set are names that no stored definition can take.</param>
    public ModuleEntitySet EntitySet(EndpointDefinition definition) => AddSet(new(definition, Facade: null));

    /// <summary>The same with a facade, which every write goes through (as far as <see cref="EndpointDefinition.Allow"/> lets any come).</summary>
    /// <typeparam name="TFacade">Taken from dependency injection, in the scope of the request.</typeparam>
    public ModuleEntitySet EntitySet<TFacade>(EndpointDefinition definition)
        where TFacade : Facade => AddSet(new(definition, typeof(TFacade)));

    /// <summary>
    /// An entity set whose rows the facade supplies itself: objects of code instead of a table. Everything that a query can ask works as over a table, because the rows are given to the
    /// database with each statement, so there should be hundreds or thousands of them and not millions.
    /// </summary>
    /// <typeparam name="TRow">Its public properties are the columns, of the types that <see cref="ModuleOperation"/> lists but complex values and lists.</typeparam>
    /// <param name="alias">A name that no stored definition can take; the name of the set follows from it.</param>
    /// <param name="key">Names of properties that are never null.</param>
    /// <param name="describe">What else is to be said; columns are named as the properties are.</param>
    /// <exception cref="ArgumentException">A property has a type that cannot be a column.</exception>
    public ModuleEntitySet EntitySet<TFacade, TRow>(string alias, IReadOnlyList<string> key, Func<EndpointDefinition, EndpointDefinition>? describe = null)
        where TFacade : RowFacade<TRow>
        where TRow : class
    {
        var table = Sql.SuppliedRows.Table(typeof(TRow), alias, key);
        _tables.Add(table);
        var definition = new EndpointDefinition { Alias = alias, Table = table.Name.ToString(), Key = key };
        return AddSet(new(describe?.Invoke(definition) ?? definition, typeof(TFacade)));
    }

    /// <summary>An entity set that is written as whole documents.</summary>
    /// <param name="structures">By column: what a column of JSON text shows as complex values.</param>
    internal ModuleEntitySet DocumentSet<TFacade>(EndpointDefinition definition, IReadOnlyDictionary<string, StructuredColumn> structures)
        where TFacade : DocumentFacade => AddSet(new(definition, typeof(TFacade)) { TakesDocuments = true, Structures = structures });

    /// <summary>An entity set or singleton that a stored definition or another module declares, for operations that are bound to it. While it is not published, they are not there.</summary>
    /// <param name="set">Its alias or its name.</param>
    public ModuleEntitySet Existing(string set) => new(this, set);

    /// <summary>A table that the catalogue does not tell of: one of the product's own.</summary>
    public void Table(TableSchema table) => _tables.Add(table);

    /// <summary>An unbound function: it reads, and changes nothing (Protocol 11.5.4). It has an import of the same name, which the service document lists when it takes no parameters.</summary>
    /// <typeparam name="TFacade">Any class that dependency injection provides.</typeparam>
    /// <param name="method">A public method of <typeparamref name="TFacade"/>, see <see cref="ModuleOperation"/>. All of its overloads are declared.</param>
    /// <exception cref="ArgumentException">There is no such method, or its signature has types that the EDM does not know.</exception>
    public ModuleOperation Function<TFacade>(string method)
        where TFacade : class => AddOperation(new(method, typeof(TFacade), isAction: false, set: null));

    /// <summary>An unbound action (Protocol 11.5.5): it may change what it likes, in the transaction of the request.</summary>
    /// <inheritdoc cref="Function{TFacade}"/>
    public ModuleOperation Action<TFacade>(string method)
        where TFacade : class => AddOperation(new(method, typeof(TFacade), isAction: true, set: null));

    internal ModuleOperation AddOperation(ModuleOperation operation)
    {
        _operations.Add(operation);
        return operation;
    }

    internal void ForEveryone(string alias)
    {
        var index = _sets.FindIndex(set => set.Definition.Alias == alias);
        _sets[index] = _sets[index] with { IsForEveryone = true };
    }

    /// <summary>Rows that are in no set, and that the audit log is told of all the same.</summary>
    /// <param name="name">What the log calls them, in the place of a set.</param>
    /// <param name="columns">Those that it shows.</param>
    internal void Tells(TableSchema table, string name, params IReadOnlyList<string> columns) => _told.Add(new(table.Name, name, [.. columns.Select(column => table.Column(column)!)]));

    internal CompiledModule Build() => new(_sets, _operations, _tables, _told);

    private ModuleEntitySet AddSet(ModuleSet set)
    {
        if (_sets.Exists(known => known.Definition.Alias == set.Definition.Alias))
            throw new ArgumentException($"The alias '{set.Definition.Alias}' is declared twice.", nameof(set));
        // Stated, so that no stored definition takes the name away.
        set = set with { Definition = set.Definition with { EntitySet = set.Definition.EntitySet ?? Identifiers.PascalCase(set.Definition.Alias, "Set") } };
        _sets.Add(set);
        return new(this, set.Definition.Alias);
    }
}

/// <summary>An entity set, for the operations that a module binds to it.</summary>
public sealed class ModuleEntitySet
{
    private readonly ModuleBuilder _module;
    private readonly string _set;
    private readonly string? _type;

    internal ModuleEntitySet(ModuleBuilder module, string set, string? type = null) => (_module, _set, _type) = (module, set, type);

    /// <summary>Lets every caller read it, also one without any role: it shows nothing but what is the caller's own.</summary>
    public ModuleEntitySet ForEveryone()
    {
        _module.ForEveryone(_set);
        return this;
    }

    /// <summary>The entities of a derived type, for operations that only they have. One of the same name that all entities have is another overload: the entity's own type decides.</summary>
    /// <param name="type">The name of a derived type of the set's definition. While there is none, the operations are not there.</param>
    public ModuleEntitySet OfType(string type) => new(_module, _set, type);

    /// <summary>
    /// Functions bound to an entity of the set or to a collection of them: the parameter of type <see cref="BoundEntity"/> or <see cref="BoundCollection"/> tells.
    /// </summary>
    /// <inheritdoc cref="ModuleBuilder.Function{TFacade}"/>
    public ModuleOperation Function<TFacade>(string method)
        where TFacade : class => _module.AddOperation(new(method, typeof(TFacade), isAction: false, _set, _type));

    /// <summary>Actions bound in the same way.</summary>
    /// <inheritdoc cref="ModuleBuilder.Function{TFacade}"/>
    public ModuleOperation Action<TFacade>(string method)
        where TFacade : class => _module.AddOperation(new(method, typeof(TFacade), isAction: true, _set, _type));
}

/// <param name="Facade">Null where writes go straight to the table.</param>
internal sealed record ModuleSet(EndpointDefinition Definition, Type? Facade)
{
    /// <summary>The facade is a <see cref="DocumentFacade"/>.</summary>
    public bool TakesDocuments { get; init; }

    /// <summary>No role has to grant reading it: it shows nothing but what is the caller's own.</summary>
    public bool IsForEveryone { get; init; }

    /// <summary>Columns with complex values, by name.</summary>
    public IReadOnlyDictionary<string, StructuredColumn>? Structures { get; init; }
}

/// <summary>What one module has declared.</summary>
internal sealed record CompiledModule(IReadOnlyList<ModuleSet> Sets, IReadOnlyList<ModuleOperation> Operations, IReadOnlyList<TableSchema> Tables, IReadOnlyList<ToldTable> Told);

/// <summary>What all modules of the host have declared.</summary>
public sealed class CompiledModules
{
    internal static readonly CompiledModules None = new([]);

    private readonly CompiledModule[] _modules;

    internal CompiledModules(IEnumerable<CompiledModule> modules) => _modules = [.. modules];

    internal IEnumerable<ModuleSet> Sets => _modules.SelectMany(module => module.Sets);
    internal IEnumerable<EndpointDefinition> Definitions => Sets.Select(set => set.Definition);
    internal IEnumerable<ModuleOperation> Operations => _modules.SelectMany(module => module.Operations);
    internal IEnumerable<ToldTable> Told => _modules.SelectMany(module => module.Told);

    /// <summary>The tables of the catalogue and those that only modules know.</summary>
    internal IReadOnlyDictionary<TableName, TableSchema> Beside(IReadOnlyDictionary<TableName, TableSchema> catalogue)
    {
        if (Array.TrueForAll(_modules, module => module.Tables.Count == 0))
            return catalogue;
        var all = new Dictionary<TableName, TableSchema>(catalogue);
        foreach (var table in _modules.SelectMany(module => module.Tables))
            all[table.Name] = table;
        return all;
    }

    /// <summary>The names of sets that no role has to grant.</summary>
    internal IReadOnlySet<string> ForEveryone => field ??= Sets.Where(set => set.IsForEveryone).Select(set => set.Definition.EntitySet!).ToHashSet(StringComparer.Ordinal);

    /// <summary>Null for a stored definition.</summary>
    internal ModuleSet? Of(EndpointDefinition definition) => Sets.FirstOrDefault(set => set.Definition.Alias == definition.Alias);
}
