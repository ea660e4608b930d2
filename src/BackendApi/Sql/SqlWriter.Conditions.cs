using BackendApi.Plan;

namespace BackendApi.Sql;

/// <summary>Conditions, as each dialect takes them.</summary>
public sealed partial class SqlWriter
{
    private void Write(Condition condition)
    {
        switch (condition)
        {
            case Condition.Compare compare:
                Compare(compare);
                break;
            case Condition.CompareRows rows:
                CompareRows(rows);
                break;
            case Condition.IsNull isNull:
                Value(isNull.Operand);
                _text.Append(isNull.Negated ? " IS NOT NULL" : " IS NULL");
                break;
            case Condition.Holds holds:
                Holds(holds);
                break;
            case Condition.In among:
                var parameter = Add(new(among.Type, among.Values, IsList: true));
                _text.Append(among.Negated ? "NOT (" : "(");
                _dialect.AppendIn(_text, _ => Value(among.Operand), parameter, among.Type);
                _text.Append(')');
                break;
            case Condition.All all:
                _text.Append('(');
                Chain(all.Conditions, " AND ");
                _text.Append(')');
                break;
            case Condition.Any any:
                _text.Append('(');
                Chain(any.Conditions, " OR ");
                _text.Append(')');
                break;
            case Condition.Exists exists:
                _text.Append(exists.Negated ? "NOT EXISTS (SELECT 1" : "EXISTS (SELECT 1");
                Subquery(exists.Rows);
                break;
            case Condition.Constant constant:
                _text.Append(constant.Value ? "1 = 1" : "1 = 0");
                break;
            default:
                throw new InvalidOperationException($"No SQL for {condition.GetType().Name}.");
        }
    }

    /// <summary>A long chain is written in groups, because SQLite takes each term of a chain for one level more and counts to 1,000.</summary>
    private void Chain(IReadOnlyList<Condition> conditions, string between)
    {
        var isLong = conditions.Count > ChainGroup;
        for (var i = 0; i < conditions.Count; i++)
        {
            if (i > 0)
                _text.Append(isLong && i % ChainGroup == 0 ? ")" : "").Append(between);
            if (isLong && i % ChainGroup == 0)
                _text.Append('(');
            Write(conditions[i]);
        }
        if (isLong)
            _text.Append(')');
    }

    private void Compare(Condition.Compare compare)
    {
        if (compare is { IsExact: true, Operator: Comparison.Equal or Comparison.NotEqual })
        {
            var equality = _dialect.EqualityOf(compare.Left.Kind);
            if (equality != "{0} = {1}")
            {
                _text.Append(compare.Operator == Comparison.Equal ? "(" : "NOT (");
                Template(equality, compare.Left, compare.Right);
                _text.Append(')');
                return;
            }
        }
        Value(compare.Left);
        _text.Append(' ').Append(Symbol(compare.Operator)).Append(' ');
        Value(compare.Right);
    }

    private void CompareRows(Condition.CompareRows rows)
    {
        if (_dialect.HasRowComparison)
        {
            Row(rows.Left);
            _text.Append(' ').Append(Symbol(rows.Operator)).Append(' ');
            Row(rows.Right);
            return;
        }
        // a >= x AND (a > x OR (a = x AND (b > y OR ...))): the first part is the index range that the OR hides.
        Value(rows.Left[0]);
        _text.Append(' ').Append(Symbol(rows.Operator)).Append("= ");
        Value(rows.Right[0]);
        _text.Append(" AND (");
        for (var i = 0; i < rows.Left.Count; i++)
        {
            Value(rows.Left[i]);
            _text.Append(' ').Append(Symbol(rows.Operator)).Append(' ');
            Value(rows.Right[i]);
            if (i == rows.Left.Count - 1)
                break;
            _text.Append(" OR (");
            Value(rows.Left[i]);
            _text.Append(" = ");
            Value(rows.Right[i]);
            _text.Append(" AND (");
        }
        _text.Append(')', 2 * rows.Left.Count - 1);
    }

    private void Holds(Condition.Holds holds)
    {
        if (holds.Operand is Term.Call && _dialect.HasBooleanValues)
        {
            _text.Append(holds.Negated ? "NOT (" : "(");
            Value(holds.Operand);
            _text.Append(')');
        }
        else if (holds.Operand is Term.Call call)
        {
            // The templates of boolean functions are conditions, which such a database does not take for values.
            _text.Append(holds.Negated ? "NOT (" : "(");
            Template(TemplateOf(call), call.Arguments);
            _text.Append(')');
        }
        else if (_dialect.HasBooleanValues)
        {
            _text.Append(holds.Negated ? "NOT " : "");
            Value(holds.Operand);
        }
        else
        {
            Value(holds.Operand);
            _text.Append(holds.Negated ? " = 0" : " = 1");
        }
    }

    private void Row(IReadOnlyList<Term> terms)
    {
        _text.Append('(');
        for (var i = 0; i < terms.Count; i++)
        {
            if (i > 0)
                _text.Append(", ");
            Value(terms[i]);
        }
        _text.Append(')');
    }

    private static string Symbol(Comparison comparison) => comparison switch
    {
        Comparison.Equal => "=",
        Comparison.NotEqual => "<>",
        Comparison.Greater => ">",
        Comparison.GreaterOrEqual => ">=",
        Comparison.Less => "<",
        _ => "<=",
    };
}
