namespace BackendApi.Model.Csdl;

/// <summary>An annotation as both formats of CSDL write it.</summary>
/// <param name="Term">Qualified with its namespace: not every reader resolves aliases of references.</param>
internal sealed record Annotation(string Term, AnnotationValue Value);

/// <summary>The expressions that we annotate with (CSDL 4.01, 14.3 and 14.4).</summary>
internal abstract record AnnotationValue
{
    public sealed record Text(string Value) : AnnotationValue;
    public sealed record PropertyPath(string Value) : AnnotationValue;
    public sealed record ValuePath(string Value) : AnnotationValue;
    /// <param name="Value">Qualified; several flags with blanks between them.</param>
    public sealed record Member(string Value) : AnnotationValue;
    /// <param name="Value">Of a number, a truth value, a time or an id, in the CLR type of its kind.</param>
    public sealed record Constant(object Value) : AnnotationValue;
    public sealed record Collection(IReadOnlyList<AnnotationValue> Items) : AnnotationValue;
    public sealed record Record(params (string Name, AnnotationValue Value)[] Members) : AnnotationValue
    {
        /// <summary>Where it is derived from the one that the term declares: its vocabulary and its name.</summary>
        public (string Namespace, string Name)? Type { get; init; }
    }

    public static readonly AnnotationValue True = new Constant(true);
    public static readonly AnnotationValue False = new Constant(false);

    public static AnnotationValue Of(bool value) => value ? True : False;
}
