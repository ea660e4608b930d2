using BackendApi.Access;
using BackendApi.Support;

namespace BackendApi.Resources.Configurations;

/// <summary>Who may do with configurations what shows more than the configurations themselves.</summary>
internal static class ConfigurationRights
{
    /// <summary>Only a caller who may do everything with all configurations: whoever may is able to publish any table, and so to read it.</summary>
    /// <exception cref="ServiceException"><see cref="Errors.Forbidden"/></exception>
    public static void RequireAll(Caller caller)
    {
        if (!caller.Permissions.IsUnrestricted && !caller.Permissions.On(ConfigurationModule.Configurations).IsUnrestricted)
            throw new ServiceException(Errors.Forbidden, $"This takes a grant of everything on {ConfigurationModule.Configurations}, for all of its rows and properties.");
    }
}
