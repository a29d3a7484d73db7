using MamlRobotics.Tests.Support;

namespace MamlRobotics.Cli.Tests;

/// <summary>Wrong input is found before anything runs: one line that says what to do, and exit code 2.</summary>
public sealed class WrongInputTests
{
    [Theory]
    [InlineData("", "Give a command")]
    [InlineData("trian", "did you mean 'train'")]
    [InlineData("frobnicate", "There is no command 'frobnicate'")]
    [InlineData("demo --thread 2", "did you mean '--threads'")]
    [InlineData("demo now", "There is no argument 'now'")]
    [InlineData("demo --threads 0", "--threads must be a whole number between 1 and")]
    [InlineData("demo --threads two", "not 'two'")]
    [InlineData("demo --seed -1", "--seed must be a whole number of at least 0")]
    [InlineData("demo --seed 1.5", "not '1.5'")]
    [InlineData("demo --device gpu", "--device must be auto, cpu or cuda, not 'gpu'")]
    [InlineData("train", "Give a configuration to train from")]
    [InlineData("train SMALL --set itertions=3", "did you mean 'iterations'")]
    [InlineData("train SMALL --set iterations", "--set takes key=value")]
    [InlineData("train SMALL --set iterations=0", "iterations must be between 1 and")]
    [InlineData("train SMALL --set iterations=many", "iterations must be a whole number")]
    [InlineData("train SMALL --set discount=NaN", "discount must be a number")]
    [InlineData("train SMALL --set discount=1.4", "discount must be between 0 and 1, not 1.4")]
    [InlineData("train SMALL --set hiddenSizes=[50000,50000]", "at most 2147483591")]
    [InlineData("config SMALL --set stepWeights=[1e400]", "stepWeights must be empty or hold")]
    [InlineData("train SMALL --set initialStd=0.1 minStd=1", "initialStd must be at least minStd")]
    [InlineData("train SMALL --set algorithm=magic", "algorithm must be one of")]
    [InlineData("train SMALL --set environment=chess", "There is no environment 'chess'")]
    [InlineData("train nowhere.json", "nowhere.json")]
    [InlineData("train SMALL --out FOLDER", "is not empty")]
    [InlineData("train SMALL --out SMALL", "is a file")]
    [InlineData("train --resume nowhere", "holds no run to resume")]
    [InlineData("train SMALL --resume FOLDER", "leave out CONFIG.json")]
    [InlineData("train --resume FOLDER --set seed=2", "except for --set iterations=N")]
    [InlineData("train --resume FOLDER --set iterations=9 seed=2", "except for --set iterations=N")]
    [InlineData("plot nowhere --out a.png --x hours", "--x must be one of iterations, steps, seconds, not 'hours'")]
    [InlineData("config SMALL --set innerSteps=0", "innerSteps must be between 1 and")]
    [InlineData("config FOLDER", "Cannot read the configuration")]
    [InlineData("eval", "CHECKPOINT is missing")]
    [InlineData("eval nowhere.safetensors", "There is no file nowhere.safetensors")]
    [InlineData("eval SMALL", "is damaged or not a safetensors file")]
    [InlineData("view nowhere", "There is no file")]
    [InlineData("render FOLDER", "--out")]
    [InlineData("render nowhere --out a.png", "There is no file")]
    [InlineData("render nowhere --out a.jpg", "No picture of kind '.jpg'")]
    [InlineData("render nowhere --out nowhere/a.png", "There is no folder")]
    [InlineData("render nowhere --out a.png --steps 21", "--steps must be a whole number between 0 and 20")]
    [InlineData("record nowhere --out a.replay --steps 21", "--steps must be a whole number between 0 and 20")]
    [InlineData("render nowhere --out a.png --size big", "--size must be two numbers")]
    [InlineData("render nowhere --out a.png --theme grey", "--theme must be dark or light")]
    [InlineData("render nowhere --out a.gif --seconds 0", "--seconds must be more than 0")]
    [InlineData("record nowhere --out a.replay", "There is no file")]
    [InlineData("record nowhere --out a.png", "name the file a.replay")]
    [InlineData("record nowhere --out nowhere/a.replay", "There is no folder")]
    [InlineData("render nowhere.replay --out a.png", "There is no file nowhere.replay")]
    [InlineData("render nowhere.replay --out a.png --task 2", "leave out --task")]
    [InlineData("view nowhere.replay", "There is no file nowhere.replay")]
    [InlineData("view nowhere.replay --threads 1", "leave out --threads")]
    [InlineData("plot --out a.png", "RUN is missing")]
    [InlineData("plot nowhere", "--out")]
    [InlineData("plot nowhere --out a.png", "There is no run folder nowhere")]
    [InlineData("plot FOLDER --out a.png", "is no run folder")]
    [InlineData("plot nowhere --out a.jpg", "No plot of kind '.jpg'")]
    [InlineData("plot nowhere --out nowhere/a.png", "There is no folder")]
    [InlineData("plot nowhere --out a.png --size 9x9", "--size must be two numbers")]
    [InlineData("bench --json nowhere/result.json", "There is no folder")]
    [InlineData("bench --json FOLDER", "is a folder")]
    [InlineData("bench --against nowhere.json", "There is no file nowhere.json")]
    [InlineData("bench --against SMALL", "is no result of `maml bench --json`")]
    [InlineData("bench --markdown nowhere/page.md", "There is no folder")]
    [InlineData("bench size --csv FOLDER", "is a folder")]
    [InlineData("bench --json - --markdown /dev/stdout", "Only one result can go to the standard output")]
    [InlineData("render nowhere --out -", "say it with --format")]
    [InlineData("render nowhere --out - --format jpg", "No picture of kind '.jpg'")]
    [InlineData("plot nowhere --out -", "say it with --format")]
    [InlineData("algorithms rptile", "did you mean 'reptile'")]
    [InlineData("algorithms chess", "There is no learner or optimiser 'chess'")]
    [InlineData("algorithms maml now", "There is no argument 'now'")]
    [InlineData("config SMALL --set reptile.stpes=1", "reptile has no option 'stpes'")]
    [InlineData("help trian", "did you mean 'train'")]
    [InlineData("help bench sizes", "did you mean 'size'")]
    [InlineData("bench iteration --tasks 0", "--tasks must be a whole number between 1 and")]
    [InlineData("test", "./maml test")]
    public void IsOneLineAndExitCodeTwo(string arguments, string saying)
    {
        using var folder = new TemporaryFolder();
        ProcessResult result = MamlCommand.Run(folder.Words(arguments));

        result.MustFail(2, saying);
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData("config")]
    [InlineData("train")]
    [InlineData("train --resume")]
    [InlineData("eval")]
    [InlineData("eval nowhere --json")]
    [InlineData("view")]
    [InlineData("render nowhere --out")]
    [InlineData("plot nowhere --out")]
    [InlineData("results")]
    [InlineData("envs")]
    [InlineData("algorithms")]
    [InlineData("dynamics check")]
    [InlineData("bench --against")]
    [InlineData("demo --out")]
    [InlineData("help")]
    public void AnEmptyArgumentIsNone(string command) => MamlCommand.Run([.. command.Split(' '), ""]).MustFail(2, "An argument is empty");

    [TheoryWith("sh", "yes")]
    [InlineData("eval", "/dev/zero")]
    [InlineData("view", "/dev/zero")]
    [InlineData("train", "/dev/zero")]
    [InlineData("config", "@/dev/zero")]
    [InlineData("eval", "/dev/stdin")]
    [InlineData("config", "/dev/stdin")]
    [InlineData("dynamics check", "/dev/stdin")]
    [InlineData("bench --against", "/dev/stdin")]
    public void AnInputWithoutAnEndIsTold(string command, string input)
    {
        using MamlProcess reading = MamlProcess.StartCommand(
            ["sh", "-c", "yes 2>/dev/null | dotnet \"$@\"", "sh", MamlProcess.ProgramPath, .. command.Split(' '), input]);
        reading.Wait().MustFail(2, input);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"seed\": 1, \"seed\": 2}")]
    [InlineData("{\"seed\": null}")]
    [InlineData("{\"seed\": [1]}")]
    [InlineData("{\"hiddenSizes\": [0]}")]
    [InlineData("{\"innerLearningRates\": []}")]
    public void IsToldOfAConfigurationThatIsNotOne(string json)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.In("wrong.json"), json);

        MamlCommand.Run("train", folder.In("wrong.json"), "--out", folder.In("run")).MustFail(2, "");
        Assert.False(Directory.Exists(folder.In("run")));
    }
}
