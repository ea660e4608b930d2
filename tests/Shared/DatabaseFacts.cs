using System.ComponentModel;
using Xunit;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace BackendApi.Testing;

/// <summary>
/// A test that is written once in an abstract class and run by one subclass for each database. Where the database of a subclass cannot be
/// had (<see cref="NeedsAttribute"/>), its tests are reported as skipped, with the reason.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("BackendApi.Testing.DatabaseFactDiscoverer", TestAssembly.Name)]
public sealed class DatabaseFactAttribute : FactAttribute;

/// <summary>As <see cref="DatabaseFactAttribute"/>, with data.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("BackendApi.Testing.DatabaseTheoryDiscoverer", TestAssembly.Name)]
public sealed class DatabaseTheoryAttribute : TheoryAttribute;

/// <summary>The provider that the tests of a class cannot do without.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsAttribute(string provider) : Attribute
{
    public string Provider { get; } = provider;

    internal static string? Reason(ITypeInfo type) =>
        type.GetCustomAttributes(typeof(NeedsAttribute)).FirstOrDefault()?.GetConstructorArguments().First() switch
        {
            "PostgreSql" => PrivatePostgreSql.Unavailable,
            "SqlServer" => SqlServerTestDatabase.Missing,
            _ => null,
        };
}

public sealed class DatabaseFactDiscoverer(IMessageSink diagnostics) : FactDiscoverer(diagnostics)
{
    protected override IXunitTestCase CreateTestCase(ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        new DatabaseTestCase(DiagnosticMessageSink, discoveryOptions.MethodDisplayOrDefault(), discoveryOptions.MethodDisplayOptionsOrDefault(), testMethod);
}

public sealed class DatabaseTheoryDiscoverer(IMessageSink diagnostics) : TheoryDiscoverer(diagnostics)
{
    protected override IEnumerable<IXunitTestCase> CreateTestCasesForDataRow(ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo theoryAttribute, object[] dataRow) =>
        [new DatabaseTestCase(DiagnosticMessageSink, discoveryOptions.MethodDisplayOrDefault(), discoveryOptions.MethodDisplayOptionsOrDefault(), testMethod, dataRow)];

    protected override IEnumerable<IXunitTestCase> CreateTestCasesForTheory(ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo theoryAttribute) =>
        NeedsAttribute.Reason(testMethod.TestClass.Class) is null
            ? base.CreateTestCasesForTheory(discoveryOptions, testMethod, theoryAttribute)
            : [new DatabaseTestCase(DiagnosticMessageSink, discoveryOptions.MethodDisplayOrDefault(), discoveryOptions.MethodDisplayOptionsOrDefault(), testMethod)];
}

/// <summary>Asks again whenever the runner makes it anew, so that the reason need not travel.</summary>
public sealed class DatabaseTestCase : XunitTestCase
{
    [EditorBrowsable(EditorBrowsableState.Never)]
    [Obsolete("For the deserializer.")]
    public DatabaseTestCase() { }

    public DatabaseTestCase(IMessageSink diagnostics, TestMethodDisplay display, TestMethodDisplayOptions displayOptions, ITestMethod method, object[]? arguments = null)
        : base(diagnostics, display, displayOptions, method, arguments) { }

    protected override string? GetSkipReason(IAttributeInfo factAttribute) => base.GetSkipReason(factAttribute) ?? NeedsAttribute.Reason(TestMethod.TestClass.Class);
}
