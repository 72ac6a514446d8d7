// Shopify's theme check on the theme app extension; ends with 1 where it finds anything.

import { themeCheckRun } from "@shopify/theme-check-node";
import { fileURLToPath } from "node:url";

const extension = fileURLToPath(new URL("../extensions/website-tracking", import.meta.url));
const { offenses } = await themeCheckRun(extension, "theme-check:theme-app-extension");
for (const { uri, start, check, message } of offenses) {
  console.log(`${fileURLToPath(uri)}:${start.line + 1}: ${check}: ${message}`);
}
process.exitCode = offenses.length ? 1 : 0;
