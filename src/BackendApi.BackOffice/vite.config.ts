import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync, constants } from "node:zlib";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

/** The server sends what is compressed here, at the highest level, once. */
const precompressed: Plugin = {
  name: "precompressed",
  apply: "build",
  // Not earlier: Vite has its last word on the chunks when they are generated.
  writeBundle({ dir }, bundle) {
    for (const name of Object.keys(bundle).filter((name) => /\.(js|css)$/.test(name))) {
      const file = join(dir!, name);
      const content = readFileSync(file);
      writeFileSync(`${file}.br`, brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } }));
      writeFileSync(`${file}.gz`, gzipSync(content, { level: constants.Z_BEST_COMPRESSION }));
    }
  },
};

export default defineConfig({
  // Below whatever path the service stands: the page names it in its base element.
  base: "./",
  plugins: [react(), precompressed],
  build: { rolldownOptions: { input: ["index.html", "docs.html"] }, emptyOutDir: true, target: "es2023", modulePreload: { polyfill: false }, assetsInlineLimit: 0 },
  server: { proxy: { "^/(odata|session|openapi.json)": "http://localhost:5080" } },
});
