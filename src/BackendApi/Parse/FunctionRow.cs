using BackendApi.Model;

namespace BackendApi.Parse;

/// <summary>How an operator or function is written in a URL.</summary>
public enum FunctionForm { Function, Binary, Unary, Lambda }

/// <summary>
/// One operator or canonical function of OData 4.01. The parser's list, the <c>FilterFunctions</c> annotation, the SQL writer
/// and the documentation read the same rows.
/// </summary>
/// <param name="Name">As the specification writes it; compared without regard to case.</param>
/// <param name="Signatures">Accepted operand types with the result type; the first that fits wins.</param>
/// <param name="Sql">The default template: <c>{0}</c>, <c>{1}</c> stand for the operands; null when a dialect must give its own or the plan translates it.</param>
/// <param name="Precedence">Binds tighter when larger; meaningful for operators.</param>
/// <param name="IsSupported">False: recognised, answered with 501.</param>
public sealed record FunctionRow(
    string Name, FunctionForm Form, IReadOnlyList<Signature> Signatures, string? Sql, int Precedence = 0, bool IsSupported = true);

/// <summary>A null operand kind takes any type; a null result is the promoted type of the operands.</summary>
/// <param name="Sql">The default template of this signature where it differs from the row's.</param>
public sealed record Signature(IReadOnlyList<ValueKind?> Operands, ValueKind? Result, string? Sql = null);
