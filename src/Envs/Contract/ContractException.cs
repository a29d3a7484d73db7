namespace MamlRobotics.Envs;

/// <summary>A family breaks a claim of <see cref="EnvironmentContract"/>.</summary>
public sealed class ContractException(string message) : Exception(message)
{
    internal static void Unless(bool holds, TaskFamily family, string claim)
    {
        if (!holds) throw new ContractException($"{family.Name} breaks: {claim}.");
    }
}
