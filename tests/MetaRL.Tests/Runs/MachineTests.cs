using System.Runtime.Versioning;
using MamlRobotics.Tests.Support;

namespace MamlRobotics.MetaRL.Tests;

public class MachineTests
{
    // A shell script stands for the driver's tool.
    [FactWith("sh")]
    [UnsupportedOSPlatform("windows")]
    public void A_cuda_device_has_the_name_that_the_drivers_tool_tells()
    {
        string folder = Directory.CreateTempSubdirectory().FullName, tool = Path.Combine(folder, "nvidia-smi");
        string path = Environment.GetEnvironmentVariable("PATH")!;
        File.WriteAllText(tool, "#!/bin/sh\necho 'NVIDIA Tested 1'\n");
        File.SetUnixFileMode(tool, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Environment.SetEnvironmentVariable("PATH", folder + Path.PathSeparator + path);
        try
        {
            Assert.Equal("cuda (NVIDIA Tested 1)", Machine.NameOf(new Device("cuda")));
            Assert.Equal("cpu", Machine.NameOf(CPU));
        }
        finally
        {
            Environment.SetEnvironmentVariable("PATH", path);
            Directory.Delete(folder, recursive: true);
        }
    }
}
