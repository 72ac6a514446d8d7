// Builds what runs in shops: the embed's asset, and the pixel as Shopify's command line would.
//   node storefront/build.mjs            writes the asset into the theme app extension
//   node storefront/build.mjs <folder>   writes both into <folder>

import { build } from "esbuild";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const common = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  legalComments: "none",
  logLevel: "warning",
};
const [folder] = process.argv.slice(2);
const asset = join(folder ?? "extensions/website-tracking/assets", "shopbridge.js");
await build({ ...common, entryPoints: ["storefront/src/embed.ts"], outfile: asset });
if (folder) {
  const outfile = join(folder, "pixel.js");
  await build({ ...common, entryPoints: ["extensions/website-pixel/src/index.ts"], outfile });
}
