using MamlRobotics.Tests.Support;
using Silk.NET.GLFW;
using Silk.NET.Input;
using Silk.NET.Maths;
using Silk.NET.OpenGL;
using Silk.NET.Windowing;

namespace SilkNet.Compat.Tests;

public class WindowTests
{
    [Fact]
    public void Keys_have_the_numbers_of_the_layout_of_glfw()
    {
        Key[] keys =
        [
            Key.Space, Key.Number0, Key.Number9, Key.A, Key.Z, Key.Escape, Key.Right, Key.End, Key.F1, Key.F12, Key.Menu,
        ];
        Assert.Equal([32, 48, 57, 65, 90, 256, 262, 269, 290, 301, 348], keys.Select(key => (int)key));
    }

    // One test, because GLFW is initialised once per process and only fails before that.
    [FactWith("Xvfb")]
    public void Without_a_display_one_line_says_so_and_with_one_a_window_lives_and_dies()
    {
        VirtualDisplay.Hide();
        var refusal = Assert.Throws<GlfwException>(() => Window.Create(WindowOptions.Default));
        Assert.DoesNotContain('\n', refusal.Message);

        using VirtualDisplay display = VirtualDisplay.Start();
        var size = new Vector2D<int>(320, 200);
        using IWindow window = Window.Create(WindowOptions.Default with { Size = size, VSync = false, IsVisible = true });
        bool loaded = false;
        int closings = 0, frames = 0;
        Vector2D<int> resized = default;
        window.Load += () => loaded = true;
        window.Closing += () => closings++;
        window.FramebufferResize += size => resized = size;
        window.Render += passed => frames++;
        window.Initialize();
        Assert.True(loaded && window.IsInitialized && !window.IsClosing);
        using var gl = GL.GetApi(window);
        Assert.NotEqual("", gl.GetStringS(StringName.Version));
        Assert.Equal(GLEnum.NoError, gl.GetError());
        using IInputContext input = window.CreateInput();
        Assert.Equal((1, 1), (input.Keyboards.Count, input.Mice.Count));

        window.Size = new Vector2D<int>(400, 300);
        Until(window, () => resized == new Vector2D<int>(400, 300));
        Assert.Equal(new Vector2D<int>(400, 300), window.FramebufferSize);

        void Fail(Vector2D<int> size) => throw new InvalidDataException("from a handler");
        window.FramebufferResize += Fail;
        window.Size = new Vector2D<int>(320, 200);
        Assert.Equal("from a handler", Assert.Throws<InvalidDataException>(() => Until(window, () => false)).Message);
        window.FramebufferResize -= Fail;

        window.Render += passed => window.Close();
        window.DoRender();
        Assert.True(window.IsClosing);
        Assert.Equal((1, 1), (closings, frames));
    }

    private static void Until(IWindow window, Func<bool> happened) => Patience.Until(happened, window.DoEvents);
}
