using BackendApi.Testing;

namespace BackendApi.Spec.Shop;

/// <summary>The service over the shop's tables.</summary>
public abstract class ShopService(TestDatabase database) : PublishedTables(database, ShopTables.All, ShopTables.Definitions);

public sealed class SqliteShop() : ShopService(new SqliteTestDatabase());

public sealed class PostgreSqlShop() : ShopService(new PostgreSqlTestDatabase());

public sealed class SqlServerShop() : ShopService(new SqlServerTestDatabase());
