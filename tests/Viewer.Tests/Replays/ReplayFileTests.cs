using System.Buffers.Binary;
using MamlRobotics.Envs;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Viewer.Tests;

public sealed class ReplayFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("maml-replay-").FullName;

    private string Path => System.IO.Path.Combine(folder, "a.replay");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void What_is_read_is_what_was_written_bit_for_bit()
    {
        var replays = new RandomReplays(seed: 1);
        for (int i = 0; i < 200; i++)
        {
            Replay written = replays.Next();
            ReplayFile.Write(Path, written);
            byte[] bytes = File.ReadAllBytes(Path);
            Replay read = ReplayFile.Read(Path);
            Assert.Equal(RandomReplays.Everything(written), RandomReplays.Everything(read));
            ReplayFile.Write(Path, read);
            Assert.Equal(bytes, File.ReadAllBytes(Path));
        }
    }

    [Fact]
    public void A_file_that_was_cut_off_or_changed_in_a_byte_is_damaged()
    {
        ReplayFile.Write(Path, new RandomReplays(seed: 3).Next());
        byte[] whole = File.ReadAllBytes(Path);
        for (int length = 0; length < whole.Length; length += length < 64 ? 1 : 23) MustBeRefused(whole[..length], "damaged");
        MustBeRefused(whole[..^1], "damaged");
        MustBeRefused([.. whole, 0], "damaged");
        int header = (int)BinaryPrimitives.ReadInt64LittleEndian(whole);
        for (int i = 0; i < whole.Length; i += i < header ? 1 : 23)
        {
            byte[] changed = [.. whole];
            changed[i] ^= (byte)(1 << (i % 8));
            MustBeRefused(changed, "");
        }
    }

    [Fact]
    public void Another_version_is_told_from_another_kind_of_file()
    {
        MustBeRefused(file => file.Metadata["kind"] = "maml-robotics replay 2", "of version 2");
        MustBeRefused(file => file.Metadata["kind"] = "maml-robotics checkpoint 1", "is not a replay");
        MustBeRefused(file => file.Metadata.Remove("kind"), "is not a replay");
        MustBeRefused("no safetensors file"u8.ToArray(), "not a safetensors file");
    }

    [Theory]
    [InlineData("task", double.NaN)]
    [InlineData("task", double.PositiveInfinity)]
    [InlineData("map_adapted", double.NegativeInfinity)]
    [InlineData("goals", double.NaN)]
    [InlineData("field", double.NaN)]
    [InlineData("step_0.states", double.PositiveInfinity)]
    [InlineData("step_3.states", double.NaN)]
    [InlineData("step_1.rewards", double.NaN)]
    [InlineData("step_2.change", double.PositiveInfinity)]
    [InlineData("step_1.lengths", 0)]
    [InlineData("step_1.lengths", -1)]
    [InlineData("step_1.lengths", 4e18)]
    public void A_number_that_cannot_be_drawn_is_refused_even_where_the_checksum_is_right(string array, double value) => MustBeRefused(
        file =>
        {
            Array data = file.Arrays[array].Data;
            Type type = data.GetType().GetElementType()!;
            data.SetValue(Convert.ChangeType(value, type, System.Globalization.CultureInfo.InvariantCulture), data.Length / 2);
        },
        "damaged");

    [Theory]
    [InlineData("horizon", "0")]
    [InlineData("horizon", "7")]
    [InlineData("horizon", "1e99")]
    [InlineData("horizon", "null")]
    [InlineData("random_return", "\"NaN\"")]
    [InlineData("reference", "{\"value\":\"Infinity\",\"kind\":\"optimal\"}")]
    [InlineData("reference", "{\"value\":1,\"kind\":\"guessed\"}")]
    [InlineData("world", "{}")]
    [InlineData("world", "null")]
    [InlineData("world", "[[[[")]
    [InlineData("title", "{\"family\":null,\"algorithm\":\"\",\"run\":\"\",\"iteration\":1,\"task\":\"\"}")]
    [InlineData("task_columns", "[]")]
    [InlineData("task_columns", "[null,null]")]
    [InlineData("layers", "[\"one\"]")]
    [InlineData("layers", "[null,null,null]")]
    [InlineData("map_axes", "[]")]
    [InlineData("map_axes", "[null,null]")]
    [InlineData("map_axes", """
        [{"column":5,"name":"","unit":"","low":0,"high":1,"cells":9},{"column":0,"name":"","unit":"","low":0,"high":1,"cells":9}]
        """)]
    [InlineData("field_axes", "{}")]
    [InlineData("field_axes", "{\"x\":null,\"y\":null,\"low\":{\"x\":0,\"y\":0},\"high\":{\"x\":0,\"y\":0},\"cells\":7}")]
    [InlineData("field_axes", """
        {"x":{"name":"x","unit":"m"},"y":{"name":"x","unit":"m"},"low":{"x":0,"y":0},"high":{"x":0,"y":0},"cells":0}
        """)]
    [InlineData("new", "1")]
    public void A_text_that_means_nothing_here_is_refused(string key, string value) =>
        MustBeRefused(file => file.Metadata[key] = value, "damaged");

    [Fact]
    public void Arrays_that_do_not_fit_together_are_refused()
    {
        ReplayFile.Write(Path, Fixtures.Point());
        foreach (string name in Safetensors.Read(Path).Arrays.Keys)
        {
            MustBeRefused(file => file.Arrays.Remove(name), "damaged");
            MustBeRefused(file => file.Arrays[name] = new([1], new float[1]), "damaged");
            MustBeRefused(file => file.Arrays[name] = new([1], new double[1]), "damaged");
            MustBeRefused(file => file.Arrays[name] = new([1], new long[1]), "damaged");
        }
        MustBeRefused(file => file.Arrays["step_9.states"] = new([1], new float[1]), "damaged");
    }

    [Fact]
    public void What_is_not_finite_is_not_recorded_and_leaves_nothing_behind()
    {
        Replay replay = Fixtures.Point();
        replay.Steps[1].Trajectories[2].States[5] = float.NaN;
        Assert.Throws<TrainingException>(() => ReplayFile.Write(Path, replay));
        Assert.Empty(Directory.GetFiles(folder));
    }

    [Fact]
    public void A_recorded_replay_looks_as_the_one_that_was_sampled()
    {
        ReplayFile.Write(Path, Fixtures.Arm());
        var canvases = new[] { Fixtures.Arm(), ReplayFile.Read(Path) }.Select(replay =>
        {
            var canvas = new Canvas(1280, 720);
            var screen = new ReplayScreen(replay, Theme.Dark, 1280, 720);
            screen.Playback.Seek(2 * Fixtures.Horizon + 11);
            screen.DrawStill(canvas);
            screen.DrawMoving(canvas);
            return canvas;
        }).ToArray();
        Assert.Equal(canvases[0].Points.Span, canvases[1].Points.Span);
        Assert.Equal(canvases[0].Boxes.Span, canvases[1].Boxes.Span);
        Assert.Equal(canvases[0].Glyphs.Span, canvases[1].Glyphs.Span);
    }

    private sealed record Opened(Dictionary<string, NamedArray> Arrays, Dictionary<string, string> Metadata);

    /// <summary>Changes a good file and gives it a right checksum again.</summary>
    private void MustBeRefused(Action<Opened> change, string saying)
    {
        ReplayFile.Write(Path, Fixtures.Point());
        Safetensors file = Safetensors.Read(Path);
        var opened = new Opened(new(file.Arrays), new(file.Metadata));
        change(opened);
        new Safetensors(opened.Arrays, opened.Metadata).Write(Path);
        MustBeRefused(File.ReadAllBytes(Path), saying);
    }

    private void MustBeRefused(byte[] bytes, string saying)
    {
        File.WriteAllBytes(Path, bytes);
        var refusal = Assert.Throws<InputException>(() => ReplayFile.Read(Path));
        Assert.Contains(saying, refusal.Message);
        Assert.Contains(Path, refusal.Message);
        Assert.DoesNotContain('\n', refusal.Message);
    }
}
