namespace MamlRobotics.Envs.Tests;

public class EnvironmentContractTests
{
    private static readonly Dictionary<string, SubjectFactory> NumberTypes = new()
    {
        ["scalar"] = (family, tasks, count, autoReset) => new ScalarSubject(family, tasks, count, autoReset),
        ["lanes"] = (family, tasks, count, autoReset) => new LaneSubject(family, tasks, count, autoReset),
    };

    public static IEnumerable<object[]> Cases =>
        TaskFamily.ByName.Keys.Order().SelectMany(family => NumberTypes.Keys.Select(type => new object[] { family, type }));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_preset_keeps_the_contract_on_every_number_type(string family, string numberType) =>
        EnvironmentContract.Check(TaskFamily.ByName[family], NumberTypes[numberType]);
}
