using Silk.NET.OpenGL;

namespace MamlRobotics.Viewer;

/// <summary>A picture in the GPU's memory. Canvases are drawn into it, and a window only shows it.</summary>
public sealed unsafe class Target : IDisposable
{
    private readonly GL gl;
    private readonly uint framebuffer, texture;
    private byte[] rows = [];

    public Target(GL gl, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(gl);
        (this.gl, Width, Height) = (gl, width, height);
        int longestSide = gl.GetInteger(GetPName.MaxTextureSize);
        if (Math.Max(width, height) > longestSide)
        {
            throw new PlatformNotSupportedException(
                $"OpenGL on this machine draws at most {longestSide} pixels on a side, and {width} x {height} were asked for; "
                + "take a smaller picture or window.");
        }
        texture = MakeTexture();
        framebuffer = MakeFramebuffer();
        if (gl.CheckFramebufferStatus(FramebufferTarget.Framebuffer) != GLEnum.FramebufferComplete)
            throw new PlatformNotSupportedException(
                $"OpenGL on this machine has no memory for {width} x {height} pixels; take a smaller picture or window.");
    }

    public int Width { get; }

    public int Height { get; }

    public void Bind()
    {
        gl.BindFramebuffer(FramebufferTarget.Framebuffer, framebuffer);
        gl.Viewport(0, 0, (uint)Width, (uint)Height);
    }

    public void Clear(Colour colour)
    {
        Bind();
        gl.ClearColor(colour.R / 255f, colour.G / 255f, colour.B / 255f, 1);
        gl.Clear(ClearBufferMask.ColorBufferBit);
    }

    /// <summary>Copies the picture to another target of the same size, or to the window where no target is given.</summary>
    public void CopyTo(Target? other)
    {
        gl.BindFramebuffer(FramebufferTarget.ReadFramebuffer, framebuffer);
        gl.BindFramebuffer(FramebufferTarget.DrawFramebuffer, other?.framebuffer ?? 0);
        gl.BlitFramebuffer(
            0, 0, Width, Height, 0, 0, Width, Height, ClearBufferMask.ColorBufferBit, BlitFramebufferFilter.Nearest);
    }

    /// <summary>Reads the picture, top row first.</summary>
    public void Read(Bitmap bitmap)
    {
        ArgumentNullException.ThrowIfNull(bitmap);
        int stride = 4 * Width;
        if (rows.Length != stride * Height) rows = new byte[stride * Height];
        Bind();
        gl.PixelStore(PixelStoreParameter.PackAlignment, 1);
        fixed (byte* pixels = rows)
            gl.ReadPixels(0, 0, (uint)Width, (uint)Height, PixelFormat.Rgba, PixelType.UnsignedByte, pixels);
        Span<byte> to = bitmap.Pixels;
        for (int y = 0; y < Height; y++)
        {
            // OpenGL's first row is the lowest.
            ReadOnlySpan<byte> from = rows.AsSpan((Height - 1 - y) * stride, stride);
            for (int x = 0; x < Width; x++) from.Slice(4 * x, 3).CopyTo(to[(3 * (y * Width + x))..]);
        }
    }

    public void Dispose()
    {
        gl.DeleteFramebuffer(framebuffer);
        gl.DeleteTexture(texture);
    }

    private uint MakeTexture()
    {
        uint made = gl.GenTexture();
        gl.BindTexture(TextureTarget.Texture2D, made);
        gl.TexImage2D(
            TextureTarget.Texture2D, 0, InternalFormat.Rgba8, (uint)Width, (uint)Height, 0,
            PixelFormat.Rgba, PixelType.UnsignedByte, null);
        gl.TexParameter(TextureTarget.Texture2D, TextureParameterName.TextureMinFilter, (int)GLEnum.Linear);
        gl.TexParameter(TextureTarget.Texture2D, TextureParameterName.TextureMagFilter, (int)GLEnum.Linear);
        return made;
    }

    private uint MakeFramebuffer()
    {
        uint made = gl.GenFramebuffer();
        gl.BindFramebuffer(FramebufferTarget.Framebuffer, made);
        gl.FramebufferTexture2D(
            FramebufferTarget.Framebuffer, FramebufferAttachment.ColorAttachment0, TextureTarget.Texture2D, texture, 0);
        return made;
    }
}
