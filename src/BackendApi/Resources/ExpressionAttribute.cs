namespace BackendApi.Resources;

/// <summary>
/// Says how the database computes a function, so that it can be called in <c>$filter</c>, <c>$orderby</c>, <c>$compute</c> and wherever else an expression stands. The expression
/// takes the place of the call; a call in a path runs the method, which must give the same.
/// </summary>
/// <param name="text">An OData expression over the properties of the entity that the function is bound to, and over its parameters, which win over properties of their names.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ExpressionAttribute(string text) : Attribute
{
    public string Text => text;
}
