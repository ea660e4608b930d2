using BackendApi.Access.Rights;

namespace BackendApi.Spec.Rights;

/// <summary>What a caller is granted on a set, and what that means.</summary>
internal sealed record GridGrant(GridSet Set, Verbs Verbs, GridFilter? Filter, IReadOnlySet<string> Readable, IReadOnlySet<string> Writable)
{
    public (string Set, SetGrant Grant) ToGrant() => (Set.Name, new(Verbs, ColumnMask.Of(Readable), ColumnMask.Of(Writable), Filter?.Text));

    public bool Covers(GridRows rows, GridRow row) => Filter is null || Filter.Holds(rows, row);
}

/// <summary>Random grants of several roles, and the meaning that the reference gives them: a value may be seen or written where one grant allows both its row and its property.</summary>
internal sealed class Grid
{
    private Grid(IReadOnlyList<IReadOnlyList<GridGrant>> roles) => Roles = roles;

    public IReadOnlyList<IReadOnlyList<GridGrant>> Roles { get; }

    public static Grid Of(Random random, Verbs writing)
    {
        var roles = new List<IReadOnlyList<GridGrant>>();
        for (var role = random.Next(1, 4); role > 0; role--)
            roles.Add([.. GridShop.Sets.Where(_ => random.Next(4) > 0).Select(set => new GridGrant(
                set, Verbs.Read | (writing & (Verbs)random.Next(32)), random.Next(2) == 0 ? null : set.Filters[random.Next(set.Filters.Count)], Some(set), Some(set)))]);
        return new(roles);

        IReadOnlySet<string> Some(GridSet set) => set.Properties.Select(property => property.Property).Where(_ => random.Next(3) > 0).ToHashSet();
    }

    public IEnumerable<GridGrant> On(GridSet set, Verbs verb) => Roles.SelectMany(role => role).Where(grant => grant.Set == set && (grant.Verbs & verb) != 0);

    /// <summary>In one row at least, as far as the grants tell.</summary>
    public bool Shows(GridSet set, string property) =>
        On(set, Verbs.Read).Any(grant => grant.Readable.Contains(property) || set.Key.Contains(set.Properties.First(known => known.Property == property).Column));

    /// <summary>The rows and values that the caller may see, and nothing else.</summary>
    public GridRows Seen(GridRows all)
    {
        var seen = new GridRows { ["customer_tag"] = all["customer_tag"] };
        foreach (var set in GridShop.Sets)
            seen[set.Table] = [.. all[set.Table].Select(row => Seen(set, row, all)).OfType<GridRow>()];
        return seen;
    }

    /// <summary>Changes that no grant allows, in words.</summary>
    public IEnumerable<string> Forbidden(GridRows before, GridRows after)
    {
        foreach (var set in GridShop.Sets)
        {
            var (old, now) = (before[set.Table].ToDictionary(row => KeyOf(set, row)), after[set.Table].ToDictionary(row => KeyOf(set, row)));
            foreach (var (key, row) in old)
                if (!now.ContainsKey(key) && !On(set, Verbs.Delete).Any(grant => grant.Covers(before, row)))
                    yield return $"{set.Name}({key}) is deleted";
            foreach (var (key, row) in now)
                foreach (var broken in old.TryGetValue(key, out var was) ? Changed(set, key, was, row, before, after) : Created(set, key, row, after))
                    yield return broken;
        }
        foreach (var link in Links(before).Except(Links(after)).Concat(Links(after).Except(Links(before))))
            if (!OfCustomer(link, before, Verbs.Update).Concat(OfCustomer(link, after, Verbs.Create)).Any())
                yield return $"the tag {link.Tag} of Customers({link.Customer}) is another";
    }

    private IEnumerable<string> Changed(GridSet set, string key, GridRow was, GridRow row, GridRows before, GridRows after)
    {
        var table = GridShop.Tables.Single(table => table.Name.Name == set.Table);
        foreach (var column in table.Columns.Select(column => column.Name))
        {
            if (Equals(was[column], row[column]))
                continue;
            var property = set.Properties.FirstOrDefault(known => known.Column == column).Property;
            var writers = On(set, Verbs.Update).Where(grant => property is null || grant.Writable.Contains(property)).ToList();
            if (!writers.Exists(grant => grant.Covers(before, was)) || !writers.Exists(grant => grant.Covers(after, row)))
                yield return $"{column} of {set.Name}({key}) is changed";
        }
    }

    private IEnumerable<string> Created(GridSet set, string key, GridRow row, GridRows after)
    {
        if (!On(set, Verbs.Create).Any(grant => grant.Covers(after, row)))
            yield return $"{set.Name}({key}) is created";
        foreach (var (column, property) in set.Properties)
            if (row[column] is not null && !On(set, Verbs.Create).Any(grant => grant.Covers(after, row) && (set.Key.Contains(column) || grant.Writable.Contains(property))))
                yield return $"{property} of the new {set.Name}({key}) is set";
    }

    private IEnumerable<GridGrant> OfCustomer((int Customer, int Tag) link, GridRows rows, Verbs verb)
    {
        var customers = GridShop.Sets[0];
        return rows["customer"].Where(row => Equals(row["id"], link.Customer)).SelectMany(row => On(customers, verb).Where(grant => grant.Covers(rows, row)));
    }

    private static IEnumerable<(int Customer, int Tag)> Links(GridRows rows) => rows["customer_tag"].Select(row => ((int)row["customer_id"]!, (int)row["tag_id"]!));

    private static string KeyOf(GridSet set, GridRow row) => string.Join(',', set.Key.Select(column => row[column]));

    private GridRow? Seen(GridSet set, GridRow row, GridRows all)
    {
        var covering = On(set, Verbs.Read).Where(grant => grant.Covers(all, row)).ToList();
        if (covering.Count == 0)
            return null;
        return row.Without(column => !set.Key.Contains(column)
            && set.Properties.FirstOrDefault(property => property.Column == column).Property is { } name && !covering.Exists(grant => grant.Readable.Contains(name)));
    }
}
