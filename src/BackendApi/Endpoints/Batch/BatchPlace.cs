using System.Globalization;

namespace BackendApi.Endpoints.Batch;

/// <summary>Where in a batch something stands, for messages: <c>part 3</c>, <c>part 3.1</c>, <c>requests[2]</c>.</summary>
/// <param name="Number">Of the part, from 1; of the request object, from 0.</param>
/// <param name="Inner">Of the part of a change set, from 1; 0 outside of one.</param>
internal readonly record struct BatchPlace(int Number, int Inner = 0, bool IsJson = false)
{
    public override string ToString() => IsJson ? string.Create(CultureInfo.InvariantCulture, $"requests[{Number}]")
        : Inner == 0 ? string.Create(CultureInfo.InvariantCulture, $"part {Number}")
        : string.Create(CultureInfo.InvariantCulture, $"part {Number}.{Inner}");
}
