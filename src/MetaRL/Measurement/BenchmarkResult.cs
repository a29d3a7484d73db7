using System.Text.Json;
using System.Text.Json.Nodes;
using MamlRobotics.Envs;

namespace MamlRobotics.MetaRL;

/// <summary>The figures of one run of the benchmark, in plain units: of an iteration the medians, of everything else the fastest repetition.</summary>
/// <param name="Machine">Processor, device, threads, libraries and commit</param>
public sealed record BenchmarkResult(string Machine, IReadOnlyDictionary<string, double> Values)
{
    private const string MachineKey = "machine";

    /// <summary>NaN where the run did not measure it.</summary>
    public double this[Figure figure] => Values.TryGetValue(figure.Key, out double value) ? value : double.NaN;

    /// <summary>The peak that a figure is held against; one where there is none.</summary>
    public double PeakOf(Bound bound) => bound switch
    {
        Bound.Arithmetic => this[Figures.Peak],
        Bound.ThreadArithmetic => this[Figures.ThreadPeak],
        Bound.Memory => this[Figures.MemoryCopied],
        _ => 1,
    };

    /// <summary>A JSON object: a key for each figure, and the machine.</summary>
    public string ToJson()
    {
        var json = new JsonObject();
        foreach (Figure figure in Figures.All.Where(figure => Values.ContainsKey(figure.Key))) json[figure.Key] = Values[figure.Key];
        json[MachineKey] = Machine;
        return json.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
    }

    /// <summary>Reads the JSON of an earlier run; one of an older program may lack figures.</summary>
    /// <exception cref="InputException">There is no such file, or it is not one.</exception>
    public static BenchmarkResult Read(string path)
    {
        if (!File.Exists(path)) throw new InputException($"There is no file {path}.");
        JsonObject? json;
        try
        {
            json = JsonText.Parse(InputFile.ReadText(path));
        }
        catch (Exception problem) when (problem is JsonException or ArgumentException)
        {
            throw new InputException($"{path} is damaged: {problem.Message.Split('\n')[0]}");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"Cannot read {path}: {problem.Message}");
        }
        if (json is null || !json.ContainsKey(Figures.Peak.Key)) throw new InputException($"{path} is no result of `maml bench --json`: it has no {Figures.Peak.Key}.");
        var values = new Dictionary<string, double>();
        foreach (Figure figure in Figures.All.Where(figure => json.ContainsKey(figure.Key)))
        {
            if (json[figure.Key] is not JsonValue number || !number.TryGetValue(out double value) || !(value > 0 && double.IsFinite(value)))
                throw new InputException($"{path} is damaged: {figure.Key} must be a number above zero, not {json[figure.Key]?.ToJsonString() ?? "null"}.");
            values[figure.Key] = value;
        }
        return new BenchmarkResult(json[MachineKey] is JsonValue name && name.TryGetValue(out string? text) ? text : "unknown machine", values);
    }
}
