using System.Globalization;
using MamlRobotics.Tests.Support;

namespace MamlRobotics.Cli.Tests;

/// <summary>`mpirun maml train`: the program in several processes of a real MPI.</summary>
public sealed class MpiTests : IDisposable
{
    private static readonly (string Name, string Value)[] Variables =
        [("OMPI_ALLOW_RUN_AS_ROOT", "1"), ("OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1")];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [FactWith("mpirun.openmpi")]
    public void OpenMpiTrainsToTheSameBitsAsOneProcess() => TrainsToTheSameBits("mpirun.openmpi", "--oversubscribe");

    [FactWith("mpirun.mpich")]
    public void MpichTrainsToTheSameBitsAsOneProcess() => TrainsToTheSameBits("mpirun.mpich");

    private void TrainsToTheSameBits(params string[] launcher)
    {
        Assert.Equal(0, MamlCommand.Run(folder.Train("alone", 3)).Code);
        using MamlProcess mpirun = Start([.. launcher, "-n", "2"], folder.Train("jointly", 3));
        ProcessResult result = mpirun.Wait();
        Assert.Equal((0, ""), (result.Code, result.Error));
        RequireSame("alone", "jointly");
        // One process prints.
        Assert.Single(result.Output.Split('\n'), line => line.StartsWith("Trained 3 iterations.", StringComparison.Ordinal));
        Assert.Contains("\"processes\": 2", File.ReadAllText(folder.In("jointly", "machine.json")), StringComparison.Ordinal);
    }

    [FactWith("mpirun.openmpi", "pgrep")]
    public void AProcessThatIsKilledEndsTheRunWhichGoesOnInOneProcess()
    {
        using (MamlProcess mpirun = Start(["mpirun.openmpi", "--oversubscribe", "-n", "2"], folder.Train("run", 100_000)))
        {
            mpirun.WaitUntil(() => folder.Rows("run") > 7);
            Assert.Equal(0, Shell($"kill -9 $(pgrep -P {mpirun.Id} | tail -n 1)").Code);
            ProcessResult ended = mpirun.Wait();
            Assert.Equal(137, ended.Code);
            Assert.Contains("rank 1", ended.Error, StringComparison.Ordinal);
        }
        // mpirun may end before the last one of its processes.
        Patience.Until(() => !RunFolder.IsInUse(folder.In("run")));
        int saved = Checkpoint.Read(folder.Latest("run")).Iteration, whole = folder.Rows("run") + 2;
        Assert.InRange(saved, 7, folder.Rows("run"));
        // The last iteration of a run is validated, so both runs have the same last one.
        string last = string.Create(CultureInfo.InvariantCulture, $"iterations={whole}");
        ProcessResult resumed = MamlCommand.Run("train", "--resume", folder.In("run"), "--threads", "1", "--set", last);
        Assert.Equal((0, ""), (resumed.Code, resumed.Error));
        Assert.Equal(0, MamlCommand.Run(folder.Train("alone", whole)).Code);
        RequireSame("alone", "run");
    }

    [FactWith("mpirun.openmpi")]
    public void WhatIsWrongIsSaidOnceAndNothingIsWritten()
    {
        Directory.CreateDirectory(folder.In("full", "of"));
        using MamlProcess mpirun = Start(["mpirun.openmpi", "--oversubscribe", "-n", "2"], folder.Train("full", 3));
        ProcessResult result = mpirun.Wait();
        Assert.Equal(2, result.Code);
        string said = Assert.Single(result.Error.Split('\n'), line => line.StartsWith("maml: ", StringComparison.Ordinal));
        Assert.Contains("is not empty; give --out another folder", said, StringComparison.Ordinal);
        Assert.Equal([folder.In("full", "of")], Directory.GetFileSystemEntries(folder.In("full")));
    }

    [Theory]
    [InlineData("OMPI_COMM_WORLD_SIZE=2 OMPI_COMM_WORLD_RANK=0 MAML_MPI=/nowhere/mpi.so", "there is no MPI library (/nowhere/mpi.so)")]
    [InlineData("SLURM_STEP_NUM_TASKS=2 SLURM_PROCID=0", "Slurm started several processes without MPI: give srun --mpi=pmix")]
    public void AnMpiThatIsNotThereIsNamed(string variables, string saying)
    {
        (string, string)[] environment = [.. variables.Split(' ').Select(word => word.Split('=')).Select(pair => (pair[0], pair[1]))];
        using MamlProcess process = MamlProcess.Start(environment, folder.Train("run", 3));
        process.Wait().MustFail(2, saying);
        Assert.False(Directory.Exists(folder.In("run")));
    }

    [Theory]
    [InlineData("sweep SMALL --out FOLDER/sweep", "maml sweep runs in one process")]
    [InlineData("demo --out FOLDER/demo", "maml demo runs in one process")]
    public void OtherCommandsRefuseToRunSeveralTimes(string command, string saying)
    {
        using MamlProcess process = MamlProcess.Start([("OMPI_COMM_WORLD_SIZE", "2")], folder.Words(command));
        process.Wait().MustFail(2, saying);
    }

    [FactWith("mpirun.openmpi")]
    public void AnotherLibraryThanThatOfTheLauncherIsRefused()
    {
        // Without its launcher, a library sees one process.
        (string, string)[] launched = [("OMPI_COMM_WORLD_SIZE", "2"), ("OMPI_COMM_WORLD_RANK", "0")];
        using MamlProcess process = MamlProcess.Start([.. launched, .. Variables], folder.Train("run", 3));
        process.Wait().MustFail(2, "2 processes were started, but the MPI library sees 1");
    }

    /// <summary>Two network namespaces with their own host names and addresses are two machines.</summary>
    [FactOfRoot("mpirun.openmpi", "ip", "unshare")]
    public void ProcessesOnTwoMachinesTrainToTheSameBits()
    {
        Assert.Equal(0, MamlCommand.Run(folder.Train("alone", 3)).Code);
        string name = string.Create(CultureInfo.InvariantCulture, $"maml-{Environment.ProcessId}-");
        File.WriteAllText(folder.In("agent.sh"), Agent.Replace("NAME", name, StringComparison.Ordinal));
        try
        {
            string machines = Machines.Replace("NAME", name, StringComparison.Ordinal);
            Assert.Equal(("", 0), Outcome(Shell($"chmod +x {folder.In("agent.sh")}\n{machines}")));
            string[] onFirst = ["sh", folder.In("agent.sh"), "10.77.0.1"];
            string[] launcher =
            [
                "mpirun.openmpi", "--host", "10.77.0.1:1,10.77.0.2:1", "-n", "2", "--mca", "plm_rsh_agent", folder.In("agent.sh"),
                "--mca", "btl", "tcp,self", "--mca", "oob_tcp_if_include", "10.77.0.0/24", "--mca", "btl_tcp_if_include", "10.77.0.0/24",
            ];
            using MamlProcess mpirun = Start([.. onFirst, .. launcher], folder.Train("jointly", 3));
            ProcessResult result = mpirun.Wait();
            Assert.Equal(("", 0), Outcome(result));
            RequireSame("alone", "jointly");
            // The bits went over the wire.
            ProcessResult sent = Shell($"ip netns exec {name}1 cat /sys/class/net/v1/statistics/tx_bytes");
            Assert.InRange(int.Parse(sent.Output, CultureInfo.InvariantCulture), 10_000, int.MaxValue);
        }
        finally
        {
            Shell($"ip netns del {name}1; ip netns del {name}2");
        }

        static (string Error, int Code) Outcome(ProcessResult result) => (result.Error, result.Code);
    }

    private const string Machines =
        """
        set -e
        ip netns add NAME1; ip netns add NAME2
        ip link add v1 netns NAME1 type veth peer name v2 netns NAME2
        for n in 1 2; do
          ip -n NAME$n addr add 10.77.0.$n/24 dev v$n; ip -n NAME$n link set lo up; ip -n NAME$n link set v$n up
        done
        """;

    // In the place of ssh: HOST COMMAND...
    private const string Agent =
        """
        #!/bin/sh
        number=${1##*.}; shift
        exec ip netns exec NAME$number unshare --uts sh -c "hostname NAME$number; $*"
        """;

    private static MamlProcess Start(string[] launcher, string[] arguments) =>
        MamlProcess.StartCommand([.. launcher, "dotnet", MamlProcess.ProgramPath, .. arguments], Variables);

    private static ProcessResult Shell(string script)
    {
        using MamlProcess shell = MamlProcess.StartCommand(["sh", "-c", script]);
        return shell.Wait();
    }

    private void RequireSame(string one, string other)
    {
        Assert.Equal(folder.Metrics(one), folder.Metrics(other));
        Checkpoint expected = Checkpoint.Read(folder.Latest(one)), actual = Checkpoint.Read(folder.Latest(other));
        Assert.Equal(expected.Theta, actual.Theta);
        Assert.Equal(expected.LearnerState["adam.first_moment"].Data, actual.LearnerState["adam.first_moment"].Data);
        Assert.Equal(expected.Iteration, actual.Iteration);
    }

    private sealed class FactOfRootAttribute : FactAttribute
    {
        public FactOfRootAttribute(params string[] programs) =>
            Skip = Programs.Missing(programs) ?? (Environment.IsPrivilegedProcess ? null : "Only root can make network namespaces.");
    }
}
