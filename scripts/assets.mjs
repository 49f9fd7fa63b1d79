// From node_modules into the site's static files: the charts as they are; of Tabler's stylesheet the rules that a page can meet.
import { copyFileSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { PurgeCSS } from "purgecss";

const web = "src/taizhang/web";
const vendor = `${web}/static/vendor`;

// Lines and bars are all the pages draw. A bundle of just these components is no smaller than this build: most of it is the core.
copyFileSync("node_modules/echarts/dist/echarts.simple.min.js", `${vendor}/echarts.simple.min.js`);

// 640 kB, of which the pages use a sixteenth: a rule stays when its classes stand in a template, a script or the code.
const [tabler] = await new PurgeCSS().purge({
  content: [`${web}/templates/**/*.html`, `${web}/static/site/*.js`, `${web}/**/*.py`],
  css: ["node_modules/@tabler/core/dist/css/tabler.min.css"],
  variables: true,
  keyframes: true,
  fontFace: true,
});
writeFileSync(`${vendor}/tabler.min.css`, tabler.css);

// WhiteNoise sends the .br or .gz beside a file to whoever takes it; browsers take .br over https only.
for (const name of readdirSync(vendor).filter((name) => /\.(css|js)$/.test(name))) {
  const content = readFileSync(`${vendor}/${name}`);
  writeFileSync(`${vendor}/${name}.gz`, gzipSync(content, { level: 9 }));
  writeFileSync(`${vendor}/${name}.br`, brotliCompressSync(content));
}
