using System.Globalization;

namespace MamlRobotics.Envs;

/// <summary>Refuses tasks that an environment cannot simulate.</summary>
public static class PossibleTasks
{
    extension(EnvironmentSpec spec)
    {
        /// <param name="tasks">With the columns of <see cref="EnvironmentSpec.Task"/></param>
        /// <param name="file">The file that the tasks come from, if any</param>
        /// <exception cref="InputException">A task is impossible; the message names its row, counted from 1.</exception>
        public void RequirePossible(TaskBatch tasks, string? file = null)
        {
            ArgumentNullException.ThrowIfNull(tasks);
            for (int task = 0; task < tasks.Count; task++)
            {
                if ((NotFinite(tasks, task) ?? spec.Flaw(tasks.Row(task))) is not { } flaw) continue;
                string number = (task + 1).ToString(CultureInfo.InvariantCulture);
                throw new InputException($"{(file is null ? $"Task {number}" : $"Row {number} of {file}")} is impossible: {flaw}.");
            }
        }
    }

    // Simulators compute in single precision.
    private static string? NotFinite(TaskBatch tasks, int task)
    {
        for (int column = 0; column < tasks.Columns.Count; column++)
        {
            double value = tasks[task, column];
            if (float.IsFinite((float)value)) continue;
            return string.Create(
                CultureInfo.InvariantCulture, $"{tasks.Columns[column]} is {value:R}, which is too large for single precision");
        }
        return null;
    }
}
