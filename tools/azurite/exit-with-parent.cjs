// Loaded before Azurite by the tests: they hold the other end of its standard input, which the system closes when they die.
process.stdin.on("end", () => process.kill(process.pid, "SIGTERM"));
process.stdin.resume();
process.stdin.unref();
