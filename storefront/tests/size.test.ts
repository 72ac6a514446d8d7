import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";

const MOST = 10_000; // bytes that either may have, gzipped

const built = mkdtempSync(join(tmpdir(), "storefront-"));
execFileSync("node", ["storefront/build.mjs", built]);

for (const name of ["shopbridge.js", "pixel.js"]) {
  test(`${name} has at most ${MOST} bytes, gzipped`, () => {
    assert.ok(gzipSync(readFileSync(join(built, name)), { level: 9 }).length <= MOST);
  });
}

test("the asset that is deployed was built from these sources", () => {
  const deployed = readFileSync("extensions/website-tracking/assets/shopbridge.js", "utf8");

  assert.equal(deployed, readFileSync(join(built, "shopbridge.js"), "utf8"));
});
