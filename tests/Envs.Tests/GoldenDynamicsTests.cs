namespace MamlRobotics.Envs.Tests;

public class GoldenDynamicsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("golden").FullName;

    public static IEnumerable<object[]> Cases =>
        TaskFamilies.ByName.Keys.Order().SelectMany(family => NumberTypes.All.Keys.Select(type => new object[] { family, type }));

    public void Dispose()
    {
        Directory.Delete(folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_dynamics_are_those_that_were_recorded(string family, string numberType)
    {
        GoldenDynamics golden = GoldenFile.Read(Path.Combine(AppContext.BaseDirectory, "golden", family + ".safetensors"));
        Assert.Empty(golden.ChangedSettings());
        Assert.Null(golden.FirstDeviation(NumberTypes.All[numberType], tolerance: numberType == "scalar" ? 1e-11 : 2e-5));
    }

    [Fact]
    public void A_changed_number_is_reported_with_its_task_step_coordinate_and_size()
    {
        GoldenDynamics golden = GoldenDynamics.Record(TaskFamilies.ByName["arm-goals"], tasks: 2, steps: 7);
        golden.Next[7 + 3][1] += 0.25;
        golden.Rewards[7 + 5] += 1;
        Deviation first = golden.FirstDeviation(NumberTypes.All["scalar"], 1e-9)!;
        Assert.Equal((1, 3, "angle_2"), (first.Task, first.Step, first.Coordinate));
        Assert.Equal(0.25, first.Size, tolerance: 1e-12);
    }

    [Fact]
    public void A_changed_parameter_is_named()
    {
        GoldenDynamics golden = GoldenDynamics.Record(TaskFamilies.ByName["arm-goals"], tasks: 1, steps: 2);
        var settings = new Dictionary<string, string>(golden.Settings) { ["damping_1"] = "0.3 N m s/rad" };
        Assert.Equal(["damping_1 was 0.3 N m s/rad and is 0.2 N m s/rad"], (golden with { Settings = settings }).ChangedSettings());
    }

    [Fact]
    public void A_file_holds_what_was_written()
    {
        GoldenDynamics golden = GoldenDynamics.Record(TaskFamilies.ByName["acrobot"], tasks: 1, steps: 5);
        string path = Path.Combine(folder, "a");
        GoldenFile.Write(path, golden);
        GoldenDynamics read = GoldenFile.Read(path);
        Assert.Equal(golden.Family, read.Family);
        Assert.Equal(golden.Settings, read.Settings);
        Assert.Equal(golden.States, read.States);
        Assert.Equal(golden.Actions, read.Actions);
        Assert.Equal(golden.Next, read.Next);
        Assert.Equal(golden.Rewards, read.Rewards);
        Assert.Equal(golden.Terminated, read.Terminated);
    }

    [Fact]
    public void A_damaged_truncated_or_foreign_file_gives_one_line()
    {
        string path = Path.Combine(folder, "a");
        GoldenFile.Write(path, GoldenDynamics.Record(TaskFamilies.ByName["maml-nav"], tasks: 1, steps: 5));
        byte[] whole = File.ReadAllBytes(path);
        for (int length = 0; length < whole.Length; length += 97) Refused(whole[..length]);
        for (int position = 0; position < whole.Length; position += 31)
        {
            byte[] damaged = [.. whole];
            damaged[position] ^= 0x40;
            Refused(damaged);
        }
        new Safetensors(new Dictionary<string, NamedArray>(), new Dictionary<string, string> { ["kind"] = "else" }).Write(path);
        Refused(File.ReadAllBytes(path));

        void Refused(byte[] content)
        {
            File.WriteAllBytes(path, content);
            InputException problem = Assert.Throws<InputException>(() => GoldenFile.Read(path));
            Assert.Contains(path, problem.Message);
            Assert.DoesNotContain('\n', problem.Message);
        }
    }

    [Fact]
    public void A_recording_of_an_unknown_environment_is_refused_by_name()
    {
        GoldenDynamics golden = GoldenDynamics.Record(TaskFamilies.ByName["maml-nav"], 1, 1) with { Family = "maml-navv" };
        InputException problem = Assert.Throws<InputException>(() => golden.FirstDeviation(NumberTypes.All["scalar"], 0));
        Assert.Contains("did you mean 'maml-nav'", problem.Message);
    }
}
