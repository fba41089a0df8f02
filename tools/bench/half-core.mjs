// Gives a process half a core: by the quota of a control group where one can be made, else by stopping and continuing it.
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const periodUs = 100_000;
const quotaUs = 50_000;
// The greatest weight: whatever else runs on this machine, the half core is the product's.
const groups = [
  {
    root: "/sys/fs/cgroup/cpu",
    file: "cpu.cfs_quota_us",
    quota: `${quotaUs}`,
    weight: ["cpu.shares", "262144"],
  },
  {
    root: "/sys/fs/cgroup",
    file: "cpu.max",
    quota: `${quotaUs} ${periodUs}`,
    weight: ["cpu.weight", "10000"],
  },
];

/** Limits the process; returns what was used, and what undoes it once the process has ended. */
export function limitToHalfCore(pid) {
  for (const group of groups) {
    const release = tryGroup(group, pid);
    if (release) return { by: `control group, ${group.file}`, release };
  }
  return { by: "stopping it for half of every 50 ms", release: alternate(pid) };
}

function tryGroup({ root, file, quota, weight }, pid) {
  const folder = join(root, `teksip-bench-${process.pid}`);
  try {
    mkdirSync(folder);
  } catch {
    return undefined;
  }
  try {
    if (!existsSync(join(folder, file))) throw new Error("No such controller.");
    writeFileSync(join(folder, file), quota);
    writeFileSync(join(folder, weight[0]), weight[1]);
    writeFileSync(join(folder, "cgroup.procs"), `${pid}`);
    return () => empty(folder, root);
  } catch {
    empty(folder, root);
    return undefined;
  }
}

function empty(folder, root) {
  for (const pid of readFileSync(join(folder, "cgroup.procs"), "utf8").split("\n").filter(Boolean))
    writeFileSync(join(root, "cgroup.procs"), pid);
  rmdirSync(folder);
}

function alternate(pid) {
  let isStopped = false;
  const timer = setInterval(() => {
    isStopped = !isStopped;
    try {
      process.kill(pid, isStopped ? "SIGSTOP" : "SIGCONT");
    } catch {
      // It has ended.
      clearInterval(timer);
    }
  }, 25);
  return () => clearInterval(timer);
}
