using Faultline.Harness.Guest;

namespace Faultline.AbiTests.Tests;

/// <summary>Rows as they are read from the sources are those of the compiled suite.</summary>
public class SuiteRowsTests
{
    private static readonly SuiteRows Rows = SuiteRows.Of(new Faultline.Harness.Checkout(CheckoutRoot.Path));

    [Fact]
    public void Every_scenario_is_found() => Assert.Equal(
        RowCatalogue.Scenarios.Select(scenario => scenario.Key).Order(StringComparer.Ordinal),
        Rows.Scenarios.Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("R12", true)]
    [InlineData("r31", true)]
    [InlineData("R31-MPROTECT", true)]
    [InlineData("R999", false)]
    [InlineData("R31-mprotct", false)]
    [InlineData("12", false)]
    public void A_row_is_known_by_its_name_in_any_case(string name, bool known) => Assert.Equal(known, Rows.Has(name));

    [Theory]
    [InlineData("12", "R12")]
    [InlineData("R31-mprotct", "R31-mprotect")]
    [InlineData("R999", "R78")]
    [InlineData("protect", "R1")]
    public void What_was_meant_is_near(string name, string near) => Assert.Contains(near, Rows.NearTo(name));
}
