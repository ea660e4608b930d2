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

    public static Condition Where(Entity entity, SearchExpression search) => entity.Set.Search.Count == 0
        ? throw ExpressionPlanner.NotSupported($"$search over {entity.Set.Name}, which has no column of text")
        : Where([.. entity.Set.Search.Select(column => entity.Column(column))], search, entity.Set.Name);

    /// <summary>In a collection of values an item is all that there is to be searched.</summary>
    public static Condition Where(Term item, SearchExpression search) => item.Kind == ValueKind.String
        ? Where([item], search, "a collection")
        : throw ExpressionPlanner.NotSupported("$search in a collection of values that are no texts");

    private static Condition Where(IReadOnlyList<Term> texts, SearchExpression search, string name)
    {
        if (CountOf(search) * texts.Count > MaxComparisons)
            throw new ServiceException(Errors.LimitExceeded, $"$search may look for {MaxComparisons / texts.Count} words in {name}.", "$search");
        return Plan(texts, search, negated: false);
    }

    private static int CountOf(SearchExpression search) => search switch
    {
        SearchExpression.Not not => CountOf(not.Operand),
        SearchExpression.And and => CountOf(and.Left) + CountOf(and.Right),
        SearchExpression.Or or => CountOf(or.Left) + CountOf(or.Right),
        _ => 1,
    };

    // Search has two truth values, so a negation moves inwards by De Morgan's laws. The parser builds chains as balanced trees.
    private static Condition Plan(IReadOnlyList<Term> texts, SearchExpression search, bool negated) => search switch
    {
        SearchExpression.Term term => Found(texts, term.Text, negated),
        SearchExpression.Not not => Plan(texts, not.Operand, !negated),
        SearchExpression.And and => Joined(texts, and.Left, and.Right, negated, isAll: !negated),
        SearchExpression.Or or => Joined(texts, or.Left, or.Right, negated, isAll: negated),
        _ => throw new InvalidOperationException($"No plan for {search.GetType().Name}."),
    };

    private static Condition Joined(IReadOnlyList<Term> texts, SearchExpression left, SearchExpression right, bool negated, bool isAll)
    {
        Condition[] both = [Plan(texts, left, negated), Plan(texts, right, negated)];
        return isAll ? Condition.AllOf(both) : Condition.AnyOf(both);
    }

    private static Condition Found(IReadOnlyList<Term> texts, string text, bool negated)
    {
        if (text.Length > MaxCharacters)
            throw new ServiceException(Errors.LimitExceeded, $"A word or phrase of $search may have {MaxCharacters} characters.", "$search");
        var wanted = Folded(new Term.Word(text));
        var found = texts.Select(searched =>
        {
            var holds = new Condition.Holds(new Term.Call(Functions.Search, [Folded(searched), wanted], ValueKind.Boolean, searched.IsNullable), negated);
            return negated && searched.IsNullable ? Condition.AnyOf([holds, new Condition.IsNull(searched, Negated: false)]) : holds;
        }).ToArray();
        return negated ? Condition.AllOf(found) : Condition.AnyOf(found);
    }

    private static Term.Call Folded(Term text) => new(Fold, [text], ValueKind.String, text.IsNullable);
}
