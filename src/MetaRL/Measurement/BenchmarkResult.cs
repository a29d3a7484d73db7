using System.Text.Json;
using System.Text.Json.Nodes;
using MamlRobotics.Envs;

namespace MamlRobotics.MetaRL;

/// <summary>
/// The figures of one run of the benchmark, in plain units. Figures of an iteration are medians; all others are of the fastest
/// repetition.
/// </summary>
/// <param name="Machine">The processor, device, threads, libraries and commit</param>
public sealed record BenchmarkResult(string Machine, IReadOnlyDictionary<string, double> Values)
{
    private const string MachineKey = "machine";

    /// <summary>The value of a figure; NaN where the run did not measure it.</summary>
    public double this[Figure figure] => Values.TryGetValue(figure.Key, out double value) ? value : double.NaN;

    /// <summary>The peak of the machine that limits a figure; one where nothing limits it.</summary>
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

    /// <summary>Reads the JSON of an earlier run, which may lack figures if an older program wrote it.</summary>
    /// <exception cref="InputException">The file is missing, or it is not a result of the benchmark.</exception>
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
        if (json is null || !json.ContainsKey(Figures.Peak.Key))
            throw new InputException($"{path} is no result of `maml bench --json`: it has no {Figures.Peak.Key}.");
        IEnumerable<Figure> measured = Figures.All.Where(figure => json.ContainsKey(figure.Key));
        var values = measured.ToDictionary(figure => figure.Key, figure => Positive(json[figure.Key], figure.Key, path));
        string machine = json[MachineKey] is JsonValue name && name.TryGetValue(out string? text) ? text : "unknown machine";
        return new BenchmarkResult(machine, values);
    }

    private static double Positive(JsonNode? node, string key, string path)
    {
        bool isPositive = node is JsonValue number && number.TryGetValue(out double value) && value > 0 && double.IsFinite(value);
        return isPositive ? node!.GetValue<double>()
            : throw new InputException($"{path} is damaged: {key} must be a number above zero, not {node?.ToJsonString() ?? "null"}.");
    }
}
