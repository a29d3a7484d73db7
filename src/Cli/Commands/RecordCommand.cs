using System.CommandLine;
using MamlRobotics.Cli.Rendering;
using MamlRobotics.Envs;
using MamlRobotics.Viewer;

namespace MamlRobotics.Cli.Commands;

/// <summary>`maml record`: a policy's adaptation as a file, to be looked at without the policy.</summary>
internal static class RecordCommand
{
    public static Command Create()
    {
        Argument<string> run = new("CHECKPOINT") { Description = "A run folder, of which the best checkpoint is taken, or a checkpoint file." };
        Option<string> output = new("--out") { Description = $"The replay, a file named {ReplayFile.Extension}.", HelpName = "FILE", Required = true };
        var adaptation = new AdaptationOptions();
        var command = new Command("record", "Record how a checkpoint's policy adapts to a task, for `maml view` and `maml render`.") { run, output };
        adaptation.AddTo(command);
        command.SetAction(parsed =>
        {
            string path = parsed.GetValue(output)!;
            CommonOptions.CheckWritable(path);
            if (!ReplayFile.IsNamed(path) && !AtomicFile.IsWrittenThrough(path)) throw new InputException($"A replay's name ends in {ReplayFile.Extension}; name the file {Path.ChangeExtension(path, ReplayFile.Extension)}.");
            ReplayFile.Write(path, adaptation.Source(parsed, parsed.GetValue(run)!).Sample());
            Console.WriteLine(AtomicFile.IsWrittenThrough(path) ? $"Wrote {path}." : $"Wrote {path}. Watch it with: maml view {ShellWord.Quoted(path)}");
            return 0;
        });
        return HelpWithExamples.AddTo(command, "maml record runs/first --out adaptation.replay --task 7", "maml view adaptation.replay");
    }
}
