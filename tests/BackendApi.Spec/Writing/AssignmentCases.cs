using System.Text.Json.Nodes;
using BackendApi.Access.Rights;
using BackendApi.Model;
using BackendApi.Spec.Rights;
using Microsoft.Extensions.DependencyInjection;

namespace BackendApi.Spec.Writing;

/// <summary>
/// A body never sets what clients do not write. Over every property of every set of the model: each way to write it is tried with a value that it does not have, and it does not have it
/// then; what a set does not take at all is refused.
/// </summary>
public abstract class AssignmentCases(AssignableShop shop) : IAsyncLifetime
{
    /// <summary>What makes a new entity of each set that takes any; § is a number that none has yet.</summary>
    private static readonly Dictionary<string, string> New = new()
    {
        ["Docs"] = """{"Id":§,"Name":"new"}""", ["People"] = """{"Id":§,"Name":"new"}""", ["Users"] = """{"Name":"user§"}""", ["Roles"] = """{"Name":"role§"}""",
        ["Permissions"] = """{"RoleName":"Administrators","EntitySet":"Docs§"}""", ["OAuthClients"] = """{"Id":"client§"}""", ["UserClaims"] = """{"UserName":"admin","Claim":"claim§","Value":"v"}""",
        ["ApiKeys"] = """{"Name":"key§","Scopes":["*:read"],"Addresses":[],"Roles@odata.bind":["Roles('Administrators')"]}""",
        ["DataExchangeConfigurations"] = """{"alias":"conf§","table":"person","isActive":false}""",
    };

    /// <summary>Which rows are looked at where others change by themselves, or take no change at all.</summary>
    private static readonly Dictionary<string, string> Looked = new() { ["RequestStatistics"] = "Period eq 'Day'", ["Settings"] = "Source eq 'Changed'" };

    private static int _number = 1000;

    public Task InitializeAsync() => shop.ResetAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [DatabaseFact]
    public async Task What_is_not_editable_stays_as_it_is()
    {
        await shop.FillAsync();
        var tried = 0;
        foreach (var set in Sets().Where(set => set.Definition.Allow.Update))
        {
            await CreateAsync(set, null);
            var (url, row) = await FirstAsync(set);
            foreach (var property in set.Members.Columns.Where(property => !property.IsEditable || property.Transform.Constant is not null || property.Transform.Compute is not null))
            {
                var value = Other(property, At(row, property));
                foreach (var (method, request, body) in Changes(set, url, row, property, value))
                {
                    var answer = await shop.Write(method, request, body);

                    answer.Status.Should().BeLessThan(500, "{0} {1} {2}: {3}", method, request, body, answer.Body);
                    var now = await ReadAsync(url);
                    At(now, property)?.ToJsonString().Should().NotBe(value!.ToJsonString(), "{0} {1} {2} answered {3}", method, request, body, answer.Status);
                    Plain(now).Should().Be(Plain(row), "{0} {1} {2} answered {3}", method, request, body, answer.Status);
                    tried++;
                }
            }
        }
        tried.Should().BeGreaterThan(150);
    }

    /// <summary>What the case above leaves out.</summary>
    [DatabaseTheory]
    [InlineData("Settings", "Value")]
    [InlineData("DataExchangeConfigurations", "entitySet,table,isActive,isSingleton,key,allow,description,fields,alternateKeys,concurrency,requireETag,search,filter,trackChanges,rules,relations,derived,media,streams")]
    public void Nothing_else_of_what_the_service_keeps_is_editable(string set, string properties) =>
        Sets().Single(known => known.Name == set).Members.Columns.Where(property => property.IsEditable).Select(property => property.Name).Should().Equal(properties.Split(','));

    [DatabaseFact]
    public async Task What_is_not_creatable_is_not_in_a_new_entity()
    {
        var tried = 0;
        foreach (var set in Sets().Where(set => set.Definition.Allow.Create && New.ContainsKey(set.Name)))
        {
            var plain = (await CreateAsync(set, null)).Entity!;
            foreach (var property in set.Members.Columns.Where(property => !property.IsCreatable || property.Transform.Constant is not null || property.Transform.Compute is not null))
                for (var way = 0; way < 5; way++)
                {
                    var value = Other(property, At(plain, property));
                    var answer = await CreateAsync(set, property, value, way);
                    if (answer.Entity is null)
                        continue;
                    (At(answer.Entity, property)?.ToJsonString()).Should().NotBe(value?.ToJsonString(), "{0} of {1}, way {2}", property.Path, set.Name, way);
                    tried++;
                }
        }
        tried.Should().BeGreaterThan(30);
    }

    [DatabaseFact]
    public async Task What_a_set_does_not_take_is_refused()
    {
        await shop.FillAsync();
        var tried = 0;
        foreach (var set in Sets())
        {
            await CreateAsync(set, null);
            var (url, row) = await FirstAsync(set);
            var count = await CountAsync(set);
            foreach (var (method, request, body) in Untaken(set, url, row))
            {
                var answer = await shop.Write(method, request, body);

                Status(answer).Should().BeInRange(400, 499, "{0} {1} {2}: {3}", method, request, body, answer.Body);
                Plain(await ReadAsync(url)).Should().Be(Plain(row), "{0} {1} {2}", method, request, body);
                tried++;
            }
            (await CountAsync(set)).Should().Be(count, set.Name);
        }
        tried.Should().BeGreaterThan(400);
    }

    [DatabaseTheory]
    [InlineData("PATCH", "DataExchangeConfigurations('docs')", """{"Versions":[{"Number":99,"Alias":"docs","Action":"Deleted"}]}""")]
    [InlineData("PATCH", "DataExchangeConfigurations('docs')", """{"Versions@odata.delta":[{"Number":1,"Alias":"docs","Comment":"zq9"}]}""")]
    [InlineData("PATCH", "DataExchangeConfigurations('docs')", """{"Versions@odata.bind":["DataExchangeConfigurationVersions(Number=1,Alias='people')"]}""")]
    [InlineData("PUT", "DataExchangeConfigurations('docs')", """{"alias":"docs","table":"doc","Versions":[]}""")]
    [InlineData("POST", "DataExchangeConfigurations", """{"alias":"nested","table":"person","Versions":[{"Number":99,"Alias":"nested","Action":"Deleted"}]}""")]
    [InlineData("POST", "DataExchangeConfigurations('docs')/Versions", """{"Number":99,"Alias":"docs","Action":"Deleted"}""")]
    [InlineData("POST", "DataExchangeConfigurations('docs')/Versions/$ref", """{"@odata.id":"DataExchangeConfigurationVersions(Number=1,Alias='people')"}""")]
    [InlineData("DELETE", "DataExchangeConfigurations('docs')/Versions(Number=1,Alias='docs')", null)]
    [InlineData("DELETE", "DataExchangeConfigurations('docs')/Versions(Number=1,Alias='docs')/$ref", null)]
    [InlineData("PATCH", "DataExchangeConfigurations('docs')/Versions", """{"@context":"#$delta","value":[{"Number":1,"Alias":"docs","Comment":"zq9"}]}""")]
    [InlineData("PATCH", "DataExchangeConfigurations('docs')/Versions/$each", """{"Comment":"zq9"}""")]
    [InlineData("PATCH", "DataExchangeConfigurationVersions(Number=1,Alias='docs')", """{"Configuration":{"alias":"docs","description":"zq9"}}""")]
    [InlineData("PUT", "DataExchangeConfigurationVersions(Number=1,Alias='docs')/Configuration/$ref", """{"@odata.id":"DataExchangeConfigurations('people')"}""")]
    [InlineData("PATCH", "/dynamic-entity/backend-configurations/docs", """{"data":{"Versions":[{"Number":1,"Alias":"docs","Comment":"zq9"}]}}""")]
    [InlineData("POST", "/dynamic-entity/backend-configurations", """{"data":[{"alias":"nested","table":"person","Versions":[{"Number":99,"Alias":"nested","Action":"Deleted"}]}]}""")]
    public async Task The_history_of_a_configuration_is_not_written_with_it(string method, string request, string? body)
    {
        (await shop.Write("GET", "DataExchangeConfigurationVersions(Number=1,Alias='docs')")).Is(200);
        var before = await PublishedAsync();

        (await shop.Write(method, request, body)).Status.Should().BeInRange(400, 499);

        (await PublishedAsync()).Should().Be(before);
    }

    [DatabaseFact]
    public async Task The_service_says_itself_who_has_changed_a_configuration_and_when()
    {
        var before = await ReadAsync("DataExchangeConfigurations('vaults')");
        var description = $"Number {Interlocked.Increment(ref _number)}";

        (await shop.Write("PATCH", "DataExchangeConfigurations('vaults')", $$"""{"description":"{{description}}","version":1,"modifiedAt":"2001-02-03T04:05:06Z","modifiedBy":"zq9"}""")).Is(204);

        var now = await ReadAsync("DataExchangeConfigurations('vaults')");
        ((string?)now["description"]).Should().Be(description);
        ((long)now["version"]!).Should().BeGreaterThan((long)before["version"]!);
        ((DateTimeOffset)now["modifiedAt"]!).Should().BeOnOrAfter((DateTimeOffset)before["modifiedAt"]!);
        ((string)now["modifiedBy"]!).Should().NotBe("zq9");
        (await shop.Get("DataExchangeConfigurationVersions/$count?$filter=PublishedBy eq 'zq9' or year(PublishedAt) eq 2001")).Body.Should().Be("0");
    }

    [DatabaseTheory]
    [InlineData("Hidden")]
    [InlineData("hidden")]
    [InlineData("PasswordHash")]
    [InlineData("password_hash")]
    [InlineData("Kind")]
    [InlineData("Content")]
    [InlineData("Level")]
    public async Task A_column_that_is_not_shown_has_no_name(string name)
    {
        var before = await shop.RowsAsync();
        foreach (var (method, request, body) in ((string, string, string)[])
        [
            ("PATCH", "Docs(1)", $$"""{"{{name}}":"zq9"}"""), ("PUT", "Docs(1)", $$"""{"Name":"one","{{name}}":"zq9"}"""), ("POST", "Docs", $$"""{"Id":9,"Name":"n","{{name}}":"zq9"}"""), ("PUT", $"Docs(1)/{name}", """{"value":"zq9"}"""),
            ("PATCH", "Docs", $$"""{"@context":"#$delta","value":[{"Id":1,"{{name}}":"zq9"}]}"""), ("PATCH", "Docs/$filter(Id eq 1)/$each", $$"""{"{{name}}":"zq9"}"""),
            ("POST", "People", $$"""{"Id":9,"Name":"n","Written":[{"Id":9,"Name":"n","{{name}}":"zq9"}]}"""),
            ("PATCH", "/dynamic-entity/docs/1", $$"""{"data":{"{{name}}":"zq9" } }"""), ("POST", "/dynamic-entity/docs", $$"""{"data":[{"Id":9,"Name":"n","{{name}}":"zq9"}]}"""),
        ])
            (await shop.Write(method, request, body)).Status.Should().BeOneOf([400, 404], "{0} {1} {2}", method, request, body);
        (await shop.RowsAsync()).Should().Be(before);
    }

    [DatabaseTheory]
    [InlineData("PATCH", "Docs(1)", """{"@odata.type":"#BackendApi.SecretDoc","Name":"x"}""")]
    [InlineData("PUT", "Docs(1)", """{"@odata.type":"#BackendApi.SecretDoc","Name":"x"}""")]
    [InlineData("PATCH", "Docs(1)/BackendApi.SecretDoc", """{"Name":"x"}""")]
    [InlineData("PATCH", "Docs(1)", """{"@odata.type":"#BackendApi.SecretDoc","Level":9}""")]
    [InlineData("PATCH", "Docs", """{"@context":"#$delta","value":[{"@odata.type":"#BackendApi.SecretDoc","Id":1,"Name":"x"}]}""")]
    [InlineData("PATCH", "Docs(2)", """{"@odata.type":"#BackendApi.SecretDoc","Level":9}""")]
    [InlineData("PUT", "Docs(2)/BackendApi.SecretDoc/Level", """{"value":9}""")]
    public async Task An_entity_does_not_become_one_of_another_type(string method, string request, string body)
    {
        var answer = await shop.Write(method, request, body);

        answer.Status.Should().BeLessThan(500, answer.Body);
        (await shop.Write("GET", "Docs/BackendApi.SecretDoc?$select=Id,Level", null, ("Accept", "application/json;odata.metadata=none"))).Body.Should().Be("""{"value":[{"Id":2,"Level":3}]}""");
    }

    [DatabaseTheory]
    [InlineData("PATCH", "Docs(1)", """{"Owner@odata.bind":"People(2)"}""")]
    [InlineData("PATCH", "Docs(1)", """{"Owner":{"@odata.id":"People(2)"}}""")]
    [InlineData("PATCH", "Docs(1)", """{"Owner":{"Id":2,"Name":"x"}}""")]
    [InlineData("PUT", "Docs(1)/Owner/$ref", """{"@odata.id":"People(2)"}""")]
    [InlineData("DELETE", "Docs(1)/Owner/$ref", null)]
    [InlineData("POST", "Docs", """{"Id":9,"Name":"n","Owner@odata.bind":"People(2)"}""")]
    [InlineData("POST", "Docs", """{"Id":9,"Name":"n","Vaults":[{"Id":9,"Word":"w"}]}""")]
    [InlineData("PATCH", "Docs(1)", """{"Vaults":[{"Id":1,"Word":"w"}]}""")]
    [InlineData("PATCH", "Docs(1)", """{"Vaults@odata.delta":[{"Id":1,"Word":"w"}]}""")]
    [InlineData("PATCH", "Docs(2)", """{"Vaults@odata.bind":["Vaults(1)"]}""")]
    [InlineData("POST", "Docs(2)/Vaults/$ref", """{"@odata.id":"Vaults(1)"}""")]
    [InlineData("POST", "Docs(1)/Vaults", """{"Id":9,"Word":"w"}""")]
    [InlineData("DELETE", "Docs(1)/Vaults(1)", null)]
    [InlineData("PATCH", "Vaults(1)", """{"Word":"w"}""")]
    [InlineData("PATCH", "/dynamic-entity/docs/1", """{"data":{"Owner":{"Id":2,"Name":"x"}}}""")]
    [InlineData("POST", "/dynamic-entity/docs", """{"data":[{"Id":9,"Name":"n","Vaults":[{"Id":9,"Word":"w"}]}]}""")]
    [InlineData("PATCH", "/dynamic-entity/docs/1", """{"data":{"Vaults":[{"Id":1,"Word":"w"}]}}""")]
    public async Task Related_entities_that_are_not_written_here_stay_as_they_are(string method, string request, string? body)
    {
        var before = await shop.RowsAsync();

        (await shop.Write(method, request, body)).Status.Should().BeInRange(400, 499);

        (await shop.RowsAsync()).Should().Be(before);
    }

    /// <summary>Where a password is kept has no name, and nobody brings one along.</summary>
    [DatabaseTheory]
    [InlineData("""{"Name":"§","PasswordHash":"AQAAAA"}""")]
    [InlineData("""{"Name":"§","Password":"correct horse battery"}""")]
    [InlineData("""{"Name":"§","Stamp":"a"}""")]
    [InlineData("""{"Name":"§","TotpSecret":"a"}""")]
    public Task A_user_comes_without_secrets(string body) => IsNotMadeAsync(body, (method, request, text) => shop.Write(method, request, text));

    /// <summary>Whoever has every grant, and not all rights, gives nobody a role, a key or a claim.</summary>
    [DatabaseTheory]
    [InlineData("""{"Name":"§"}""")]
    [InlineData("""{"Name":"§","Roles":[{"Name":"Administrators"}]}""")]
    [InlineData("""{"Name":"§","Roles@odata.bind":["Roles('Administrators')"]}""")]
    [InlineData("""{"Name":"§","Roles":[{"@odata.id":"Roles('Administrators')"}]}""")]
    [InlineData("""{"Name":"§","ApiKeys":[{"Name":"stolen","Scopes":["*:*"]}]}""")]
    [InlineData("""{"Name":"§","Claims":[{"UserName":"§","Claim":"country","Value":"DE"}]}""")]
    public async Task A_user_is_made_by_those_with_all_rights(string body)
    {
        var caller = await RestrictedCaller.OfAsync(shop, [.. Sets().Select(set => RestrictedCaller.May(set.Name, Verbs.All))]);

        await IsNotMadeAsync(body, (method, request, text) => caller.Write(method, request, text));
        foreach (var (method, request, text) in ((string, string, string?)[])
        [
            ("POST", "Users('admin')/Roles/$ref", """{"@odata.id":"Roles('Administrators')"}"""), ("DELETE", "Users('admin')/Roles('Administrators')/$ref", null), ("PATCH", "Roles('Administrators')", """{"HasAllRights":false}"""),
            ("POST", "Roles", """{"Name":"mine","HasAllRights":true}"""), ("POST", "Permissions", """{"RoleName":"Administrators","EntitySet":"Docs"}"""), ("DELETE", "Users('admin')", null),
            ("PATCH", "Users/$filter(true)/$each", """{"DisplayName":"x"}"""), ("POST", "Users('admin')/ResetPassword", """{"password":"correct horse battery"}"""),
        ])
            (await caller.Write(method, request, text)).Status.Should().BeInRange(400, 499, "{0} {1}", method, request);
    }

    private async Task IsNotMadeAsync(string body, Func<string, string, string, Task<Answer>> write)
    {
        var name = $"made{Interlocked.Increment(ref _number)}";
        foreach (var (request, text) in ((string, string)[])[("Users", body.Replace("§", name, StringComparison.Ordinal)), ("/dynamic-entity/backend-users", $"{{\"data\":[{body.Replace("§", name, StringComparison.Ordinal)}]}}")])
        {
            (await write("POST", request, text)).Status.Should().BeInRange(400, 499, text);
            (await shop.Write("GET", $"Users('{name}')")).Status.Should().Be(404);
        }
        (await write("PATCH", "Users('admin')", body.Replace("§", "admin", StringComparison.Ordinal))).Status.Should().BeInRange(400, 499);
        (await shop.Write("GET", "Users('admin')/Roles?$select=Name", null, ("Accept", "application/json;odata.metadata=none"))).Body.Should().Be("""{"value":[{"Name":"Administrators"}]}""");
    }

    private IEnumerable<EntitySetModel> Sets() => shop.Services.GetRequiredService<Models>().Current.EntitySets.Values.Where(set => !set.IsSingleton).OrderBy(set => set.Name, StringComparer.Ordinal);

    /// <summary>What the set says that it does not take.</summary>
    private static IEnumerable<(string Method, string Request, string? Body)> Untaken(EntitySetModel set, string url, JsonObject row)
    {
        var allow = set.Definition.Allow;
        var key = new JsonObject(set.Key.Select(part => KeyValuePair.Create(part.Name, row[part.Name]?.DeepClone())));
        if (!allow.Update)
            foreach (var property in set.Members.Columns)
                foreach (var change in Changes(set, url, row, property, Other(property, At(row, property))))
                    yield return change;
        if (!allow.Create)
        {
            var other = Without(row);
            foreach (var part in set.Key)
                other[part.Name] = Other(part, row[part.Name]);
            yield return ("POST", set.Name, other.ToJsonString());
            yield return ("PUT", Address(set, other), other.ToJsonString());
            yield return ("PATCH", Address(set, other), other.ToJsonString());
            yield return ("PATCH", set.Name, Delta(other));
            var aliases = new JsonObject(set.Members.Columns.Where(property => !property.Path.Contains('/', StringComparison.Ordinal)).Select(property => KeyValuePair.Create(property.Alias, other[property.Name]?.DeepClone())));
            foreach (var method in (string[])["POST", "PUT"])
                yield return (method, $"/dynamic-entity/{set.Alias}", new JsonObject { ["data"] = new JsonArray(aliases.DeepClone()) }.ToJsonString());
        }
        if (!allow.Delete)
        {
            yield return ("DELETE", url, null);
            yield return ("DELETE", $"{set.Name}/$filter({Equal(set, row)})/$each", null);
            yield return ("PATCH", set.Name, Delta(new JsonObject(key.Select(part => KeyValuePair.Create(part.Key, part.Value?.DeepClone()))) { ["@removed"] = new JsonObject { ["reason"] = "deleted" } }));
            if (set.Key.Count == 1)
                yield return ("DELETE", $"/dynamic-entity/{set.Alias}/{row[set.Key[0].Name]}", null);
        }
    }

    private static IEnumerable<(string Method, string Request, string? Body)> Changes(EntitySetModel set, string url, JsonObject row, PropertyModel property, JsonNode? value)
    {
        var plain = Body(property, property.Path, value);
        yield return ("PATCH", url, plain.ToJsonString());
        yield return ("PUT", $"{url}/{property.Path}", new JsonObject { ["value"] = value?.DeepClone() }.ToJsonString());
        yield return ("DELETE", $"{url}/{property.Path}", null);
        yield return ("PATCH", $"{set.Name}/$filter({Equal(set, row)})/$each", plain.ToJsonString());
        yield return ("POST", "$batch", new JsonObject
        {
            ["requests"] = new JsonArray(new JsonObject { ["id"] = "1", ["method"] = "PATCH", ["url"] = url, ["atomicityGroup"] = "g", ["headers"] = new JsonObject { ["Content-Type"] = "application/json" }, ["body"] = plain.DeepClone() }),
        }.ToJsonString());
        // With another key these are about another entity.
        if (set.Key.Contains(property))
            yield break;
        var whole = Without(row);
        foreach (var (name, member) in plain.ToList())
            whole[name] = member?.DeepClone();
        yield return ("PUT", url, whole.ToJsonString());
        var item = new JsonObject([.. set.Key.Select(part => KeyValuePair.Create(part.Name, row[part.Name]?.DeepClone())), .. plain.Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()))]);
        yield return ("PATCH", set.Name, Delta(item));
        var alias = new JsonObject([.. set.Key.Select(part => KeyValuePair.Create(part.Alias, row[part.Name]?.DeepClone())), KeyValuePair.Create(property.Alias, value?.DeepClone())]);
        foreach (var method in (string[])["PATCH", "PUT"])
            yield return (method, $"/dynamic-entity/{set.Alias}", new JsonObject { ["data"] = new JsonArray(alias.DeepClone()) }.ToJsonString());
    }

    /// <summary>Creates an entity in one of several ways, with a value for a property.</summary>
    /// <returns>The entity as it is read; null where none was made.</returns>
    private async Task<(int Status, JsonObject? Entity)> CreateAsync(EntitySetModel set, PropertyModel? property, JsonNode? value = null, int way = 0)
    {
        if (!New.TryGetValue(set.Name, out var template) || !set.Definition.Allow.Create)
            return (0, null);
        var number = Interlocked.Increment(ref _number);
        var entity = JsonNode.Parse(template.Replace("§", $"{number}", StringComparison.Ordinal))!.AsObject();
        var url = Address(set, entity);
        var isAlias = way is 3 or 4;
        if (property is not null)
            foreach (var (name, member) in Body(property, isAlias ? property.Alias : property.Path, value))
                entity[name] = member?.DeepClone();
        var (method, request, body) = way switch
        {
            0 => ("POST", set.Name, entity),
            1 => ("PUT", url, entity),
            2 => ("PATCH", set.Name, new JsonObject { ["@context"] = "#$delta", ["value"] = new JsonArray(entity) }),
            3 => ("POST", $"/dynamic-entity/{set.Alias}", new JsonObject { ["data"] = new JsonArray(entity) }),
            _ => ("PUT", $"/dynamic-entity/{set.Alias}", new JsonObject { ["data"] = new JsonArray(entity) }),
        };
        var answer = await shop.Write(method, request, body.ToJsonString());
        answer.Status.Should().BeLessThan(500, "{0} {1} {2}: {3}", method, request, body, answer.Body);
        if (way == 0)
            answer.Status.Should().Be(201, "{0} {1}", body.ToJsonString(), answer.Body);
        var made = await shop.Write("GET", url, null, ("Accept", "application/json;odata.metadata=none"));
        return (answer.Status, made.Status == 200 ? JsonNode.Parse(made.Body)!.AsObject() : null);
    }

    private async Task<(string Url, JsonObject Row)> FirstAsync(EntitySetModel set)
    {
        var row = (await ReadAsync($"{set.Name}?$top=1{(Looked.TryGetValue(set.Name, out var filter) ? $"&$filter={filter}" : "")}"))["value"]!.AsArray().Should().ContainSingle(set.Name).Which!.AsObject();
        return (((string)row["@odata.id"]!).Replace("{root}", "", StringComparison.Ordinal), row);
    }

    private async Task<JsonObject> ReadAsync(string request)
    {
        var answer = await shop.Write("GET", request, null, ("Accept", "application/json;odata.metadata=full"));
        answer.Status.Should().Be(200, answer.Body);
        return JsonNode.Parse(answer.Body)!.AsObject();
    }

    private static JsonNode? At(JsonObject row, PropertyModel property) => property.Path.Split('/').Aggregate((JsonNode?)row, (node, name) => node?[name]);

    private static JsonObject Body(PropertyModel property, string path, JsonNode? value) => path.Split('/') is [var outer, var inner]
        ? new JsonObject { [outer] = new JsonObject { [inner] = value?.DeepClone() } }
        : new JsonObject { [path.Length > 0 ? path : property.Name] = value?.DeepClone() };

    private async Task<string> CountAsync(EntitySetModel set) => (await shop.Get($"{set.Name}/$count{(Looked.TryGetValue(set.Name, out var filter) ? $"?$filter={filter}" : "")}")).Body;

    private async Task<string> PublishedAsync() => (await shop.Get("DataExchangeConfigurations")).Body + (await shop.Get("DataExchangeConfigurationVersions")).Body;

    /// <summary>Of the request in a batch, where it is one.</summary>
    private static int Status(Answer answer) => answer is { Status: 200 } && JsonNode.Parse(answer.Body)!["responses"] is JsonArray responses ? (int)responses[0]!["status"]! : answer.Status;

    /// <summary>Without what the service sets at every write.</summary>
    private static string Plain(JsonObject row)
    {
        var plain = Without(row);
        plain.Remove("ChangedAt");
        return plain.ToJsonString();
    }

    /// <summary>Without control information, and without the operations that are offered.</summary>
    private static JsonObject Without(JsonObject row) => new(row.Where(member => member.Key.IndexOfAny(['@', '#']) < 0).Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));

    private static string Delta(JsonObject item) => new JsonObject { ["@context"] = "#$delta", ["value"] = new JsonArray(item) }.ToJsonString();

    private static string Address(EntitySetModel set, JsonObject row) => $"{set.Name}({string.Join(',', set.Key.Select(part => $"{part.Name}={Literal(part, row[part.Name]!)}"))})";

    private static string Equal(EntitySetModel set, JsonObject row) => string.Join(" and ", set.Key.Select(part => $"{part.Name} eq {Literal(part, row[part.Name]!)}"));

    private static string Literal(PropertyModel part, JsonNode value) => part.Kind is ValueKind.String or ValueKind.Enum ? $"'{((string)value!).Replace("'", "''", StringComparison.Ordinal)}'" : value.ToString();

    /// <summary>A value that it does not have.</summary>
    private static JsonNode? Other(PropertyModel property, JsonNode? value) => property.Items is not null ? new JsonArray("zq9") : property.Definition?.Validation?.Enum is { } names ? names.First(name => name != (string?)value) : property.Kind switch
    {
        ValueKind.Boolean => !(value is not null && (bool)value),
        ValueKind.Byte or ValueKind.Int16 or ValueKind.Int32 or ValueKind.Int64 => value is not null && value.GetValue<int>() == 2 ? 1 : 2,
        ValueKind.Decimal or ValueKind.Double or ValueKind.Single => 4242,
        ValueKind.Date => "2001-02-03",
        ValueKind.DateTimeOffset => "2001-02-03T04:05:06Z",
        ValueKind.Guid => "3f2504e0-4f89-11d3-9a0c-0305e82c3301",
        ValueKind.Enum => property.Members!.First(member => member.Name != (string?)value).Name,
        _ => "zq9",
    };
}

public sealed class AssignmentOnSqlite(SqliteAssignableShop shop) : AssignmentCases(shop), IClassFixture<SqliteAssignableShop>;

[Needs("PostgreSql")]
public sealed class AssignmentOnPostgreSql(PostgreSqlAssignableShop shop) : AssignmentCases(shop), IClassFixture<PostgreSqlAssignableShop>;

[Needs("SqlServer")]
public sealed class AssignmentOnSqlServer(SqlServerAssignableShop shop) : AssignmentCases(shop), IClassFixture<SqlServerAssignableShop>;
