using System.Text.Json;
using MamlRobotics.Envs;

namespace MamlRobotics.Native;

/// <summary>What there is to know of the families, as JSON.</summary>
internal static class FamilyText
{
    public static byte[] Names() => Write(json =>
    {
        json.WriteStartArray();
        foreach (string name in TaskFamilies.ByName.Keys.Order(StringComparer.Ordinal)) json.WriteStringValue(name);
        json.WriteEndArray();
    });

    public static byte[] Of(TaskFamily family) => Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("name", family.Name);
        json.WriteString("summary", family.Summary);
        json.WriteString("source", family.Source);
        json.WriteNumber("horizon", family.Spec.Horizon);
        json.WriteNumber("action_unit", family.ActionUnit);
        Write(json, "state", family.Spec.State);
        Write(json, "observation", family.Spec.Observation);
        Write(json, "action", family.Spec.Action);
        Write(json, "task", family.Spec.Task);
        json.WriteStartArray("test_tasks");
        for (int task = 0; task < family.TestTasks.Count; task++)
            foreach (double value in family.TestTasks.Row(task)) json.WriteNumberValue(value);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static byte[] Write(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream)) write(json);
        return stream.ToArray();
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<Coordinate> coordinates)
    {
        json.WriteStartArray(name);
        foreach (Coordinate coordinate in coordinates)
        {
            json.WriteStartObject();
            json.WriteString("name", coordinate.Name);
            json.WriteString("unit", coordinate.Unit);
            // JSON has no infinite numbers: a bound that is not there is left out.
            if (double.IsFinite(coordinate.Low)) json.WriteNumber("low", coordinate.Low);
            if (double.IsFinite(coordinate.High)) json.WriteNumber("high", coordinate.High);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
