using MamlRobotics.Tests.Support;
using Silk.NET.OpenGL;

namespace MamlRobotics.Viewer.Tests;

/// <summary>What drawing takes and gives back: OpenGL objects, managed memory, and the driver's patience.</summary>
[Collection(nameof(CountedGl))]
public class ResourceTests
{
    [FactWithOpenGl]
    public void Every_scene_gives_all_its_OpenGL_objects_back()
    {
        using HeadlessContext context = HeadlessContext.Create();
        GL gl = CountedGl.Bind(Egl.Find);
        using (var renderer = new Renderer(gl))
        {
            foreach (string name in Scenes.Names)
            {
                using var stage = new Stage(gl, renderer, 640, 360, 1);
                stage.Draw(Scenes.Make(name));
            }
            // A film that is given up half-way.
            string file = Path.Combine(Directory.CreateTempSubdirectory().FullName, "film.gif");
            using var film = new FilmRecorder(new Stage(gl, renderer, 320, 180, 1), Scenes.Make("point-dark"), file);
            Assert.True(SpinWait.SpinUntil(() => Served(film) > 3, TimeSpan.FromSeconds(60)));
        }
        Assert.All(CountedGl.Made, made => Assert.True(made > 0));
        Assert.All(CountedGl.Live, live => Assert.Equal(0, live));
    }

    [FactWithOpenGl]
    public void Contexts_of_several_threads_begin_and_end_without_each_other()
    {
        int drawn = 0;
        Thread[] threads = [.. Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            for (int i = 0; i < 25; i++)
            {
                using HeadlessContext context = HeadlessContext.Create();
                context.Gl.Finish();
                if (context.Gl.GetError() == GLEnum.NoError) Interlocked.Increment(ref drawn);
            }
        }))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
        Assert.Equal(100, drawn);
    }

    private static int Served(FilmRecorder film)
    {
        film.Serve();
        return (int)(film.Progress * 212);
    }

    [FactWithOpenGl]
    public void A_debug_context_reports_nothing_of_severity_medium_or_above_for_any_scene()
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
        using (var renderer = new Renderer(context.Gl))
        {
            foreach (string name in Scenes.Names)
            {
                using var stage = new Stage(context.Gl, renderer, 640, 360, 1);
                stage.Draw(Scenes.Make(name));
                new Overlay(Scenes.Overlaid()).Draw(stage.Empty(), 0.5);
                stage.DrawOver();
                stage.Frame.Read(new Bitmap(640, 360));
                Assert.Equal(GLEnum.NoError, context.Gl.GetError());
            }
        }
        Assert.Empty(messages);
    }

    [FactWithOpenGl]
    public void A_frame_of_any_scene_leaves_no_garbage_nor_does_a_map_that_fills_in()
    {
        using HeadlessContext context = HeadlessContext.Create();
        using var renderer = new Renderer(context.Gl);
        foreach (string name in Scenes.Names)
        {
            using var stage = new Stage(context.Gl, renderer, 1280, 720, 1);
            IScene scene = Scenes.Make(name);
            ReturnMap? map = (scene as ReplayScreen)?.Replay.Map;
            var overlay = new Overlay(Scenes.Overlaid());
            for (int t = 0; t < Fixtures.Horizon / 2; t++) Frame(t);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int t = Fixtures.Horizon / 2; t < Fixtures.Horizon; t++) Frame(t);
            long garbage = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(garbage == 0, $"{name}: {garbage} bytes");

            void Frame(int time)
            {
                scene.Playback.Seek(2 * Fixtures.Horizon + time);
                map?.Set(time % map.Adapted.Length, -20, -10 - time);
                map?.Publish();
                stage.Draw(scene);
                overlay.Draw(stage.Empty(), 0.01 * time);
                stage.DrawOver();
            }
        }
    }
}
