using BackendApi.Model;
using BackendApi.Sql;
using BackendApi.Testing;
using FluentAssertions;
using Xunit;

namespace BackendApi.Spec.Databases;

/// <summary>The catalogue tells of a schema that somebody else wrote by hand.</summary>
public abstract class CatalogCases<TDatabase>(TDatabase fixture) : IClassFixture<TDatabase>, IAsyncLifetime
    where TDatabase : TestDatabase
{
    private IReadOnlyList<TableSchema> tables = [];

    /// <summary>Tables <c>Order Details</c>, <c>Say "hi"</c>, <c>employee</c>, <c>status</c>, the view <c>cheap items</c> and what the database has besides.</summary>
    protected abstract string[] Schema { get; }

    /// <summary>The type of each column of the table <c>odd</c> that the database has.</summary>
    protected abstract IReadOnlyDictionary<string, ColumnType> OddTypes { get; }

    public async Task InitializeAsync()
    {
        await using var session = await fixture.Database.OpenAsync(default);
        if ((await fixture.Database.Dialect.Catalog.ReadAsync(session.Connection, [new(null, "status")], default)).Count == 0)
            await fixture.RunAsync(Schema);
        tables = await fixture.Database.Dialect.Catalog.ReadAsync(session.Connection, null, default);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    protected TableSchema Table(string name, string? schema = null) => tables.Single(table => table.Name == new TableName(schema, name));

    [DatabaseFact]
    public void A_composite_key_keeps_its_order_and_names_keep_their_blanks()
    {
        var details = Table("Order Details");

        details.PrimaryKey.Should().Equal("Order ID", "line");
        details.Columns.Select(column => column.Name).Should().Equal("line", "Order ID", "Unit Price", "Quantity");
        details.IsView.Should().BeFalse();
    }

    [DatabaseFact]
    public void Quotes_in_a_name_are_part_of_it() => Table("Say \"hi\"").Columns.Select(column => column.Name).Should().Equal("it's", "a]b", "c.d");

    [DatabaseFact]
    public void A_foreign_key_of_several_columns_keeps_its_pairs()
    {
        var key = Table("Say \"hi\"").ForeignKeys.Single();

        key.Columns.Should().Equal("a]b", "it's");
        key.Target.Should().Be(new TableName(null, "Order Details"));
        key.TargetColumns.Should().Equal("Order ID", "line");
    }

    [DatabaseFact]
    public void A_table_can_refer_to_itself()
    {
        var key = Table("employee").ForeignKeys.Single();

        key.Columns.Should().Equal("boss");
        key.Target.Name.Should().Be("employee");
        key.TargetColumns.Should().Equal("id");
    }

    [DatabaseFact]
    public void Unique_constraints_and_indexes_are_keys_but_not_those_over_some_rows_or_expressions() =>
        Table("employee").UniqueKeys.Select(key => string.Join('+', key.Columns)).Should().BeEquivalentTo("badge", "first+last");

    [DatabaseFact]
    public void Identity_generated_nullable_and_default_are_told()
    {
        var employee = Table("employee");

        employee.Column("id").Should().Match<ColumnSchema>(column => column.IsIdentity && !column.IsNullable && !column.IsGenerated);
        employee.Column("full")!.IsGenerated.Should().BeTrue();
        employee.Column("boss")!.IsNullable.Should().BeTrue();
        employee.Column("badge")!.IsNullable.Should().BeFalse();
        employee.Column("level")!.Default.Should().Contain("7");
        employee.Column("badge")!.Default.Should().BeNull();
    }

    [DatabaseFact]
    public void A_check_constraint_that_lists_texts_is_an_enumeration()
    {
        var status = Table("status");

        status.Column("listed")!.Members.Should().Equal("new", "it's, done", "x (y)");
        status.Column("either")!.Members.Should().Equal("on", "off");
        status.Column("one")!.Members.Should().Equal("only");
    }

    [DatabaseFact]
    public void A_check_constraint_that_says_more_is_none()
    {
        var status = Table("status");

        status.Column("bounded")!.Members.Should().BeNull();
        status.Column("free")!.Members.Should().BeNull();
    }

    [DatabaseFact]
    public void A_view_is_a_table_without_a_key()
    {
        var view = Table("cheap items");

        view.IsView.Should().BeTrue();
        view.PrimaryKey.Should().BeEmpty();
        view.Columns.Select(column => (column.Name, column.Type.Kind)).Should().Equal(("Order ID", ValueKind.Int32), ("doubled", ValueKind.Decimal));
    }

    [DatabaseFact]
    public void Types_are_told_with_their_facets() =>
        Table("odd").Columns.ToDictionary(column => column.Name, column => column.Type).Should().BeEquivalentTo(OddTypes);

    [DatabaseFact]
    public void The_products_own_tables_are_not_there() => tables.Should().NotContain(table => table.Name.Name.StartsWith("backend_"));

    [DatabaseFact]
    public async Task Only_the_tables_asked_for_are_read()
    {
        await using var session = await fixture.Database.OpenAsync(default);

        var found = await fixture.Database.Dialect.Catalog.ReadAsync(session.Connection, [new(null, "employee"), new(null, "missing")], default);

        found.Select(table => table.Name.Name).Should().Equal("employee");
    }
}

public sealed class SqliteCatalogTests(SqliteTestDatabase database) : CatalogCases<SqliteTestDatabase>(database)
{
    protected override string[] Schema =>
    [
        """"
        CREATE TABLE "Order Details" (line INT4 NOT NULL, "Order ID" INT4 NOT NULL, "Unit Price" NUMERIC(10,2) NOT NULL DEFAULT 0, Quantity SMALLINT,
          CHECK (Quantity > 0), CONSTRAINT pk PRIMARY KEY ("Order ID", line));
        CREATE TABLE "Say ""hi""" ("it's" INT4 NOT NULL PRIMARY KEY, "a]b" INT4, `c.d` TEXT, FOREIGN KEY ("a]b", "it's") REFERENCES "order details");
        """",
        """
        CREATE TABLE employee (id INTEGER PRIMARY KEY, boss INT REFERENCES employee, badge VARCHAR(8) NOT NULL UNIQUE, first TEXT, last TEXT,
          "full" TEXT GENERATED ALWAYS AS (first || ' ' || last) VIRTUAL, level INT NOT NULL DEFAULT 7);
        CREATE UNIQUE INDEX names ON employee (first, last);
        CREATE UNIQUE INDEX partly ON employee (level) WHERE level > 3;
        CREATE UNIQUE INDEX lowered ON employee (lower(badge));
        """,
        """
        CREATE TABLE status (id INTEGER PRIMARY KEY, -- CHECK (free IN ('no'))
          listed TEXT CHECK (listed IN ('new', 'it''s, done', 'x (y)')), either TEXT CONSTRAINT c CHECK ((either = 'on') OR "either" = 'off' OR either IS NULL),
          one TEXT CHECK ("one" = 'only'), bounded TEXT CHECK (bounded IN ('a', 'b') AND length(bounded) > 0), free TEXT DEFAULT 'CHECK (free IN (''x''))');
        CREATE VIEW "cheap items" AS SELECT "Order ID", "Unit Price" * 2.5 AS doubled FROM "Order Details";
        INSERT INTO "Order Details" VALUES (1, 1, 19.99, 1);
        CREATE VIEW broken AS SELECT * FROM nowhere;
        CREATE VIRTUAL TABLE notes USING fts5(body);
        CREATE TABLE backend_own (id INTEGER);
        CREATE TABLE odd (i INTEGER, b BOOLEAN, d DATE, t TIMESTAMP, n DECIMAL(12, 3), m MONEY, f FLOAT, c NCHAR(5), g UNIQUEIDENTIFIER, x BLOB, j JSON, u TINYINT UNSIGNED, o WHATEVER, "none");
        """,
    ];

    protected override IReadOnlyDictionary<string, ColumnType> OddTypes => new Dictionary<string, ColumnType>
    {
        ["i"] = new(ValueKind.Int64, "INTEGER"),
        ["b"] = new(ValueKind.Boolean, "BOOLEAN"),
        ["d"] = new(ValueKind.Date, "DATE"),
        ["t"] = new(ValueKind.DateTimeOffset, "TIMESTAMP", null, 7),
        ["n"] = new(ValueKind.Decimal, "DECIMAL(12, 3)", null, 12, 3),
        ["m"] = new(ValueKind.Decimal, "MONEY", null, 19, 4),
        ["f"] = new(ValueKind.Double, "FLOAT"),
        ["c"] = new(ValueKind.String, "NCHAR(5)", 5),
        ["g"] = new(ValueKind.Guid, "UNIQUEIDENTIFIER"),
        ["x"] = new(ValueKind.Binary, "BLOB"),
        ["j"] = new(ValueKind.Json, "JSON"),
        ["u"] = new(ValueKind.Byte, "TINYINT UNSIGNED"),
        ["o"] = new(ValueKind.String, "WHATEVER"),
        ["none"] = new(ValueKind.String, ""),
    };

    [DatabaseFact]
    public void Nothing_counts_the_changes_of_a_row() => Table("employee").RowVersion.Should().BeNull();

    [DatabaseFact]
    public void A_view_that_no_longer_works_and_the_tables_behind_a_virtual_one_are_left_out()
    {
        var exception = Record.Exception(() => Table("broken"));

        exception.Should().BeOfType<InvalidOperationException>();
        Table("notes").Columns.Select(column => column.Name).Should().Equal("body");
        Record.Exception(() => Table("notes_data")).Should().BeOfType<InvalidOperationException>();
    }
}

[Needs("PostgreSql")]
public sealed class PostgreSqlCatalogTests(PostgreSqlTestDatabase database) : CatalogCases<PostgreSqlTestDatabase>(database)
{
    protected override string[] Schema =>
    [
        """"
        CREATE TABLE "Order Details" (line integer NOT NULL, "Order ID" integer NOT NULL, "Unit Price" numeric(10,2) NOT NULL DEFAULT 0, "Quantity" smallint CHECK ("Quantity" > 0),
          CONSTRAINT pk PRIMARY KEY ("Order ID", line));
        CREATE TABLE "Say ""hi""" ("it's" integer PRIMARY KEY, "a]b" integer, "c.d" text, FOREIGN KEY ("a]b", "it's") REFERENCES "Order Details");
        CREATE TABLE employee (id serial PRIMARY KEY, boss integer REFERENCES employee, badge varchar(8) NOT NULL UNIQUE, first text, last text,
          "full" text GENERATED ALWAYS AS (first || ' ' || last) STORED, level integer NOT NULL DEFAULT 7);
        COMMENT ON TABLE employee IS 'Who works here';
        COMMENT ON COLUMN employee.badge IS 'As printed';
        CREATE UNIQUE INDEX names ON employee (first, last) INCLUDE (level);
        CREATE UNIQUE INDEX partly ON employee (level) WHERE level > 3;
        CREATE UNIQUE INDEX lowered ON employee (lower(badge));
        CREATE TABLE status (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
          listed varchar(20) CHECK (listed IN ('new', 'it''s, done', 'x (y)')), either text CHECK (either = 'on' OR either = 'off' OR either IS NULL),
          one text CHECK (one = 'only'), bounded text CHECK (bounded IN ('a', 'b') AND length(bounded) > 0), free text DEFAULT 'CHECK (free IN (''x''))');
        CREATE VIEW "cheap items" AS SELECT "Order ID", "Unit Price" * 2.5 AS doubled FROM "Order Details";
        CREATE TABLE backend_own (id integer);
        CREATE TYPE mood AS ENUM ('sad', 'so so', 'happy');
        CREATE DOMAIN positive AS numeric(8,2) NOT NULL CHECK (VALUE > 0);
        CREATE DOMAIN color AS text DEFAULT 'red' CHECK (VALUE IN ('red', 'blue'));
        CREATE TABLE odd (b boolean, d date, tz timestamptz(3), ts timestamp, t time, i interval, n numeric, p positive, mo money, r real, f float8, c char(5), v varchar, k name,
          g uuid, x bytea, j jsonb, a integer[], ats timestamp[], av varchar(9)[], ip inet, m mood, co color);
        CREATE SCHEMA "other schema";
        CREATE TABLE "other schema".employee (id bigint PRIMARY KEY, colleague integer REFERENCES public.employee);
        CREATE TABLE measured (day date NOT NULL, value integer) PARTITION BY RANGE (day);
        CREATE TABLE measured_2024 PARTITION OF measured FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
        CREATE MATERIALIZED VIEW totals AS SELECT sum("Unit Price") AS total FROM "Order Details";
        """",
    ];

    protected override IReadOnlyDictionary<string, ColumnType> OddTypes => new Dictionary<string, ColumnType>
    {
        ["b"] = new(ValueKind.Boolean, "boolean"),
        ["d"] = new(ValueKind.Date, "date"),
        ["tz"] = new(ValueKind.DateTimeOffset, "timestamp(3) with time zone", null, 3),
        ["ts"] = new(ValueKind.DateTimeOffset, "timestamp without time zone", null, 6),
        ["t"] = new(ValueKind.TimeOfDay, "time without time zone", null, 6),
        ["i"] = new(ValueKind.Duration, "interval"),
        ["n"] = new(ValueKind.Decimal, "numeric"),
        ["p"] = new(ValueKind.Decimal, "numeric(8,2)", null, 8, 2),
        ["mo"] = new(ValueKind.Decimal, "money", null, 19, 2),
        ["r"] = new(ValueKind.Single, "real"),
        ["f"] = new(ValueKind.Double, "double precision"),
        ["c"] = new(ValueKind.String, "character(5)", 5),
        ["v"] = new(ValueKind.String, "character varying"),
        ["k"] = new(ValueKind.String, "name"),
        ["g"] = new(ValueKind.Guid, "uuid"),
        ["x"] = new(ValueKind.Binary, "bytea"),
        ["j"] = new(ValueKind.Json, "jsonb"),
        ["a"] = new(ValueKind.Json, "integer[]") { Items = ValueKind.Int32 },
        ["ats"] = new(ValueKind.String, "timestamp without time zone[]"),
        ["av"] = new(ValueKind.Json, "character varying(9)[]") { Items = ValueKind.String },
        ["ip"] = new(ValueKind.String, "inet"),
        ["m"] = new(ValueKind.String, "mood"),
        ["co"] = new(ValueKind.String, "text"),
    };

    [DatabaseFact]
    public void Enumeration_types_and_domains_tell_their_members_and_defaults()
    {
        Table("odd").Column("m")!.Members.Should().Equal("sad", "so so", "happy");
        Table("odd").Column("co")!.Members.Should().Equal("red", "blue");
        Table("odd").Column("co")!.Default.Should().Be("'red'::text");
        Table("odd").Column("p")!.IsNullable.Should().BeFalse("the domain says so");
    }

    [DatabaseFact]
    public void Tables_of_other_schemas_carry_their_schema()
    {
        Table("employee", "other schema").ForeignKeys.Single().Target.Should().Be(new TableName(null, "employee"));
    }

    [DatabaseFact]
    public void A_partitioned_table_is_one_table_and_a_materialized_view_is_a_view()
    {
        Table("measured").IsView.Should().BeFalse();
        Table("totals").IsView.Should().BeTrue();
        Record.Exception(() => Table("measured_2024")).Should().BeOfType<InvalidOperationException>();
    }

    [DatabaseFact]
    public void A_plain_table_counts_the_changes_of_its_rows()
    {
        Table("employee").RowVersion.Should().Match<ColumnSchema>(column => column.Name == "xmin" && column.IsGenerated && !column.IsNullable);
        Table("employee").Column("xmin").Should().BeNull();
        foreach (var other in (string[])["measured", "totals", "cheap items"])
            Table(other).RowVersion.Should().BeNull(other);
    }

    [DatabaseFact]
    public void Comments_are_told()
    {
        Table("employee").Comment.Should().Be("Who works here");
        Table("employee").Column("badge")!.Comment.Should().Be("As printed");
    }
}

[Needs("SqlServer")]
public sealed class SqlServerCatalogTests(SqlServerTestDatabase database) : CatalogCases<SqlServerTestDatabase>(database)
{
    protected override string[] Schema =>
    [
        """
        CREATE TABLE [Order Details] (line int NOT NULL, [Order ID] int NOT NULL, [Unit Price] decimal(10,2) NOT NULL DEFAULT 0, Quantity smallint CHECK (Quantity > 0),
          CONSTRAINT pk PRIMARY KEY ([Order ID], line));
        CREATE TABLE [Say "hi"] ([it's] int NOT NULL PRIMARY KEY, [a]]b] int, [c.d] nvarchar(max), FOREIGN KEY ([a]]b], [it's]) REFERENCES [Order Details]);
        CREATE TABLE employee (id int IDENTITY PRIMARY KEY, boss int REFERENCES employee, badge varchar(8) NOT NULL UNIQUE, first nvarchar(50), last nvarchar(50),
          [full] AS first + N' ' + last, level int NOT NULL DEFAULT 7);
        CREATE UNIQUE INDEX names ON employee (first, last) INCLUDE (level);
        CREATE UNIQUE INDEX partly ON employee (level) WHERE level > 3;
        CREATE TABLE status (id int IDENTITY PRIMARY KEY,
          listed nvarchar(20) CHECK (listed IN (N'new', N'it''s, done', N'x (y)')), either varchar(5) CHECK (either IN ('on', 'off') OR either IS NULL),
          one varchar(5) CHECK (one = 'only'), bounded varchar(5) CHECK (bounded IN ('a', 'b') AND LEN(bounded) > 0), free nvarchar(50) DEFAULT N'CHECK (free IN (''x''))');
        CREATE TABLE backend_own (id int);
        CREATE TABLE odd (b bit, t tinyint, d date, d2 datetime2(3), dt datetime, sd smalldatetime, o datetimeoffset, ti time(2), n numeric(12,3), m money, r real, f float, c nchar(5), v varchar(max),
          g uniqueidentifier, x varbinary(20), rv rowversion, xm xml, h hierarchyid);
        """,
        """CREATE VIEW [cheap items] AS SELECT [Order ID], [Unit Price] * 2.5 AS doubled FROM [Order Details];""",
    ];

    protected override IReadOnlyDictionary<string, ColumnType> OddTypes => new Dictionary<string, ColumnType>
    {
        ["b"] = new(ValueKind.Boolean, "bit"),
        ["t"] = new(ValueKind.Byte, "tinyint"),
        ["d"] = new(ValueKind.Date, "date"),
        ["d2"] = new(ValueKind.DateTimeOffset, "datetime2(3)", null, 3),
        ["dt"] = new(ValueKind.DateTimeOffset, "datetime", null, 3),
        ["sd"] = new(ValueKind.DateTimeOffset, "smalldatetime", null, 0),
        ["o"] = new(ValueKind.DateTimeOffset, "datetimeoffset(7)", null, 7),
        ["ti"] = new(ValueKind.TimeOfDay, "time(2)", null, 2),
        ["n"] = new(ValueKind.Decimal, "numeric(12,3)", null, 12, 3),
        ["m"] = new(ValueKind.Decimal, "money", null, 19, 4),
        ["r"] = new(ValueKind.Single, "real"),
        ["f"] = new(ValueKind.Double, "float"),
        ["c"] = new(ValueKind.String, "nchar(5)", 5),
        ["v"] = new(ValueKind.String, "varchar(max)"),
        ["g"] = new(ValueKind.Guid, "uniqueidentifier"),
        ["x"] = new(ValueKind.Binary, "varbinary(20)", 20),
        ["rv"] = new(ValueKind.Binary, "rowversion", 8),
        ["xm"] = new(ValueKind.String, "xml"),
        ["h"] = new(ValueKind.String, "hierarchyid"),
    };

    [DatabaseFact]
    public void A_rowversion_counts_the_changes_of_a_row()
    {
        Table("odd").RowVersion.Should().BeSameAs(Table("odd").Column("rv"));
        Table("employee").RowVersion.Should().BeNull();
    }
}
