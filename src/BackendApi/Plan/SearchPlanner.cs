using BackendApi.Model;
using BackendApi.Parse;
using BackendApi.Support;

namespace BackendApi.Plan;

/// <summary>
/// <c>$search</c> (Protocol 11.2.6.6): a word or phrase is found in a row when one of the set's search columns contains it, upper and lower case
/// being the same, as <c>tolower</c> folds them.
/// </summary>
internal static class SearchPlanner
{
    // SQL Server searches for no more than 4,000 characters, and takes 2,100 parameters.
    private const int MaxCharacters = 1_000;
    private const int MaxComparisons = 1_000;

    private static readonly FunctionRow Fold = Functions.ByName["tolower"];

    public static Condition Where(Entity entity, SearchExpression search)
    {
        if (entity.Set.Search.Count == 0)
            throw ExpressionPlanner.NotSupported($"$search over {entity.Set.Name}, which has no column of text");
        if (CountOf(search) * entity.Set.Search.Count > MaxComparisons)
            throw new ServiceException(Errors.LimitExceeded, $"$search may look for {MaxComparisons / entity.Set.Search.Count} words in {entity.Set.Name}.", "$search");
        return Plan(entity, search, negated: false);
    }

    private static int CountOf(SearchExpression search) => search switch
    {
        SearchExpression.Not not => CountOf(not.Operand),
        SearchExpression.And and => CountOf(and.Left) + CountOf(and.Right),
        SearchExpression.Or or => CountOf(or.Left) + CountOf(or.Right),
        _ => 1,
    };

    // Search has two truth values, so a negation moves inwards by De Morgan's laws. The parser builds chains as balanced trees.
    private static Condition Plan(Entity entity, SearchExpression search, bool negated) => search switch
    {
        SearchExpression.Term term => Found(entity, term.Text, negated),
        SearchExpression.Not not => Plan(entity, not.Operand, !negated),
        SearchExpression.And and => Joined(entity, and.Left, and.Right, negated, isAll: !negated),
        SearchExpression.Or or => Joined(entity, or.Left, or.Right, negated, isAll: negated),
        _ => throw new InvalidOperationException($"No plan for {search.GetType().Name}."),
    };

    private static Condition Joined(Entity entity, SearchExpression left, SearchExpression right, bool negated, bool isAll)
    {
        Condition[] both = [Plan(entity, left, negated), Plan(entity, right, negated)];
        return isAll ? Condition.AllOf(both) : Condition.AnyOf(both);
    }

    private static Condition Found(Entity entity, string text, bool negated)
    {
        if (text.Length > MaxCharacters)
            throw new ServiceException(Errors.LimitExceeded, $"A word or phrase of $search may have {MaxCharacters} characters.", "$search");
        var wanted = Folded(new Term.Word(text));
        var columns = new Condition[entity.Set.Search.Count];
        for (var i = 0; i < columns.Length; i++)
        {
            var column = entity.Column(entity.Set.Search[i]);
            var holds = new Condition.Holds(new Term.Call(Functions.Search, [Folded(column), wanted], ValueKind.Boolean, column.IsNullable), negated);
            columns[i] = negated && column.IsNullable ? Condition.AnyOf([holds, new Condition.IsNull(column, Negated: false)]) : holds;
        }
        return negated ? Condition.AllOf(columns) : Condition.AnyOf(columns);
    }

    private static Term.Call Folded(Term text) => new(Fold, [text], ValueKind.String, text.IsNullable);
}
