using System.Runtime.InteropServices;

namespace BackendApi.Sqlite;

/// <summary>What a group has added up to. A value of zeros is an empty total: it lives in memory that SQLite has cleared.</summary>
/// <remarks>
/// A double of at most four digits behind the point, as amounts of money have, is added as a whole number of ten-thousandths: that is exact, and takes a
/// tenth of the time of a conversion to <see cref="decimal"/> and of its addition.
/// </remarks>
[StructLayout(LayoutKind.Sequential)]
internal struct ExactTotal
{
    private const double Parts = 10_000;

    /// <summary>Doubles below this hold four digits behind the point: fifteen in all, and as many make one double only.</summary>
    private const double MaxInParts = 1e11;

    /// <summary>No value adds more than 1e15 to this.</summary>
    private const long MaxUnsettled = 9_000_000_000_000_000_000;

    private decimal _sum;
    /// <summary>In ten-thousandths, not yet part of the sum.</summary>
    private long _unsettled;
    private bool _isTooLarge;

    /// <summary>Of values that are numbers.</summary>
    public long Count { readonly get; private set; }

    /// <summary>The nearest decimal of fifteen digits; a double that is greater than a decimal can be counts for nothing, nor does one that is no number.</summary>
    public void Add(double value)
    {
        var parts = Math.Round(value * Parts);
        if (Math.Abs(value) < MaxInParts && parts / Parts == value)
            AddParts((long)parts);
        else if (StoredText.TryDecimal(value, out var number))
            Add(number);
    }

    public void Add(long value)
    {
        if (value is < (long)MaxInParts and > -(long)MaxInParts)
            AddParts(value * (long)Parts);
        else
            Add((decimal)value);
    }

    public void Add(decimal value)
    {
        try
        {
            _sum += value;
            Count++;
        }
        catch (OverflowException)
        {
            _isTooLarge = true;
        }
    }

    /// <summary>False when the sum has, or had on the way, more than 28 digits.</summary>
    public bool TrySettle(out decimal sum)
    {
        Settle();
        sum = _sum;
        return !_isTooLarge;
    }

    private void AddParts(long parts)
    {
        _unsettled += parts;
        Count++;
        if (_unsettled is > MaxUnsettled or < -MaxUnsettled)
            Settle();
    }

    private void Settle()
    {
        try
        {
            _sum += _unsettled / (decimal)Parts;
            _unsettled = 0;
        }
        catch (OverflowException)
        {
            _isTooLarge = true;
        }
    }
}
