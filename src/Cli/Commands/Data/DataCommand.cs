using System.CommandLine;
using System.Globalization;
using MamlRobotics.Cli.Rendering;
using MamlRobotics.Envs;
using MamlRobotics.FewShot;

namespace MamlRobotics.Cli.Commands;

/// <summary>`maml data` lists the data sets, and `maml data check` says what a file or folder is.</summary>
internal static class DataCommand
{
    public static Command Create()
    {
        var command = new Command("data", "List the data sets of pictures: which are on this machine, and how to get the others.")
        {
            Check(),
        };
        command.SetAction(_ =>
        {
            foreach (DataSource source in ImageSets.Sources)
                Print(source.Name, source.What, source.Find(folder: null), () => Counted(source), source.HowToGet);
            Print("(one-shot test)", "Omniglot's official test, for eval --official", OneShotRuns.Find(folder: null),
                () => Columns(new(20, 800)), OneShotRuns.HowToGet);
            return 0;
        });
        return HelpWithExamples.AddTo(command, "maml data", "maml data check data/omniglot/images_background_small1.zip");
    }

    private static Command Check()
    {
        Argument<string> path = new("PATH") { Description = "A file or folder, such as an IDX file, a zip file or class folders." };
        var command = new Command("check", "Say what a data set holds, or what is wrong with it.") { path };
        command.SetAction(parsed =>
        {
            Console.WriteLine(DataCheck.Describe(parsed.GetValue(path)!));
            return 0;
        });
        return HelpWithExamples.AddTo(command, "maml data check data/mnist/train-images-idx3-ubyte.gz", "maml data check drawings");
    }

    private static void Print(string name, string what, string? place, Func<string> size, string howToGet)
    {
        Console.WriteLine($"{name,-23} {(place is null ? "not on this machine" : size()),-31}  {what}");
        Console.WriteLine(place is null ? $"  get it: {howToGet}" : $"  {place}");
    }

    private static string Counted(DataSource source)
    {
        try
        {
            return Columns(source.Size(folder: null));
        }
        catch (InputException problem)
        {
            // One damaged set does not keep the others from being listed.
            return $"cannot be read: {problem.Message}";
        }
    }

    private static string Columns(DataSize size) =>
        string.Create(CultureInfo.InvariantCulture, $"{size.Classes,5:N0} classes {size.Images,8:N0} pictures");
}
