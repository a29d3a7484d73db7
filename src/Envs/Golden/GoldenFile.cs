using System.Text.Json;

namespace MamlRobotics.Envs;

/// <summary>Golden dynamics in a safetensors file.</summary>
public static class GoldenFile
{
    private const string Kind = "maml dynamics 1";

    public static void Write(string path, GoldenDynamics golden)
    {
        ArgumentNullException.ThrowIfNull(golden);
        long tasks = golden.Tasks.Count, steps = golden.States.Length / tasks;
        NamedArray Rows(double[][] rows) => new([tasks, steps, rows[0].Length], (double[])[.. rows.SelectMany(row => row)]);
        double[] taskValues = [.. Enumerable.Range(0, golden.Tasks.Count).SelectMany(task => golden.Tasks.Row(task).ToArray())];
        var arrays = new Dictionary<string, NamedArray>
        {
            ["tasks"] = new([tasks, golden.Tasks.Columns.Count], taskValues),
            ["states"] = Rows(golden.States),
            ["actions"] = Rows(golden.Actions),
            ["next_states"] = Rows(golden.Next),
            ["rewards"] = new([tasks, steps], golden.Rewards),
            ["terminated"] = new([tasks, steps], (long[])[.. golden.Terminated.Select(flag => flag ? 1L : 0L)]),
        };
        new Safetensors(arrays, new Dictionary<string, string>
        {
            ["kind"] = Kind,
            ["family"] = golden.Family,
            ["task_columns"] = string.Join(',', golden.Tasks.Columns),
            ["settings"] = JsonSerializer.Serialize(golden.Settings),
        }).Write(path);
    }

    /// <exception cref="InputException">The file cannot be read, is damaged, or is not a recording of dynamics.</exception>
    public static GoldenDynamics Read(string path)
    {
        Safetensors file = Safetensors.Read(path);
        if (file.Metadata.GetValueOrDefault("kind") != Kind)
            throw new InputException($"{path} is not a recording by `maml dynamics record`.");
        try
        {
            return Parse(file);
        }
        catch (Exception problem)
            when (problem is KeyNotFoundException or InvalidCastException or JsonException or ArgumentException or FormatException)
        {
            throw new InputException($"{path} is not a complete recording by `maml dynamics record`.");
        }
    }

    private static GoldenDynamics Parse(Safetensors file)
    {
        double[][] states = Rows("states");
        if (states.Length == 0) throw new FormatException();
        var tasks = new TaskBatch(file.Metadata["task_columns"].Split(','), (double[])file.Arrays["tasks"].Data);
        var rewards = (double[])file.Arrays["rewards"].Data;
        bool[] terminated = [.. ((long[])file.Arrays["terminated"].Data).Select(flag => flag != 0)];
        (double[][] actions, double[][] next) = (Rows("actions"), Rows("next_states"));
        int[] lengths = [actions.Length, next.Length, rewards.Length, terminated.Length];
        bool isWhole = tasks.Count > 0 && states.Length % tasks.Count == 0 && lengths.All(length => length == states.Length);
        if (!isWhole || next[0].Length != states[0].Length) throw new FormatException();
        var settings = JsonSerializer.Deserialize<Dictionary<string, string>>(file.Metadata["settings"]) ?? throw new FormatException();
        return new GoldenDynamics(file.Metadata["family"], settings, tasks, states, actions, next, rewards, terminated);

        double[][] Rows(string name)
        {
            NamedArray array = file.Arrays[name];
            if (array.Shape.Length != 3 || array.Shape[2] < 1) throw new FormatException();
            return [.. ((double[])array.Data).Chunk((int)array.Shape[2])];
        }
    }
}
