using Microsoft.Extensions.DependencyInjection;

namespace BackendApi.Resources;

/// <summary>
/// A part of the service that is compiled: entity sets, singletons, functions and actions, and the facades behind them. It is in every snapshot of the model, in one
/// <c>$metadata</c> with the stored definitions, and can live in an assembly of its own.
/// </summary>
/// <remarks>A host adds it by one line: <see cref="ResourceModuleServices.AddModule{TModule}"/>.</remarks>
public abstract class ResourceModule
{
    /// <summary>Says what there is. Called once, before the services are built.</summary>
    /// <exception cref="ArgumentException">Thrown by <see cref="ModuleBuilder"/> for what cannot be described, with the reason.</exception>
    public abstract void Declare(ModuleBuilder module);

    /// <summary>
    /// What the module needs besides the facades that it names: those are registered once per request unless this registers them in another way. Tables of its own are a
    /// <see cref="Model.Store.ProductArea"/> that is added here.
    /// </summary>
    public virtual void AddServices(IServiceCollection services) { }
}

/// <summary>How a host adds its modules.</summary>
public static class ResourceModuleServices
{
    /// <summary>Makes a module part of the service. The order of modules and of <c>AddBackendApi</c> does not matter.</summary>
    /// <exception cref="ArgumentException">The module declares what cannot be described; the message says where.</exception>
    public static IServiceCollection AddModule<TModule>(this IServiceCollection services)
        where TModule : ResourceModule, new()
    {
        var module = new TModule();
        var declared = new ModuleBuilder();
        module.Declare(declared);
        module.AddServices(services);
        foreach (var facade in declared.Facades)
            if (!services.Any(service => service.ServiceType == facade))
                services.AddScoped(facade);
        return services.AddSingleton(declared.Build());
    }
}
