using TekSipCloud.Gateway.Overload;

namespace TekSipCloud.Gateway.Tests.Overload;

/// <summary>A container's share of the CPU, as its control group has it.</summary>
public sealed class CpuQuotaTests
{
    [Theory]
    [InlineData("0::/app", "/sys/fs/cgroup/app/cpu.max=50000 100000", 0.5)]
    [InlineData("0::/app", "/sys/fs/cgroup/cpu.max=150000 100000", 1.5)]
    [InlineData("0::/app", "/sys/fs/cgroup/app/cpu.max=max 100000", double.PositiveInfinity)]
    [InlineData("0::/", "", double.PositiveInfinity)]
    [InlineData("1:cpu:/app", "/sys/fs/cgroup/cpu/app/cpu.cfs_quota_us=25000 /sys/fs/cgroup/cpu/app/cpu.cfs_period_us=100000", 0.25)]
    [InlineData("4:cpu,cpuacct:/", "/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us=-1 /sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us=100000", double.PositiveInfinity)]
    [InlineData("1:memory:/app", "/sys/fs/cgroup/memory/app/cpu.cfs_quota_us=1", double.PositiveInfinity)]
    public void The_quota_is_found_in_either_version(string membership, string files, double cores)
    {
        string? Read(string path) => files.Contains($"{path}=", StringComparison.Ordinal)
            ? files[(files.IndexOf($"{path}=", StringComparison.Ordinal) + path.Length + 1)..].Split(" /")[0]
            : null;

        Assert.Equal(cores, CpuQuota.FindQuota([membership], Read));
    }

    [Fact]
    public void A_process_has_at_most_the_cores_it_sees() => Assert.InRange(CpuQuota.ReadCores(), 0.001, Environment.ProcessorCount);
}
