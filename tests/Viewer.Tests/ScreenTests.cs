using System.Numerics;
using System.Runtime.CompilerServices;
using MamlRobotics.Envs;
using Silk.NET.OpenGL;
using Scalar = MamlRobotics.Envs.Scalar;

namespace MamlRobotics.Viewer.Tests;

public class ScreenTests
{
    private const int Width = 1280, Height = 720;

    private static readonly string[] SceneNames = ["point-dark", "point-light-small", "arm-light", "walls-dark"];

    public static TheoryData<string> Scenes => [.. SceneNames];

    [Theory, MemberData(nameof(Scenes))]
    public void The_font_has_every_character_that_a_scene_prints(string scene)
    {
        var canvas = new Canvas(Width, Height);
        ReplayScreen screen = Screen(scene, Width, Height);
        for (int episode = 0; episode <= Fixtures.InnerSteps; episode++)
        {
            screen.Playback.Seek(episode, 7);
            screen.DrawStill(canvas);
            screen.DrawMoving(canvas);
        }
        Assert.Equal(0, canvas.MissingCharacters);
    }

    [Fact]
    public void A_moving_frame_leaves_no_garbage()
    {
        var canvas = new Canvas(Width, Height);
        ReplayScreen screen = Screen("point-dark", Width, Height);
        screen.DrawStill(canvas);
        for (int warm = 0; warm < 40; warm++) Frame(warm);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int t = 0; t < 40; t++) Frame(t);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Frame(int time)
        {
            canvas.Begin(Width, Height);
            screen.Playback.Seek(2, time);
            screen.DrawMoving(canvas);
        }
    }

    [FactWithOpenGl]
    public void The_goal_and_the_trail_are_drawn_where_the_camera_puts_them()
    {
        ReplayScreen screen = Screen("point-dark", Width, Height);
        Bitmap bitmap = Draw(screen, Width, Height);
        Vector2 goal = screen.Camera.ToScreen(Fixtures.Goal);
        // The robot has arrived at the goal, and hides all but its ring.
        AssertNear(screen.Theme.Goal, bitmap[(int)(goal.X + 12), (int)goal.Y], 60);
        Colour last = screen.Theme.Step(Fixtures.InnerSteps, Fixtures.InnerSteps);
        foreach (int t in new[] { 3, 6, 9 })
        {
            Vector2 at = screen.Camera.ToScreen(screen.Replay.World.Tip(screen.Replay.Steps[^1].Shown.State(t)));
            AssertNear(last, bitmap[(int)at.X, (int)at.Y], 60);
        }
    }

    [FactWithOpenGl]
    public void A_debug_context_reports_nothing_of_severity_medium_or_above()
    {
        using HeadlessContext context = HeadlessContext.Create(debug: true);
        var messages = new List<string>();
        unsafe
        {
            context.Gl.Enable(EnableCap.DebugOutput);
            context.Gl.Enable(EnableCap.DebugOutputSynchronous);
            context.Gl.DebugMessageCallback((source, type, id, severity, length, message, user) =>
            {
                if (severity is GLEnum.DebugSeverityHigh or GLEnum.DebugSeverityMedium) messages.Add($"{type} {id}");
            }, null);
        }
        using (var studio = new PictureStudio(context, 640, 360))
        {
            ReplayScreen screen = Screen("point-dark", studio.Size.Width, studio.Size.Height);
            studio.Draw(screen, new Bitmap(640, 360));
            Assert.Equal(GLEnum.NoError, context.Gl.GetError());
        }
        Assert.Empty(messages);
    }

    // MAML_REWRITE_GOLDEN=1 draws the golden pictures anew; look at them before committing.
    [FactWithOpenGl]
    public void Every_scene_looks_as_it_did()
    {
        foreach (string scene in SceneNames)
        {
            (int width, int height) = scene.Contains("small") ? (900, 520) : (Width, Height);
            Bitmap now = Draw(Screen(scene, width, height), width, height);
            string path = Path.Combine(Path.GetDirectoryName(Here())!, "golden", scene + ".png");
            if (Environment.GetEnvironmentVariable("MAML_REWRITE_GOLDEN") == "1") PngFile.Write(path, now);
            byte[] golden = PictureReader.Png(File.ReadAllBytes(path)).Frames[0];
            int different = 0;
            for (int i = 0; i < golden.Length; i += 3)
                if (Enumerable.Range(i, 3).Any(at => Math.Abs(golden[at] - now.Pixels[at]) > 24)) different++;
            // Drivers round edges differently; a shape that moved or vanished changes far more.
            Assert.True(different <= golden.Length / 3 / 500, $"{scene}: {different} pixels differ");
        }
    }

    [Fact]
    public void An_arm_is_drawn_where_its_dynamics_put_the_tip()
    {
        foreach (TaskFamily family in TaskFamily.ByName.Values.Where(family => family.Environment is TwoLinkArm))
        {
            double[] row = family.Tasks.Sample(RandomStream.FromSeed(3), 1).Row(0).ToArray();
            World world = World.Of(family, row);
            Scalar[] task = [.. row.Select(value => new Scalar(value))], state = [new(0.7), new(-1.1), new(0), new(0)];
            (Scalar x, Scalar y) = ((TwoLinkArm)family.Environment).Tip<Scalar>(task, state);
            Vector2 tip = world.Tip([0.7f, -1.1f, 0, 0]);
            Assert.Equal((x.Value, y.Value), (tip.X, tip.Y), (one, other) => Math.Abs(one.Item1 - other.Item1) < 1e-5 && Math.Abs(one.Item2 - other.Item2) < 1e-5);
        }
    }

    private static ReplayScreen Screen(string scene, float width, float height)
    {
        Replay replay = scene.StartsWith("arm") ? Fixtures.Arm() : scene.StartsWith("walls") ? Fixtures.Point(new(0.03f, -0.02f), [0.5f, 2.5f]) : Fixtures.Point();
        var screen = new ReplayScreen(replay, scene.Contains("light") ? Theme.Light : Theme.Dark, width, height);
        screen.Playback.Seek(screen.Playback.Length);
        return screen;
    }

    private static Bitmap Draw(ReplayScreen screen, int width, int height)
    {
        using var studio = new PictureStudio(HeadlessContext.Create(), width, height);
        var bitmap = new Bitmap(width, height);
        studio.Draw(screen, bitmap);
        return bitmap;
    }

    private static void AssertNear(Colour expected, Colour actual, int tolerance)
    {
        int distance = Math.Abs(expected.R - actual.R) + Math.Abs(expected.G - actual.G) + Math.Abs(expected.B - actual.B);
        Assert.True(distance <= 3 * tolerance, $"expected about {expected}, found {actual}");
    }

    private static string Here([CallerFilePath] string path = "") => path;
}
