using System.Data.Common;
using BackendApi.Plan;
using BackendApi.Sql;

namespace BackendApi.Stream;

internal static class OrderValuesExtension
{
    /// <summary>The values by which the current row is ordered: where the next page begins.</summary>
    public static IReadOnlyList<object?> OrderValues(this ValueReader values, IReadOnlyList<OrderTerm> order, DbDataReader row, int offset)
    {
        var read = new object?[order.Count];
        for (var i = 0; i < read.Length; i++)
            read[i] = values.OrderValue(order[i].Value.Kind, row, order[i].Ordinal + offset);
        return read;
    }
}
