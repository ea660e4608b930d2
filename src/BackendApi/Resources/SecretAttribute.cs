namespace BackendApi.Resources;

/// <summary>A parameter of an action whose value is a secret: the audit log says that it was given, and not what.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class SecretAttribute : Attribute;
