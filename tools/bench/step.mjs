// A line on the terminal for each piece of work, with the time it took.

export async function step(title, work) {
  const began = performance.now();
  const seconds = () => ((performance.now() - began) / 1000).toFixed(0);
  process.stdout.write(`  ${title} … `.padEnd(64));
  try {
    const result = await work();
    process.stdout.write(`done (${seconds()} s)\n`);
    return result;
  } catch (error) {
    process.stdout.write(`failed (${seconds()} s)\n`);
    throw error;
  }
}
