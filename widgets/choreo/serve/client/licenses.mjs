// What goes with a bundle: the licence of every package that something was taken from, as its authors wish it.
import { readdir, readFile } from "node:fs/promises";

/** The folders of the packages that files belong to, each once. @param {string[]} files their paths */
export function packages(files) {
  const folders = files.map((file) => file.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0]).filter(Boolean);
  return [...new Set(folders)].sort();
}

/**
 * The licences of the packages in some folders. Those without a file of their own have theirs in `texts`, a folder, under
 * the name that `shared` gives for the beginning of theirs, or under their own.
 */
export async function licenses(folders, texts, shared = {}) {
  const parts = [];
  for (const folder of folders) {
    const { name, version, license } = JSON.parse(await readFile(`${folder}/package.json`, "utf8"));
    const files = (await readdir(folder)).filter((file) => /^licen[sc]e/i.test(file)).sort();
    const found = await Promise.all(files.map((file) => readFile(`${folder}/${file}`, "utf8")));
    if (!found.length) {
      const owner = Object.keys(shared).find((start) => name.startsWith(start));
      found.push(await readFile(new URL(owner ? shared[owner] : `${name}.txt`, texts), "utf8"));
    }
    parts.push([`${name} ${version} (${license})`, ...found.map((text) => text.trim())].join("\n\n"));
  }
  return `${parts.join(`\n\n${"-".repeat(80)}\n\n`)}\n`;
}
