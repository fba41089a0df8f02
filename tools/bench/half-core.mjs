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
    free: "-1",
    weight: ["cpu.shares", "262144"],
  },
  {
    root: "/sys/fs/cgroup",
    file: "cpu.max",
    quota: `${quotaUs} ${periodUs}`,
    free: `max ${periodUs}`,
    weight: ["cpu.weight", "10000"],
  },
];

/** Limits the process; returns what was used, what undoes it once the process has ended, and what lifts it for a while. */
export function limitToHalfCore(pid) {
  for (const group of groups) {
    const limit = tryGroup(group, pid);
    if (limit) return { by: `control group, ${group.file}`, ...limit };
  }
  return { by: "stopping it for half of every 50 ms", ...alternate(pid) };
}

function tryGroup({ root, file, quota, free, weight }, pid) {
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
    const set = (value) => writeFileSync(join(folder, file), value);
    return { release: () => empty(folder, root), whileFree: between(() => set(free), () => set(quota)) };
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
  let isFree = false;
  let isStopped = false;
  const timer = setInterval(() => {
    isStopped = !isStopped && !isFree;
    try {
      process.kill(pid, isStopped ? "SIGSTOP" : "SIGCONT");
    } catch {
      // It has ended.
      clearInterval(timer);
    }
  }, 25);
  const setFree = (value) => () => (isFree = value);
  return { release: () => clearInterval(timer), whileFree: between(setFree(true), setFree(false)) };
}

const between = (before, after) => async (work) => {
  before();
  try {
    return await work();
  } finally {
    after();
  }
};
