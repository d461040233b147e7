import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bundle } from 'lightningcss';

const ASSETS = new URL('../assets/', import.meta.url);

/** The folder of scripts, styles and images. */
export const ASSETS_FOLDER = fileURLToPath(ASSETS);

/** Changes with any file, and is part of every address: browsers may keep what they have for ever. */
export const ASSETS_VERSION = versionOf(ASSETS);

/** All stylesheets as one: written in small files, sent in one answer. */
export const STYLESHEET = Buffer.from(
  bundle({ filename: fileURLToPath(new URL('css/app.css', ASSETS)), minify: true }).code,
);

/** Where the browser finds a file. */
export const assetAddress = (path: string): string => `/assets/${ASSETS_VERSION}/${path}`;

function versionOf(folder: URL): string {
  const hash = createHash('sha256');
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    if (/\.\w+$/.test(file)) hash.update(file).update(readFileSync(new URL(file, folder)));
  }
  return hash.digest('hex').slice(0, 10);
}
