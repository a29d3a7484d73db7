using System.Runtime.InteropServices;
using System.Text;
using MamlRobotics.Envs;

namespace MamlRobotics.Native;

/// <summary>
/// The functions of the native library, for any language that calls C. Text is UTF-8 and ends with a zero. A function returns a negative
/// number where it failed; `maml_error` then says why, in one line.
/// </summary>
internal static unsafe class Exports
{
    private const int Failed = -1;

    [ThreadStatic]
    private static string? problem;

    /// <summary>Writes why the last call on this thread failed.</summary>
    /// <inheritdoc cref="Copy"/>
    [UnmanagedCallersOnly(EntryPoint = "maml_error")]
    public static int Error(byte* buffer, int size) => Copy(Encoding.UTF8.GetBytes(problem ?? ""), buffer, size);

    /// <summary>Writes the names of all families, a JSON list.</summary>
    /// <inheritdoc cref="Copy"/>
    [UnmanagedCallersOnly(EntryPoint = "maml_families")]
    public static int Families(byte* buffer, int size) => Try(() => Copy(FamilyText.Names(), buffer, size));

    /// <summary>Writes what a family is, a JSON object.</summary>
    /// <inheritdoc cref="Copy"/>
    [UnmanagedCallersOnly(EntryPoint = "maml_family")]
    public static int Family(byte* name, byte* buffer, int size) => Try(() => Copy(FamilyText.Of(Named(name)), buffer, size));

    /// <summary>Draws tasks, those that <see cref="ITaskDistribution"/> draws from the stream "tasks" of a seed.</summary>
    /// <param name="tasks">[count, task columns] to write</param>
    [UnmanagedCallersOnly(EntryPoint = "maml_draw_tasks")]
    public static int DrawTasks(byte* name, long seed, int count, double* tasks) => Try(() =>
    {
        TaskBatch drawn = Named(name).Tasks.Sample(RandomStream.FromSeed(seed).Stream("tasks"), count);
        for (int task = 0; task < count; task++)
            drawn.Row(task).CopyTo(new Span<double>(tasks + (long)task * drawn.Columns.Count, drawn.Columns.Count));
        return 0;
    });

    /// <summary>Creates environments, each with its own task.</summary>
    /// <param name="tasks">[count, task columns]</param>
    /// <param name="addresses">[7], see <see cref="VectorSimulation.Addresses"/></param>
    /// <param name="stride">[1], the distance from one coordinate to the next, in numbers</param>
    /// <returns>A handle for the functions below, zero where there is none</returns>
    [UnmanagedCallersOnly(EntryPoint = "maml_open")]
    public static nint Open(byte* name, double* tasks, int count, int threads, nint* addresses, int* stride)
    {
        nint handle = 0;
        Try(() =>
        {
            TaskFamily family = Named(name);
            IReadOnlyList<string> columns = family.Tasks.Columns;
            double[] values = new Span<double>(tasks, checked(count * columns.Count)).ToArray();
            var simulation = new VectorSimulation(family, new TaskBatch(columns, values), threads);
            foreach ((int i, nint address) in simulation.Addresses.Index()) addresses[i] = address;
            *stride = simulation.Stride;
            handle = GCHandle.ToIntPtr(GCHandle.Alloc(simulation));
            return 0;
        });
        return handle;
    }

    /// <summary>Gives each environment a task, which holds from the next step on.</summary>
    /// <param name="tasks">[length], the rows of all environments</param>
    [UnmanagedCallersOnly(EntryPoint = "maml_set_tasks")]
    public static int SetTasks(nint handle, double* tasks, int length) => Try(() =>
    {
        Of(handle).SetTasks(new Span<double>(tasks, length).ToArray());
        return 0;
    });

    /// <summary>Starts a new episode in every environment.</summary>
    [UnmanagedCallersOnly(EntryPoint = "maml_reset")]
    public static int Reset(nint handle, long seed) => Try(() =>
    {
        Of(handle).Reset(seed);
        return 0;
    });

    /// <summary>Takes a step with the actions in their buffer.</summary>
    /// <returns>The number of episodes that the step ended</returns>
    [UnmanagedCallersOnly(EntryPoint = "maml_step")]
    public static int Step(nint handle) => Try(() => Of(handle).Step());

    /// <summary>Frees the environments with their buffers.</summary>
    [UnmanagedCallersOnly(EntryPoint = "maml_close")]
    public static int Close(nint handle) => Try(() =>
    {
        Of(handle).Dispose();
        GCHandle.FromIntPtr(handle).Free();
        return 0;
    });

    private static VectorSimulation Of(nint handle) => (VectorSimulation)GCHandle.FromIntPtr(handle).Target!;

    private static TaskFamily Named(byte* name) => TaskFamilies.Named(Marshal.PtrToStringUTF8((nint)name)!);

    /// <summary>Writes as much of a text as fits.</summary>
    /// <param name="size">The size of the buffer</param>
    /// <returns>The length of the text, which may be more than the size</returns>
    private static int Copy(byte[] text, byte* buffer, int size)
    {
        text.AsSpan(0, Math.Min(text.Length, size)).CopyTo(new Span<byte>(buffer, size));
        return text.Length;
    }

    // No exception may reach the caller, which knows none.
    private static int Try(Func<int> call)
    {
        try
        {
            return call();
        }
        catch (Exception fault)
        {
            problem = fault.Message;
            return Failed;
        }
    }
}
