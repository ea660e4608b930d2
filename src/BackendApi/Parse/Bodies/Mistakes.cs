using System.Globalization;
using BackendApi.Support;

namespace BackendApi.Parse.Bodies;

/// <summary>
/// The mistakes of one request body. All rows are read to the end before any is written, and every mistake is told in one answer, with its
/// path in the body as its target.
/// </summary>
public sealed class Mistakes
{
    /// <summary>No answer lists more; the message then says so.</summary>
    public const int Most = 1000;

    private readonly List<ServiceError> _errors = [];
    private bool _hasMore;

    public bool Any => _errors.Count > 0;

    public int Count => _errors.Count;

    /// <param name="path">Empty for the body as a whole.</param>
    public void Add(ErrorRow row, string message, string path)
    {
        if (_errors.Count < Most)
            _errors.Add(new(row, message, path.Length == 0 ? null : path));
        else
            _hasMore = true;
    }

    public void Add(ErrorRow row, string message, BodyPath path) => Add(row, message, (BodyPlace)path);

    internal void Add(ErrorRow row, string message, BodyPlace place) => Add(row, message, _errors.Count < Most ? place.ToString() : "");

    /// <param name="isTold">Those that count; null for all.</param>
    public void AddAll(Mistakes others, Func<ServiceError, bool>? isTold = null)
    {
        foreach (var error in others._errors)
            if (isTold is null || isTold(error))
                Add(error.Row, error.Message, error.Target ?? "");
        _hasMore |= others._hasMore;
    }

    /// <summary>Moves the others here.</summary>
    public void Take(Mistakes others)
    {
        AddAll(others);
        others._errors.Clear();
        others._hasMore = false;
    }

    /// <summary>Those of one row of the body stay in the order in which they were found.</summary>
    public void Order(Func<ServiceError, int> rowOf)
    {
        ServiceError[] ordered = [.. _errors.OrderBy(rowOf)];
        _errors.Clear();
        _errors.AddRange(ordered);
    }

    public IReadOnlyList<ServiceError> Errors => _errors;

    /// <exception cref="ServiceException">There is a mistake: the only one as it is; several as details of <see cref="Support.Errors.InvalidBody"/>.</exception>
    public void ThrowIfAny()
    {
        if (_errors.Count == 0)
            return;
        throw new ServiceException(_errors.Count == 1
            ? _errors[0]
            : new(Support.Errors.InvalidBody, string.Create(CultureInfo.InvariantCulture, $"The body has {(_hasMore ? $"more than {Most:N0}" : _errors.Count)} mistakes. Nothing was written."), Details: [.. _errors]));
    }
}
