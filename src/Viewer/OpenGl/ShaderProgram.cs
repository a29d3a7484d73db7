using Silk.NET.OpenGL;

namespace MamlRobotics.Viewer;

/// <summary>One linked program with its instance buffer and the layout of an instance.</summary>
internal sealed unsafe class ShaderProgram : IDisposable
{
    /// <param name="Components">Number of floats; the four bytes of a colour where <paramref name="IsColour"/> holds</param>
    public readonly record struct Field(int Components, int Offset, bool IsColour = false);

    private readonly GL gl;
    private readonly uint program, vertexArray, buffer;
    private readonly Field[] fields;
    private readonly int sizeUniform, scaleUniform, stride;

    public ShaderProgram(GL gl, string vertex, string fragment, int stride, Field[] fields)
    {
        (this.gl, this.stride, this.fields) = (gl, stride, fields);
        program = Link(vertex, fragment);
        sizeUniform = gl.GetUniformLocation(program, "uSize");
        scaleUniform = gl.GetUniformLocation(program, "uScale");
        vertexArray = gl.GenVertexArray();
        buffer = gl.GenBuffer();
        gl.BindVertexArray(vertexArray);
        for (uint index = 0; index < fields.Length; index++)
        {
            gl.EnableVertexAttribArray(index);
            gl.VertexAttribDivisor(index, 1);
        }
    }

    public void SetUniform(string name, float value)
    {
        gl.UseProgram(program);
        gl.Uniform1(gl.GetUniformLocation(program, name), value);
    }

    public void Upload<T>(ReadOnlySpan<T> instances) where T : unmanaged
    {
        gl.BindBuffer(BufferTargetARB.ArrayBuffer, buffer);
        gl.BufferData(BufferTargetARB.ArrayBuffer, instances, BufferUsageARB.StreamDraw);
    }

    public void Use(float width, float height, float scale)
    {
        gl.UseProgram(program);
        gl.Uniform2(sizeUniform, width, height);
        gl.Uniform1(scaleUniform, scale);
    }

    /// <summary>Draws instances from <paramref name="first"/> on. The program must be in use.</summary>
    public void Draw(int first, int count)
    {
        if (count <= 0) return;
        gl.BindVertexArray(vertexArray);
        gl.BindBuffer(BufferTargetARB.ArrayBuffer, buffer);
        for (uint index = 0; index < fields.Length; index++)
        {
            Field field = fields[index];
            gl.VertexAttribPointer(
                index, field.Components, field.IsColour ? VertexAttribPointerType.UnsignedByte : VertexAttribPointerType.Float,
                field.IsColour, (uint)stride, (void*)(first * (nint)stride + field.Offset));
        }
        gl.DrawArraysInstanced(PrimitiveType.TriangleStrip, 0, 4, (uint)count);
    }

    public void Dispose()
    {
        gl.DeleteBuffer(buffer);
        gl.DeleteVertexArray(vertexArray);
        gl.DeleteProgram(program);
    }

    private uint Link(string vertex, string fragment)
    {
        uint linked = gl.CreateProgram();
        uint[] shaders = [Compile(ShaderType.VertexShader, vertex), Compile(ShaderType.FragmentShader, fragment)];
        foreach (uint shader in shaders) gl.AttachShader(linked, shader);
        gl.LinkProgram(linked);
        gl.GetProgram(linked, ProgramPropertyARB.LinkStatus, out int ok);
        if (ok == 0) throw Refused("link a program", gl.GetProgramInfoLog(linked));
        foreach (uint shader in shaders)
        {
            gl.DetachShader(linked, shader);
            gl.DeleteShader(shader);
        }
        return linked;
    }

    private uint Compile(ShaderType type, string source)
    {
        uint shader = gl.CreateShader(type);
        gl.ShaderSource(shader, source);
        gl.CompileShader(shader);
        gl.GetShader(shader, ShaderParameterName.CompileStatus, out int ok);
        if (ok == 0) throw Refused("compile a shader", gl.GetShaderInfoLog(shader));
        return shader;
    }

    private static PlatformNotSupportedException Refused(string task, string log) =>
        new($"This OpenGL cannot {task}: {log.ReplaceLineEndings(" ")}");
}
