using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace MamlRobotics.Policies;

/// <summary>
/// Prepares libtorch when an assembly is loaded. This file is compiled into every assembly that uses torch
/// (Directory.Build.targets), because any of them may be the first to use it.
/// </summary>
file static class TorchStart
{
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "Nobody can call a method before libtorch is loaded by a static constructor.")]
    internal static void Prepare() => NativeTorch.Prepare();
}
