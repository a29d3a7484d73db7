using MamlRobotics.MetaRL.Tests;

namespace MamlRobotics.EmulatedDevice.Tests;

/// <summary>The tests of a device, on one that refuses operators on tensors of two devices.</summary>
public sealed class EmulatedDeviceTests : DeviceTests;
