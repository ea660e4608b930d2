namespace BackendApi.Model.Csdl;

/// <summary>An annotation as both formats of CSDL write it.</summary>
/// <param name="Term">Qualified with its namespace: not every reader resolves aliases of references.</param>
internal sealed record Annotation(string Term, AnnotationValue Value);

/// <summary>The expressions that we annotate with (CSDL 4.01, 14.3 and 14.4).</summary>
internal abstract record AnnotationValue
{
    public sealed record Text(string Value) : AnnotationValue;
    public sealed record Flag(bool Value) : AnnotationValue;
    public sealed record Number(long Value) : AnnotationValue;
    public sealed record PropertyPath(string Value) : AnnotationValue;
    public sealed record ValuePath(string Value) : AnnotationValue;
    public sealed record Member(string Value) : AnnotationValue;
    public sealed record Collection(IReadOnlyList<AnnotationValue> Items) : AnnotationValue;
    public sealed record Record(params (string Name, AnnotationValue Value)[] Members) : AnnotationValue;

    public static readonly AnnotationValue True = new Flag(true);
    public static readonly AnnotationValue False = new Flag(false);

    public static AnnotationValue Of(bool value) => value ? True : False;
}
