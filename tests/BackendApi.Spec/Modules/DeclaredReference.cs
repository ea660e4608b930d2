using BackendApi.Model;
using BackendApi.Resources;
using BackendApi.Spec.Conformance;
using BackendApi.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace BackendApi.Spec.Modules;

/// <summary>The reference model without a stored definition: a module declares every set and singleton of it, with complex properties, derived types and media.</summary>
public abstract class DeclaredReference(TestDatabase database) : ReferenceService(database, "[]")
{
    protected override void Add(IServiceCollection services)
    {
        base.Add(services);
        services.AddModule<Declared>();
    }

    private sealed class Declared : ResourceModule
    {
        public override void Declare(ModuleBuilder module)
        {
            foreach (var definition in DefinitionReader.Read(ReferenceModel.Definitions, DefinitionFormat.Json).Definitions)
                module.EntitySet(definition);
        }
    }
}

public sealed class SqliteDeclaredReference() : DeclaredReference(new SqliteTestDatabase());

public sealed class PostgreSqlDeclaredReference() : DeclaredReference(new PostgreSqlTestDatabase());

public sealed class StructureDeclaredOnSqlite(SqliteDeclaredReference service) : StructureRows(service), IClassFixture<SqliteDeclaredReference>;
public sealed class DerivedTypesDeclaredOnSqlite(SqliteDeclaredReference service) : DerivedTypeCases(service), IClassFixture<SqliteDeclaredReference>;
public sealed class ComplexPropertiesDeclaredOnSqlite(SqliteDeclaredReference service) : ComplexPropertyCases(service), IClassFixture<SqliteDeclaredReference>;
public sealed class MediaDeclaredOnSqlite(SqliteDeclaredReference service) : MediaCases(service), IClassFixture<SqliteDeclaredReference>;

[Needs("PostgreSql")]
public sealed class StructureDeclaredOnPostgreSql(PostgreSqlDeclaredReference service) : StructureRows(service), IClassFixture<PostgreSqlDeclaredReference>;
