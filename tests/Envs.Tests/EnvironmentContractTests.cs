namespace MamlRobotics.Envs.Tests;

public class EnvironmentContractTests
{
    public static IEnumerable<object[]> Cases =>
        TaskFamilies.ByName.Keys.Order().SelectMany(family => NumberTypes.All.Keys.Select(type => new object[] { family, type }));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_preset_keeps_the_contract_on_every_number_type(string family, string numberType) =>
        EnvironmentContract.Check(TaskFamilies.ByName[family], NumberTypes.All[numberType]);
}
