using System.CommandLine;
using MamlRobotics.Cli.Rendering;
using MamlRobotics.Envs;
using MamlRobotics.Viewer;

namespace MamlRobotics.Cli.Commands;

/// <summary>`maml record` writes an adaptation to a file, which is shown without the policy.</summary>
internal static class RecordCommand
{
    public static Command Create()
    {
        Argument<string> run = new("CHECKPOINT") { Description = "A checkpoint file, or a run folder, whose best checkpoint is used." };
        Option<string> output = new("--out")
        {
            Description = $"The replay, a {ReplayFile.Extension} file.", HelpName = "FILE", Required = true,
        };
        var adaptation = new AdaptationOptions();
        var command = new Command("record", "Record how a checkpoint's policy adapts to a task, for `maml view` and `maml render`.")
        { run, output };
        adaptation.AddTo(command);
        command.SetAction(parsed =>
        {
            string path = parsed.GetValue(output)!;
            CommonOptions.CheckWritable(path);
            bool isFile = !AtomicFile.IsWrittenThrough(path);
            if (isFile && !ReplayFile.IsNamed(path)) throw WrongName(path);
            ReplayFile.Write(path, adaptation.Source(parsed, parsed.GetValue(run)!).Sample());
            Console.WriteLine(isFile ? $"Wrote {path}. Watch it with: maml view {ShellWord.Quoted(path)}" : $"Wrote {path}.");
            return 0;
        });
        return HelpWithExamples.AddTo(command, "maml record runs/first --out adaptation.replay --task 7", "maml view adaptation.replay");
    }

    private static InputException WrongName(string path) => new(
        $"A replay's name ends in {ReplayFile.Extension}; name the file {Path.ChangeExtension(path, ReplayFile.Extension)}.");
}
