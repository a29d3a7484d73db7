using Silk.NET.OpenGL;

namespace MamlRobotics.Viewer;

/// <summary>Draws canvases into targets with OpenGL 3.3. The context must stay the current one of the thread.</summary>
public sealed unsafe class Renderer : IDisposable
{
    private readonly GL gl;
    private readonly ShaderProgram boxes, lines, bands, glyphs;
    private readonly uint atlas;

    public Renderer(GL gl)
    {
        ArgumentNullException.ThrowIfNull(gl);
        this.gl = gl;
        boxes = new ShaderProgram(
            gl, Shaders.BoxVertex, Shaders.BoxFragment, sizeof(BoxInstance),
            [new(4, 0), new(3, 16), new(4, 28, true), new(4, 32, true)]);
        // A segment reads four neighbouring points: the same buffer at four offsets.
        int point = sizeof(LinePoint), colour = 12;
        lines = new ShaderProgram(
            gl, Shaders.LineVertex, Shaders.LineFragment, point,
            [new(2, 0), new(3, point), new(3, 2 * point), new(3, 3 * point),
                new(4, point + colour, true), new(4, 2 * point + colour, true)]);
        bands = new ShaderProgram(
            gl, Shaders.BandVertex, Shaders.BandFragment, sizeof(BandInstance),
            [new(3, 0), new(4, 12, true), new(3, 16), new(4, 28, true)]);
        glyphs = new ShaderProgram(
            gl, Shaders.GlyphVertex, Shaders.GlyphFragment, sizeof(GlyphInstance),
            [new(4, 0), new(4, 16), new(2, 32), new(4, 40, true)]);
        glyphs.SetUniform("uRange", FontAtlas.Range);
        atlas = UploadAtlas(StrokeFont.Atlas);
    }

    /// <summary>Draws over what the target shows.</summary>
    public void Draw(Canvas canvas, Target target)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        ArgumentNullException.ThrowIfNull(target);
        target.Bind();
        gl.Enable(EnableCap.Blend);
        gl.BlendFunc(BlendingFactor.One, BlendingFactor.OneMinusSrcAlpha);
        gl.ActiveTexture(TextureUnit.Texture0);
        gl.BindTexture(TextureTarget.Texture2D, atlas);
        boxes.Upload(canvas.Boxes.Span);
        lines.Upload(canvas.Points.Span);
        bands.Upload(canvas.Bands.Span);
        glyphs.Upload(canvas.Glyphs.Span);
        foreach (ref readonly Batch batch in canvas.Batches.Span) Draw(canvas, target, batch);
        gl.Disable(EnableCap.ScissorTest);
    }

    public void Dispose()
    {
        boxes.Dispose();
        lines.Dispose();
        bands.Dispose();
        glyphs.Dispose();
        gl.DeleteTexture(atlas);
    }

    private void Draw(Canvas canvas, Target target, in Batch batch)
    {
        float scale = canvas.Scale;
        if (batch.Clip.IsEmpty)
        {
            gl.Disable(EnableCap.ScissorTest);
        }
        else
        {
            gl.Enable(EnableCap.ScissorTest);
            gl.Scissor(
                (int)MathF.Round(batch.Clip.X * scale), target.Height - (int)MathF.Round(batch.Clip.Bottom * scale),
                (uint)MathF.Round(batch.Clip.Width * scale), (uint)MathF.Round(batch.Clip.Height * scale));
        }
        ShaderProgram program = ProgramOf(batch.Kind);
        program.Use(canvas.Width, canvas.Height, scale);
        // The last three points of a batch of lines begin no segment: they only end those before them.
        program.Draw(batch.First, batch.Kind == BatchKind.Lines ? batch.Count - 3 : batch.Count);
    }

    private ShaderProgram ProgramOf(BatchKind kind) => kind switch
    {
        BatchKind.Boxes => boxes,
        BatchKind.Lines => lines,
        BatchKind.Bands => bands,
        _ => glyphs,
    };

    private uint UploadAtlas(FontAtlas font)
    {
        uint texture = gl.GenTexture();
        gl.BindTexture(TextureTarget.Texture2D, texture);
        gl.PixelStore(PixelStoreParameter.UnpackAlignment, 1);
        fixed (byte* texels = font.Texels)
        {
            gl.TexImage2D(
                TextureTarget.Texture2D, 0, InternalFormat.R8, (uint)font.Width, (uint)font.Height, 0,
                PixelFormat.Red, PixelType.UnsignedByte, texels);
        }
        gl.TexParameter(TextureTarget.Texture2D, TextureParameterName.TextureMinFilter, (int)GLEnum.Linear);
        gl.TexParameter(TextureTarget.Texture2D, TextureParameterName.TextureMagFilter, (int)GLEnum.Linear);
        gl.TexParameter(TextureTarget.Texture2D, TextureParameterName.TextureWrapS, (int)GLEnum.ClampToEdge);
        gl.TexParameter(TextureTarget.Texture2D, TextureParameterName.TextureWrapT, (int)GLEnum.ClampToEdge);
        return texture;
    }
}
