using System.Reflection;
using Xunit.v3;

[assembly: Faultline.AbiTests.Expectations.RunningScenario]

namespace Faultline.AbiTests.Expectations;

/// <summary>Where xunit runs the tests, as editors do, it tells <see cref="Observation"/> which scenario it is.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
internal sealed class RunningScenarioAttribute : BeforeAfterTestAttribute
{
    public override void Before(MethodInfo methodUnderTest, IXunitTest test) =>
        Observation.Running = test.Traits.TryGetValue(ScenarioAttribute.KeyTrait, out var keys) ? keys.FirstOrDefault() : null;
}
