// Runs the tests beside this file: bundled first, so that any Node from 22 on takes them.

import { build } from "esbuild";
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const outdir = ".local/storefront/tests";
const names = readdirSync("storefront/tests").filter((name) => name.endsWith(".test.ts"));
await build({
  entryPoints: names.map((name) => `storefront/tests/${name}`),
  bundle: true,
  platform: "node",
  format: "esm",
  outdir,
  outExtension: { ".js": ".mjs" },
  logLevel: "warning",
});
const built = names.map((name) => `${outdir}/${name.replace(/\.ts$/, ".mjs")}`);
process.exitCode = spawnSync("node", ["--test", ...built], { stdio: "inherit" }).status ?? 1;
