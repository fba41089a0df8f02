// A line on the terminal for each piece of work, with the time it took.

export async function step(title, work) {
  const began = performance.now();
  process.stdout.write(`  ${title} … `.padEnd(64));
  const result = await work();
  process.stdout.write(`done (${((performance.now() - began) / 1000).toFixed(0)} s)\n`);
  return result;
}
