namespace BackendApi.Resources;

/// <summary>
/// A parameter of an action whose value is a secret: the audit log says that it was given, and not what. On the result of an action (<c>[return: Secret]</c>): the answer shows it once, and nothing
/// keeps it, so the request is not repeatable. On a facade: it shows a secret of each entity that it creates (<see cref="WriteRow.ShowOnce"/>), as OpenAPI says then.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.ReturnValue | AttributeTargets.Class)]
public sealed class SecretAttribute : Attribute;
