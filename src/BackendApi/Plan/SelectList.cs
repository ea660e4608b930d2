using BackendApi.Model;

namespace BackendApi.Plan;

/// <summary>The select list while it is being planned: a column that is wanted twice is read once.</summary>
internal sealed class SelectList
{
    private readonly List<Term> _terms = new(16);

    public IReadOnlyList<Term> Terms => _terms;

    public int Add(Term term)
    {
        for (var i = 0; i < _terms.Count; i++)
            if (Same(_terms[i], term))
                return i;
        _terms.Add(term);
        return _terms.Count - 1;
    }

    public static bool Same(Term known, Term wanted) =>
        ReferenceEquals(known, wanted) ||
        known is Term.Column left && wanted is Term.Column right && ReferenceEquals(left.Source, right.Source) && ReferenceEquals(left.Definition, right.Definition);
}
