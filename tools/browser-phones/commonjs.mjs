// Puts a CommonJS package into one script for a page: what a bundler does, for the one package here that needs it.
import { readFileSync } from "node:fs";
import { createRequire, isBuiltin } from "node:module";

/** Names that a package means differently in a browser. */
const inBrowser = { debug: "debug/src/browser.js" };

/** The script that assigns what the package exports to a global variable. */
export function bundle(entry, globalName) {
  const modules = new Map();
  const add = (file) => {
    if (modules.has(file)) return;
    modules.set(file, undefined);
    const source = readFileSync(file, "utf8");
    if (file.endsWith(".json")) {
      modules.set(file, { source: `module.exports = ${source};`, names: {} });
      return;
    }
    const resolve = createRequire(file).resolve;
    const names = {};
    for (const [, name] of source.matchAll(/\brequire\(['"]([^'"]+)['"]\)/g)) {
      // A slash leads past Node's own module of that name to the package.
      names[name] = resolve(inBrowser[name] ?? (isBuiltin(name) ? `${name}/` : name));
      add(names[name]);
    }
    modules.set(file, { source, names });
  };
  const main = createRequire(import.meta.url).resolve(entry);
  add(main);
  const table = [...modules].map(
    ([file, { source, names }]) =>
      `${JSON.stringify(file)}: [function (require, module, exports) {${source}\n}, ${JSON.stringify(names)}]`,
  );
  return `{
    const modules = {${table.join(",\n")}};
    const cache = {};
    const load = (file) => {
      if (cache[file]) return cache[file].exports;
      const module = (cache[file] = { exports: {} });
      modules[file][0]((name) => load(modules[file][1][name]), module, module.exports);
      return module.exports;
    };
    globalThis.${globalName} = load(${JSON.stringify(main)});
  }`;
}
