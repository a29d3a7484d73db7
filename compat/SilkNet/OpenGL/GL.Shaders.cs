// Shaders, programs and their uniforms.
using System.Text;

namespace Silk.NET.OpenGL;

public sealed unsafe partial class GL
{
    private delegate* unmanaged<int, uint> createShader;
    private delegate* unmanaged<uint, int, byte**, int*, void> shaderSource;
    private delegate* unmanaged<uint, void> compileShader;
    private delegate* unmanaged<uint, int, int*, void> getShaderiv;
    private delegate* unmanaged<uint, int, int*, byte*, void> getShaderInfoLog;
    private delegate* unmanaged<uint, void> deleteShader;
    private delegate* unmanaged<uint> createProgram;
    private delegate* unmanaged<uint, uint, void> attachShader;
    private delegate* unmanaged<uint, uint, void> detachShader;
    private delegate* unmanaged<uint, void> linkProgram;
    private delegate* unmanaged<uint, int, int*, void> getProgramiv;
    private delegate* unmanaged<uint, int, int*, byte*, void> getProgramInfoLog;
    private delegate* unmanaged<uint, void> deleteProgram;
    private delegate* unmanaged<uint, void> useProgram;
    private delegate* unmanaged<uint, byte*, int> getUniformLocation;
    private delegate* unmanaged<int, int, void> uniform1i;
    private delegate* unmanaged<int, float, void> uniform1f;
    private delegate* unmanaged<int, float, float, void> uniform2f;

    public uint CreateShader(ShaderType type) => createShader((int)type);

    public void ShaderSource(uint shader, string @string)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(@string);
        int length = bytes.Length;
        fixed (byte* text = bytes)
        {
            byte* first = text;
            shaderSource(shader, 1, &first, &length);
        }
    }

    public void CompileShader(uint shader) => compileShader(shader);

    public void GetShader(uint shader, ShaderParameterName pname, out int @params)
    {
        fixed (int* value = &@params) getShaderiv(shader, (int)pname, value);
    }

    public string GetShaderInfoLog(uint shader) => Log(shader, getShaderInfoLog);
    public void DeleteShader(uint shader) => deleteShader(shader);

    public uint CreateProgram() => createProgram();
    public void AttachShader(uint program, uint shader) => attachShader(program, shader);
    public void DetachShader(uint program, uint shader) => detachShader(program, shader);
    public void LinkProgram(uint program) => linkProgram(program);

    public void GetProgram(uint program, ProgramPropertyARB pname, out int @params)
    {
        fixed (int* value = &@params) getProgramiv(program, (int)pname, value);
    }

    public string GetProgramInfoLog(uint program) => Log(program, getProgramInfoLog);
    public void DeleteProgram(uint program) => deleteProgram(program);
    public void UseProgram(uint program) => useProgram(program);

    public int GetUniformLocation(uint program, string name)
    {
        fixed (byte* text = Encoding.UTF8.GetBytes(name + '\0')) return getUniformLocation(program, text);
    }

    public void Uniform1(int location, int v0) => uniform1i(location, v0);
    public void Uniform1(int location, float v0) => uniform1f(location, v0);
    public void Uniform2(int location, float v0, float v1) => uniform2f(location, v0, v1);

    private static string Log(uint name, delegate* unmanaged<uint, int, int*, byte*, void> read)
    {
        const int Limit = 4096;
        byte* text = stackalloc byte[Limit];
        int length;
        read(name, Limit, &length, text);
        return Encoding.UTF8.GetString(text, length);
    }

    private void LoadShaders()
    {
        createShader = (delegate* unmanaged<int, uint>)Find("glCreateShader");
        shaderSource = (delegate* unmanaged<uint, int, byte**, int*, void>)Find("glShaderSource");
        compileShader = (delegate* unmanaged<uint, void>)Find("glCompileShader");
        getShaderiv = (delegate* unmanaged<uint, int, int*, void>)Find("glGetShaderiv");
        getShaderInfoLog = (delegate* unmanaged<uint, int, int*, byte*, void>)Find("glGetShaderInfoLog");
        deleteShader = (delegate* unmanaged<uint, void>)Find("glDeleteShader");
        createProgram = (delegate* unmanaged<uint>)Find("glCreateProgram");
        attachShader = (delegate* unmanaged<uint, uint, void>)Find("glAttachShader");
        detachShader = (delegate* unmanaged<uint, uint, void>)Find("glDetachShader");
        linkProgram = (delegate* unmanaged<uint, void>)Find("glLinkProgram");
        getProgramiv = (delegate* unmanaged<uint, int, int*, void>)Find("glGetProgramiv");
        getProgramInfoLog = (delegate* unmanaged<uint, int, int*, byte*, void>)Find("glGetProgramInfoLog");
        deleteProgram = (delegate* unmanaged<uint, void>)Find("glDeleteProgram");
        useProgram = (delegate* unmanaged<uint, void>)Find("glUseProgram");
        getUniformLocation = (delegate* unmanaged<uint, byte*, int>)Find("glGetUniformLocation");
        uniform1i = (delegate* unmanaged<int, int, void>)Find("glUniform1i");
        uniform1f = (delegate* unmanaged<int, float, void>)Find("glUniform1f");
        uniform2f = (delegate* unmanaged<int, float, float, void>)Find("glUniform2f");
    }
}
