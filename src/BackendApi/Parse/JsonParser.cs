using BackendApi.Support;

namespace BackendApi.Parse;

/// <summary>
/// JSON in expressions (4.01): collections and complex values. Primitive values are written as JSON writes them; in an array OData's own literals are taken
/// too. What an object is an instance of tells the operand that it meets.
/// </summary>
internal static class JsonParser
{
    public static Expression.List Array(ref Cursor at, Scope scope)
    {
        var start = at.Position;
        scope.State.Enter(at);
        at.Take('[');
        at.SkipBlanks();
        var items = new List<Expression>();
        while (!at.TryTake(']'))
        {
            if (items.Count > 0)
            {
                at.Take(',');
                at.SkipBlanks();
            }
            items.Add(Value(ref at, scope));
            ParseState.CheckCount(items.Count, scope.State.Limits.ListItems, at, "items of a list");
            at.SkipBlanks();
        }
        scope.State.Leave();
        return new(at.From(start), null, items);
    }

    public static Expression.Object Object(ref Cursor at, Scope scope)
    {
        var start = at.Position;
        scope.State.Enter(at);
        at.Take('{');
        at.SkipBlanks();
        var members = new List<ObjectMember>();
        string? id = null;
        var count = 0;
        while (!at.TryTake('}'))
        {
            if (count > 0)
            {
                at.Take(',');
                at.SkipBlanks();
            }
            if (at.Current != '"')
                throw at.Malformed("Expected the name of a member, in quotation marks");
            var position = at.Position;
            var name = LiteralParser.JsonText(ref at);
            at.SkipBlanks();
            at.Take(':');
            at.SkipBlanks();
            var value = Value(ref at, scope);
            if (members.Exists(member => member.Name == name))
                throw at.Error(Errors.MalformedUrl, $"The member '{name}' is given twice", position);
            // Control information and annotations say nothing that a comparison asks for.
            if (!name.Contains('@', StringComparison.Ordinal))
                members.Add(new(name, value));
            else if (name is "@odata.id" or "@id" && value is Expression.Literal { Value: string reference })
                id = reference;
            ParseState.CheckCount(++count, scope.State.Limits.ListItems, at, "members of an object");
            at.SkipBlanks();
        }
        scope.State.Leave();
        return new(at.From(start), null, members) { Id = id };
    }

    private static Expression Value(ref Cursor at, Scope scope)
    {
        var start = at.Position;
        switch (at.Current)
        {
            case '"':
                var text = LiteralParser.JsonText(ref at);
                return new Expression.Literal(at.From(start), PrimitiveTypes.String, text);
            case '[':
                return Array(ref at, scope);
            case '{':
                return Object(ref at, scope);
            default:
                return LiteralParser.TryParse(ref at, scope.State.Model) ?? throw at.Malformed("Expected a value");
        }
    }
}
